"""Writing to people by mail, once for each thing, where they want it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from colibri.common import mail
from colibri.common.signing import token
from colibri.common.work import lease_over, ring
from colibri.compute.quieting import awake
from colibri.networks.errors import NetworkError
from colibri.people.actions.devices import tell_devices
from colibri.people.letters import Letter, is_prompt, letter_kind, letter_ways, write
from colibri.people.models import NOTICE, Account, Credential, Notice
from colibri.people.queries import clocks_of, owners_of, wants_notice

__all__ = ["give_up_notice", "notify", "send_notice", "unsubscribe_link", "warn_before_ends"]

AT_ONCE, APART = 3, timedelta(hours=6)
"""So many mails a day go as they come; those after them wait this long and go together."""
EARLY = timedelta(days=7)
"""So long before a permission ends its owner hears of it."""


def notify(account: Account, letter: str, about: int, *, once: str = "", now: datetime) -> Notice | None:
    """Have a letter written about a row. Nothing where no way leads to them or they do not want this kind.

    `once` tells apart what may be said again about the same row; the same thing is said once.
    """
    kind = letter_kind(letter)
    if not any(wants_notice(account, kind, way) for way in letter_ways(letter)):
        return None
    notice, made = Notice.objects.get_or_create(
        account=account, letter=letter, about=about, once=once, defaults={"due_at": now}
    )
    if made:
        ring(notice)
    return notice


def warn_before_ends(*, now: datetime) -> int:
    """Tell the owners of accounts whose permission ends within days; returns how many accounts."""
    ending = Credential.objects.filter(ends_at__range=(now, now + EARLY), identity__refused_at=None)
    found = list(ending.select_related("identity__collective"))
    for credential in found:
        for owner in owners_of(credential.identity):
            once = f"{credential.ends_at:%Y-%m-%d}"
            notify(owner, "account_ends", credential.identity.pk, once=once, now=now)
    return len(found)


def send_notice(notice: Notice) -> datetime | None:
    """Tell it on devices, and write and send it, with what else waits for the same person; a second try
    carries the same Message-ID. Returns when it goes instead, after many in a day or in their quiet hours.
    Raises `Retryable`.
    """
    if notice.state != "planned":
        return None
    now, account = timezone.now(), notice.account
    tell_devices(notice, now=now)
    if not is_prompt(notice.letter) and (later := _room_again(account, now)) > now:
        return later
    together = [notice, *_waiting_beside(notice, now)]
    with translation.override(account.language):
        letters = _written(account, together)
    if letters:
        _mail(account, letters, name=f"notice.{min(one.pk for one in together)}")
    for one in together:
        tell_devices(one, now=now)
        mailed = (one.letter, one.about) in letters
        after = {"sent_at": now if mailed else None, **({} if one is notice else {"due_at": None})}
        NOTICE.move(one, "sent" if mailed or one.on_devices else "dropped", **after)
    return None


def _room_again(account: Account, now: datetime) -> datetime:
    """When the next mail may go: at once for the first of a day, then with time for others to join it, and
    never in the account's quiet hours.
    """
    mailed = Notice.objects.filter(account=account, sent_at__gt=now - timedelta(days=1))
    latest = list(mailed.order_by("-sent_at").values_list("sent_at", flat=True).distinct()[:AT_ONCE])
    free = now if len(latest) < AT_ONCE else max(now, (latest[0] or now) + APART)
    return awake(free, clocks_of(account), account.quiet_from, account.quiet_until)


def _waiting_beside(notice: Notice, now: datetime) -> list[Notice]:
    """What else is due for the same person, or says the same, taken so that nobody else sends it."""
    near = Q(due_at__lte=now) | Q(letter=notice.letter, about=notice.about, attempts=0)
    others = Notice.objects.filter(near, account=notice.account, state="planned").exclude(pk=notice.pk)
    ours = Notice.objects.filter(state="planned")
    lease = lease_over(now)
    return [one for one in others if ours.filter(pk=one.pk, due_at=one.due_at).update(due_at=lease)]


def _written(account: Account, notices: list[Notice]) -> dict[tuple[str, int], tuple[str, Letter]]:
    """The letters still to be mailed, with their kinds; each row's letter once."""
    found = {}
    for name, about in dict.fromkeys((one.letter, one.about) for one in notices):
        kind = letter_kind(name)
        if (
            "mail" in letter_ways(name)
            and wants_notice(account, kind)
            and (said := write(name, account, about))
        ):
            found[name, about] = kind, said
    return found


def _mail(account: Account, letters: dict[tuple[str, int], tuple[str, Letter]], *, name: str) -> None:
    kinds = dict.fromkeys(kind for kind, _said in letters.values())
    said = [letter for _kind, letter in letters.values()]
    mail.send(
        str(account.email),
        "common/mail/letters" if len(said) > 1 else "common/mail/letter",
        {"letter": said[0], "letters": said},
        language=account.language,
        name=name,
        unsubscribe=unsubscribe_link(account, *kinds),
    )


def give_up_notice(notice: Notice, error: NetworkError) -> None:
    """The mail did not go; the pages still say it."""
    NOTICE.move(notice, "dropped")


def unsubscribe_link(account: Account, *kinds: str) -> str:
    """Where a mail program, or its reader, ends these kinds of mail."""
    return settings.SITE_URL + reverse(
        "people:quiet", args=[token("quiet", f"{'+'.join(kinds)}.{account.pk}")]
    )
