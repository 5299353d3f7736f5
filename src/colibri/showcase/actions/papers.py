"""The way of a white paper: called for, written by many, put in order, published, taken back."""

from datetime import datetime

from django.db import transaction

from colibri.networks.plain import plain, plain_line
from colibri.people.actions import notify
from colibri.people.models import Account
from colibri.people.queries import animators_of
from colibri.showcase.models import CONTRIBUTION, PAPER, Contribution, Paper

__all__ = [
    "NothingToPublish",
    "accept_contribution",
    "change_contribution",
    "change_paper",
    "erase_contribution",
    "move_contribution",
    "move_paper",
    "return_contribution",
    "submit_contribution",
    "take_back_contribution",
]


class NothingToPublish(Exception):
    """No contribution is accepted."""


def change_paper(paper: Paper, *, now: datetime) -> Paper:
    """Keep its words, cleaned of what no page can show; its state stays."""
    paper.title, paper.call, paper.foreword = (
        plain_line(paper.title),
        plain(paper.call),
        plain(paper.foreword),
    )
    paper.changed_at = now
    words = ("title", "call", "foreword", "until", "language", "changed_at")
    paper.save(update_fields=None if paper.pk is None else words)
    return paper


@transaction.atomic
def move_paper(paper: Paper, to: str, *, now: datetime) -> None:
    """Open the call, close it, publish, or take back. Raises `WrongMove`, `NothingToPublish`."""
    chapters = paper.contributions.filter(state="accepted")
    if to == "published":
        if not chapters.exists():
            raise NothingToPublish
        PAPER.move(paper, to, published_at=now, changed_at=now)
        for account in Account.objects.filter(contributions__in=chapters).distinct():
            notify(account, "paper_published", paper.pk, once=f"{now:%Y-%m-%d}", now=now)
        return
    PAPER.move(paper, to, changed_at=now)


def change_contribution(found: Contribution, *, now: datetime) -> Contribution:
    """Keep a draft's words; whoever changes them agrees anew."""
    found.title, found.byline, found.text = (
        plain_line(found.title),
        plain_line(found.byline),
        plain(found.text),
    )
    found.changed_at, found.agreed_at = now, None
    words = ("title", "byline", "text", "changed_at", "agreed_at")
    found.save(update_fields=None if found.pk is None else words)
    return found


@transaction.atomic
def submit_contribution(found: Contribution, *, now: datetime) -> None:
    """Its author agrees to these words being published, and asks for them to be read. Raises `WrongMove`."""
    CONTRIBUTION.move(found, "submitted", agreed_at=now, changed_at=now, remark="")
    for role in animators_of(found.paper.collective):
        if role.account_id != found.author_id:
            once = f"{now:%Y-%m-%d %H:%M}"
            notify(role.account, "contribution_submitted", found.pk, once=once, now=now)


@transaction.atomic
def accept_contribution(found: Contribution, *, now: datetime) -> None:
    """It has its place, behind the others. Raises `WrongMove`."""
    CONTRIBUTION.move(found, "accepted", place=found.paper.contributions.count() + 1, changed_at=now)
    _in_order(found.paper)


@transaction.atomic
def return_contribution(found: Contribution, remark: str, *, now: datetime) -> None:
    """Give it back to its author with a word. Raises `WrongMove`."""
    CONTRIBUTION.move(found, "draft", remark=plain(remark)[:1000], agreed_at=None, changed_at=now)
    notify(found.author, "contribution_returned", found.pk, once=f"{now:%Y-%m-%d %H:%M}", now=now)


def take_back_contribution(found: Contribution, *, now: datetime) -> None:
    """Its author wants it back: a draft again, also out of a paper that is published. Raises `WrongMove`."""
    CONTRIBUTION.move(found, "draft", agreed_at=None, changed_at=now)


def erase_contribution(found: Contribution) -> None:
    """Nothing of it stays."""
    found.delete()


@transaction.atomic
def move_contribution(found: Contribution, by: int) -> None:
    """One place up (-1) or down (1) among those accepted."""
    chapters = list(found.paper.contributions.filter(state="accepted").select_for_update())
    here = next((place for place, one in enumerate(chapters) if one.pk == found.pk), None)
    if here is None or not 0 <= here + by < len(chapters):
        return
    chapters[here], chapters[here + by] = chapters[here + by], chapters[here]
    _number(chapters)


def _in_order(paper: Paper) -> None:
    _number(list(paper.contributions.filter(state="accepted")))


def _number(chapters: list[Contribution]) -> None:
    for place, one in enumerate(chapters, start=1):
        one.place = place
    Contribution.objects.bulk_update(chapters, ["place"])
