"""Which white papers there are, who reads what of them, and who may contribute."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from colibri.people.models import Account, Collective
from colibri.people.queries import has_role
from colibri.showcase.models import Contribution, Paper

__all__ = [
    "chapters_of",
    "contribution_seen_by",
    "contributions_of",
    "paper_seen_by",
    "papers_of",
    "takes_contributions",
]

PUBLIC = ("open", "closed", "published")


def papers_of(collective: Collective, account: Account | AnonymousUser) -> QuerySet[Paper]:
    """Those whose call was opened; animators see those being prepared too."""
    found = collective.papers.order_by("-changed_at")
    animates = isinstance(account, Account) and has_role(account, collective, "animator")
    return found if animates else found.filter(state__in=PUBLIC)


def paper_seen_by(account: Account | AnonymousUser, public_id: str) -> Paper | None:
    """The white paper of this name, where this person may see it."""
    found = Paper.objects.filter(public_id=public_id).select_related("collective").first()
    if found is None or found.state in PUBLIC:
        return found
    return found if isinstance(account, Account) and has_role(account, found.collective, "animator") else None


def chapters_of(paper: Paper) -> QuerySet[Contribution]:
    """What the paper is made of, in order."""
    return paper.contributions.filter(state="accepted", agreed_at__isnull=False)


def takes_contributions(paper: Paper, today: date) -> bool:
    """Whether its call is open, and its day has not passed."""
    return paper.state == "open" and (paper.until is None or today <= paper.until)


def contributions_of(account: Account | AnonymousUser, paper: Paper) -> QuerySet[Contribution]:
    """What somebody wrote for it."""
    if not isinstance(account, Account):
        return Contribution.objects.none()
    return paper.contributions.filter(author=account)


def contribution_seen_by(account: Account | AnonymousUser, public_id: str) -> Contribution | None:
    """A chapter of a published paper, one's own or, for animators, one that waits or was accepted."""
    rows = Contribution.objects.select_related("paper__collective", "author")
    found = rows.filter(public_id=public_id).first()
    if found is None or (found.state == "accepted" and found.paper.state == "published"):
        return found
    if not isinstance(account, Account):
        return None
    reviews = found.state != "draft" and has_role(account, found.paper.collective, "animator")
    return found if reviews or found.author_id == account.pk else None
