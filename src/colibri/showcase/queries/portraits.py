"""Portraits as pages ask for them, and who may see and change them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from colibri.appeals.models import Appeal
from colibri.appeals.queries import relayable_search_of
from colibri.audiences.queries import tables
from colibri.people.models import Account, Collective, Role
from colibri.people.queries import has_role
from colibri.showcase.models import Picture, Portrait
from colibri.showcase.queries.articles import writes_for

__all__ = [
    "may_change_portrait",
    "may_judge_portrait",
    "may_tell",
    "picture_of",
    "portrait_seen_by",
    "portrait_told",
    "portraits_of",
    "portraits_waiting",
    "public_portraits",
    "region_names",
    "search_of_portrait",
    "series",
    "tells_for",
]


def region_names() -> dict[str, str]:
    """The name of each region by its INSEE code."""
    return {one.code: one.name for one in tables().regions}


def tells_for(account: Account) -> QuerySet[Collective]:
    """The collectives in which the account may tell their own story: where they are something, or search."""
    roles = Role.objects.filter(account=account, until=None).values("collective")
    known = Q(pk__in=roles) | Q(appeals__account=account) | Q(pk__in=writes_for(account).values("pk"))
    return Collective.objects.filter(known).distinct().order_by("name")


def may_tell(account: Account, collective: Collective) -> bool:
    """Whether the account may tell their own story there."""
    return account.is_superuser or tells_for(account).filter(pk=collective.pk).exists()


def may_change_portrait(account: Account, portrait: Portrait) -> bool:
    """Who wrote it, and who is told: whoever changes it, the person told is asked anew."""
    return account.pk in (portrait.author_id, portrait.subject_id)


def may_judge_portrait(account: Account, portrait: Portrait) -> bool:
    """Animators, once the person told has agreed: nobody else reads it before, or after it was taken off."""
    return portrait.state in ("agreed", "shown") and has_role(account, portrait.collective, "animator")


def portrait_seen_by(account: Account | AnonymousUser, public_id: str) -> Portrait | None:
    """The portrait of this name, where it is public or the account may change or judge it."""
    known = Portrait.objects.filter(public_id=public_id).select_related(
        "collective", "author", "subject", "picture"
    )
    found = known.defer("picture__wide", "picture__small").first()
    if found is None or found.state == "shown":
        return found
    if not isinstance(account, Account):
        return None
    return found if may_change_portrait(account, found) or may_judge_portrait(account, found) else None


def portrait_told(number: str) -> Portrait | None:
    """The portrait of this number, as the person told reads it: once they were asked, or said yes."""
    known = Portrait.objects.filter(pk=number).select_related("collective", "author", "subject", "picture")
    found = known.defer("picture__wide", "picture__small").first()
    return found if found is not None and (found.subject_id is not None or found.state == "asked") else None


def picture_of(portrait: Portrait, digest: str = "") -> Picture | None:
    """Its picture with the files; with a `digest`, where it is still this one."""
    found = Picture.objects.filter(portrait=portrait)
    return (found.filter(digest=digest) if digest else found).first()


def public_portraits(collective: Collective, *, family: str = "", region: str = "") -> QuerySet[Portrait]:
    """The collective's public portraits, newest first; of one family of trades, one region, both or all."""
    found = collective.portraits.filter(state="shown").select_related("collective", "picture")
    if family:
        found = found.filter(family=family)
    if region:
        found = found.filter(region=region)
    return found.defer("picture__wide", "picture__small").order_by("-shown_at", "-pk")


def series(collective: Collective, field: str) -> list[str]:
    """The values of `field` (family, region) some public portrait has, the most frequent first."""
    shown = collective.portraits.filter(state="shown").exclude(**{field: ""})
    counted = shown.order_by().values(field).annotate(number=Count("pk")).order_by("-number", field)
    return [one[field] for one in counted]


def portraits_of(account: Account) -> QuerySet[Portrait]:
    """What the account tells, or is told in, what changed last first."""
    mine = Portrait.objects.filter(Q(author=account) | Q(subject=account))
    return mine.select_related("collective").order_by("-changed_at", "-pk")


def search_of_portrait(portrait: Portrait) -> Appeal | None:
    """The search whose message a public portrait may stand for: its person's, accepted and not over."""
    if portrait.state != "shown" or portrait.kind != "search" or portrait.subject is None:
        return None
    return relayable_search_of(portrait.subject, portrait.collective)


def portraits_waiting(collective: Collective) -> QuerySet[Portrait]:
    """Portraits whose person said yes and an animator looks at, longest waiting first."""
    return collective.portraits.filter(state="agreed").order_by("changed_at", "pk")
