"""A mentorship from its first day to its end: terms, next steps, questions in the middle and at the end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from colibri.common.states import WrongMove
from colibri.helping.models import MENTORSHIP, PROPOSAL, REQUEST, HelpRequest, Mentorship, NextStep
from colibri.networks.errors import NetworkError
from colibri.networks.plain import plain_line
from colibri.people.actions import notify
from colibri.people.models import Account

__all__ = [
    "add_step",
    "agree_terms",
    "ask_mentorship",
    "begin_mentorship",
    "finish_step",
    "give_up_mentorship",
]

LASTS = timedelta(weeks=8)
"""Unless the two agree otherwise."""
ANSWER_WITHIN = timedelta(days=7)
"""So long after the end a mentorship nobody prolonged ends by itself."""
HOUR = time(9)


@transaction.atomic
def begin_mentorship(request: HelpRequest, *, now: datetime) -> Mentorship:
    """A mentor said yes; the next mentor of the same request goes on with the same list."""
    today = now.astimezone(ZoneInfo(request.collective.time_zone)).date()
    found, made = Mentorship.objects.get_or_create(
        request=request, defaults={"began_on": today, "ends_on": today + LASTS}
    )
    if made:
        _wait_for(found, found.middle)
    return found


@transaction.atomic
def agree_terms(mentorship: Mentorship, rhythm: str, ends_on: date, *, aim: str = "", now: datetime) -> None:
    """Set aim, rhythm and end; both are asked half way and at the new end. Raises `WrongMove`."""
    if mentorship.state == "over":
        raise WrongMove(mentorship, "middle")
    mentorship.aim, mentorship.rhythm, mentorship.ends_on = plain_line(aim), rhythm, ends_on
    mentorship.save(update_fields=["aim", "rhythm", "ends_on"])
    if mentorship.state == "ending":
        MENTORSHIP.move(mentorship, "middle")
    today = now.astimezone(ZoneInfo(mentorship.request.collective.time_zone)).date()
    before_middle = mentorship.state == "going" and today < mentorship.middle
    _wait_for(mentorship, mentorship.middle if before_middle else ends_on)


def add_step(mentorship: Mentorship, author: Account, text: str, *, now: datetime) -> NextStep:
    """Write down what comes next."""
    return NextStep.objects.create(
        mentorship=mentorship, author=author, text=plain_line(text), written_at=now
    )


def finish_step(step: NextStep, *, now: datetime) -> None:
    """It is done; done already changes nothing."""
    NextStep.objects.filter(pk=step.pk, done_at=None).update(done_at=now)


@transaction.atomic
def ask_mentorship(mentorship: Mentorship) -> datetime | None:
    """Ask both how it goes: in the middle, at the end; a week later it ends by itself."""
    now, request = timezone.now(), mentorship.request
    if mentorship.state == "over" or request.state == "closed":
        return None
    if mentorship.state == "ending":
        _end_quietly(mentorship, now)
        return None
    at_end = now >= _moment(mentorship, mentorship.ends_on)
    if not at_end and mentorship.state != "going":
        return _moment(mentorship, mentorship.ends_on)  # its end was moved meanwhile
    MENTORSHIP.move(mentorship, "ending" if at_end else "middle")
    letter = "mentorship_end" if at_end else "mentorship_middle"
    helper = [request.giving.account] if request.giving is not None else []
    for account in [request.account, *helper]:
        notify(account, letter, mentorship.pk, once=f"{mentorship.ends_on}", now=now)
    return now + ANSWER_WITHIN if at_end else _moment(mentorship, mentorship.ends_on)


def give_up_mentorship(mentorship: Mentorship, error: NetworkError) -> None:
    """Its page still says where it stands."""
    Mentorship.objects.filter(pk=mentorship.pk).update(attempts=0)


def _end_quietly(mentorship: Mentorship, now: datetime) -> None:
    """Nobody said anything: it is over, and how it went stays unknown."""
    MENTORSHIP.move(mentorship, "over")
    request = mentorship.request
    REQUEST.move(request, "closed", closed_at=now, due_at=None)
    for part in request.proposals.filter(state="accepted"):
        PROPOSAL.move(part, "done", ended_at=now)
    for part in request.proposals.filter(state="open"):
        PROPOSAL.move(part, "taken", ended_at=now)


def _wait_for(mentorship: Mentorship, day: date) -> None:
    Mentorship.objects.filter(pk=mentorship.pk).update(due_at=_moment(mentorship, day), attempts=0)


def _moment(mentorship: Mentorship, day: date) -> datetime:
    """Nine in the morning of that day by the collective's clocks."""
    zone = ZoneInfo(mentorship.request.collective.time_zone)
    return datetime.combine(day, HOUR, zone).astimezone(UTC)
