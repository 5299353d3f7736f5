"""Where a seeker stands: their message, its reach, who helps them, what could come next, their week.

Only what happened is told. Nothing is counted against anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from colibri.appeals.models import Answer, Appeal
from colibri.appeals.queries import title_of
from colibri.compute.reach import Reach
from colibri.conversations.queries import shown_name
from colibri.helping.models import HelpRequest, NextStep, Remark
from colibri.helping.queries import helper_of, last_word, next_steps_of, requests_of
from colibri.home.queries import journey_of
from colibri.impact.queries.following import situation_links
from colibri.people.models import Account
from colibri.programme.models import Registration, Walk
from colibri.programme.models import Step as PathStep
from colibri.programme.queries import clocks_of, next_stages, registrations_of
from colibri.programme.words import when_words
from colibri.relays.models import Boost

__all__ = ["STEPS_MOST", "WORKSHOPS_MOST", "Help", "Spoken", "Standing", "Step", "standing_of"]

A_WEEK = timedelta(days=7)
STEPS_MOST = 3
"""More next steps at once are a burden."""
WORKSHOPS_MOST = 5


@dataclass(frozen=True, slots=True)
class Spoken:
    """An open message: how many distinct people could have seen it, and where to say more of oneself."""

    appeal: Appeal
    title: str
    reach: Reach | None
    situation: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """An open request: who helps, and whether something to read waits."""

    request: HelpRequest
    helper: str
    my_turn: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something that could come next, in words, and where it is done."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it. Of the week that was: relays who gave, answers forwarded, helpers' words.

    `walks` are cohorts and the step before the person in each; `booked` the workshops of the seven days
    to come, and when, by the person's clocks.
    """

    spoken: list[Spoken]
    helps: list[Help]
    walks: list[tuple[Walk, PathStep]]
    steps: list[Step]
    booked: list[tuple[Registration, str]]
    relays: int
    answers: int
    remarks: int

    @property
    def quiet(self) -> bool:
        """Whether the week brought nothing to tell."""
        return not (self.relays or self.answers or self.remarks or self.booked)

    @property
    def findable(self) -> bool:
        """Whether a message of theirs still stands before everybody."""
        return any(one.appeal.state in ("active", "paused") for one in self.spoken)


def standing_of(account: Account, appeals: list[Appeal], *, now: datetime) -> Standing | None:
    """Where somebody stands; None where they neither search, nor asked for a hand, nor walk with a cohort.

    `appeals` are their own.
    """
    searches = [one for one in appeals if one.kind == "search" and one.state != "closed"]
    requests = list(requests_of(account).exclude(state="closed"))
    walks = next_stages(account)
    if not searches and not requests and not walks:
        return None
    since, numbers = now - A_WEEK, [one.pk for one in searches]
    given = Boost.objects.filter(appeal__in=numbers, given_at__gte=since, state="given")
    answers = Answer.objects.filter(appeal__in=numbers, state="forwarded", written_at__gte=since)
    words = Remark.objects.filter(request__account=account, written_at__gte=since).exclude(author=account)
    helps = [_help(one, account) for one in requests]
    links = situation_links(numbers)
    return Standing(
        spoken=[Spoken(one, title_of(one), _reach(one), links.get(one.pk, "")) for one in searches],
        helps=helps,
        walks=walks,
        steps=_steps(searches, helps, next_steps_of(account))[:STEPS_MOST],
        booked=_booked(account, now),
        relays=given.values("offer__identity").distinct().count(),
        answers=answers.count(),
        remarks=words.count(),
    )


def _reach(appeal: Appeal) -> Reach | None:
    return journey_of(appeal).reach if appeal.accepted_at is not None else None


def _help(request: HelpRequest, account: Account) -> Help:
    helper, word = helper_of(request), last_word(request)
    mine = request.state == "answered" and word is not None and word.author_id != account.pk
    return Help(request, shown_name(helper) if helper is not None else "", mine)


def _booked(account: Account, now: datetime) -> list[tuple[Registration, str]]:
    ahead = registrations_of(account, now=now).filter(workshop__starts_at__lt=now + A_WEEK)[:WORKSHOPS_MOST]
    return [(one, when_words(one.workshop, clocks_of(account, one.workshop.collective))) for one in ahead]


def _steps(searches: list[Appeal], helps: list[Help], agreed: list[NextStep]) -> list[Step]:
    steps = [
        Step(str(one.text), reverse("helping:mentorship", args=[one.mentorship.request.public_id]))
        for one in agreed
    ]
    for one in searches:
        claim = reverse("appeals:claim", args=[one.public_id])
        if one.state == "draft":
            steps.append(Step(str(_("See what we understood of your message, and say yes")), claim))
        elif one.state == "refused":
            steps.append(Step(str(_("See why your message is not relayed, and what can help")), claim))
        elif one.state == "expired":
            steps.append(Step(str(_("Say whether you still look: your message rests until then")), claim))
        elif one.state == "paused":
            steps.append(Step(str(_("Have your message relayed again, when you like")), claim))
    for help_ in helps:
        if help_.my_turn:
            words = str(_("Read what {name} wrote to you")).format(name=help_.helper)
            steps.append(Step(words, help_.request.get_absolute_url()))
    if searches:
        slug = searches[0].collective.slug
        if not helps:
            steps.append(
                Step(
                    str(_("Have somebody look at your message")),
                    reverse("helping:ask", args=[slug]) + "?kind=message",
                )
            )
        steps.append(Step(str(_("Read what others found useful")), reverse("showcase:reading", args=[slug])))
    return steps
