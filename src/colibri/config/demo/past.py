"""A year before the demonstration's day: who looked for work, who relayed them, and what became of it.

The rows are written at once, as they would stand today; what is told of them is made as everywhere else.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from colibri.appeals.models import Appeal, Message, Publication
from colibri.audiences.queries import audiences_of
from colibri.compute.reach import reach_of
from colibri.compute.survival import QUESTIONS
from colibri.config.demo.people import BIRDS, PLANTS
from colibri.helping.models import HelpRequest
from colibri.impact.actions import make_edition, plan_editions
from colibri.impact.models import FOUND, Day, Edition, FollowUp, Outcome, Situation
from colibri.impact.queries.searches import months_between
from colibri.people.models import Account, Collective, Identity
from colibri.relays.models import Boost, Offer, Plan

__all__ = ["remember"]

DAYS, RELAYED = 395, 30
# (town, region, how often)
PLACES = (
    ("Rennes", "53", 25), ("Brest", "53", 15), ("Lyon", "84", 25), ("Grenoble", "84", 10),
    ("Nantes", "52", 10), ("Lille", "32", 8), ("Toulouse", "76", 7),
)  # fmt: skip
# (trade, its ROME code, how often)
TRADES = (
    ("d'aide-soignante", "J1501", 20), ("d'infirmier", "J1506", 15), ("de développeuse web", "M1855", 20),
    ("de comptable", "M1203", 15), ("de soudeur", "H2913", 15), ("de serveur", "G1803", 15),
)  # fmt: skip
ENDINGS = (
    ("found_here", 42), ("found_elsewhere", 30), ("training", 12), ("business", 8), ("stopped", 8),
)  # fmt: skip
SAID = {"woman": 0.5, "senior": 0.25, "long": 0.3, "young": 0.2, "alone": 0.15, "diploma": 0.2}
WORDS = (
    "Je croyais mon métier oublié. Trois inconnus l'ont fait lire à ma future cheffe. Merci.",
    "Le message relayé un mardi soir, l'entretien le vendredi : je commence lundi.",
    "Ce qui m'a tenu debout, c'est de voir chaque soir que quelqu'un relayait encore.",
    "Vous m'avez aidée à écrire trois phrases. Elles ont suffi.",
    "J'ai trouvé tout près de chez moi, par une relation d'un relais que je ne connais pas.",
)


@transaction.atomic
def remember(collective: Collective, *, now: datetime) -> None:
    """Fill the months before today, up to yesterday's count and the last month's edition."""
    chance = random.Random(11)  # noqa: S311 a demonstration's dice, not a secret
    today = now.astimezone(ZoneInfo(collective.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    first = (today - timedelta(days=DAYS)).replace(day=1)
    days = [first + timedelta(days=number) for number in range((today - first).days)]
    appeals = [
        _search(collective, chance, day + timedelta(hours=12))
        for number, day in enumerate(days)
        for _ in range(int(0.7 + number / len(days) + chance.random()))
    ]
    for number, appeal in enumerate(appeals):
        appeal.account = Account(email=f"hier-{number:04d}@demo.example", date_joined=appeal.created_at)
        appeal.account.name = f"{chance.choice(PLANTS)} {chance.choice(BIRDS)}"
        appeal.account.set_unusable_password()
    Account.objects.bulk_create(appeal.account for appeal in appeals if appeal.account)
    _ask(appeals, chance, now)
    _help(appeals, chance)
    over = Appeal.objects.filter(collective=collective, kind="cause", state="closed")
    _carry(collective, [*appeals, *over], days, chance)
    _tell(collective, first.date(), now)


def _pick(chance: random.Random, choices: Sequence[tuple[Any, ...]]) -> Any:
    """One of these, as often as its last place says."""
    return chance.choices(choices, weights=[one[-1] for one in choices])[0]


def _search(collective: Collective, chance: random.Random, began: datetime) -> Appeal:
    """A search whose time is over."""
    (town, region, _), (_, code, _) = _pick(chance, PLACES), _pick(chance, TRADES)
    return Appeal(
        collective=collective,
        state="expired",
        reminded="over",
        occupation=code,
        place=town,
        region=region,
        contracts=["cdi"],
        created_at=began,
        accepted_at=began,
        expires_at=began + timedelta(days=RELAYED),
    )


def _ask(appeals: list[Appeal], chance: random.Random, now: datetime) -> None:
    """Half of them answer each question; what they find is told at the next one."""
    follow_ups, outcomes, situations = [], [], []
    for appeal in appeals:
        began = appeal.created_at
        questions = [began + timedelta(days=day, hours=7) for day in QUESTIONS]
        asked = [at for at in questions if at < now]
        found = began + timedelta(days=chance.lognormvariate(4.7, 0.9))
        follow_up = FollowUp(appeal=appeal, began_at=began, asked=len(asked))
        follow_up.asked_at = asked[-1] if asked else None
        follow_up.due_at = questions[len(asked)] if len(asked) < len(questions) else None
        told = next((at for at in asked if at > found), None)
        if chance.random() < 0.5:
            follow_up.heard_at = asked[-1] if asked and told is None else None
            if told is not None:
                kind = _pick(chance, ENDINGS)[0]
                outcomes.append(Outcome(appeal=appeal, kind=kind, told_at=told, happened_on=found.date()))
                appeal.state, appeal.closed_at = "closed", told
                appeal.ending = "found" if kind in FOUND else "stopped"
                follow_up.state, follow_up.due_at = "told", None
        follow_ups.append(follow_up)
        if chance.random() < 0.7:
            signs = Situation.signs_of([name for name, share in SAID.items() if chance.random() < share])
            situations.append(Situation(appeal=appeal, signs=signs, said_at=began))
    thankful = sorted((one for one in outcomes if one.kind == "found_here"), key=lambda one: one.told_at)
    for number, (word, outcome) in enumerate(zip(WORDS, thankful[::-5], strict=False)):
        outcome.word, outcome.word_public = word, True
        outcome.word_shown_at = outcome.told_at if number else None  # the newest waits for the animator
    Appeal.objects.bulk_create(appeals)
    trades = {code: wording for wording, code, _ in TRADES}
    Message.objects.bulk_create(
        Message(
            appeal=one,
            text=f"Je cherche un poste {trades[one.occupation]} à {one.place}, en CDI. #DemoEmploiR",
            written_at=one.created_at,
        )
        for one in appeals
    )
    FollowUp.objects.bulk_create(follow_ups)
    Outcome.objects.bulk_create(outcomes)
    Situation.objects.bulk_create(situations)


def _help(appeals: list[Appeal], chance: random.Random) -> None:
    """Two in five were given a hand with their message."""
    HelpRequest.objects.bulk_create(
        HelpRequest(
            collective=one.collective,
            account=one.account,
            kind="message",
            state="closed",
            ending="helped",
            words="",
            text="",
            forgotten=True,
            created_at=one.created_at,
            answered_at=one.created_at + timedelta(hours=chance.randrange(2, 40)),
            closed_at=one.created_at + timedelta(days=6),
            before=chance.randrange(1, 4),
            after=chance.randrange(3, 6),
        )
        for one in appeals
        if chance.random() < 0.4
    )


def _carry(
    collective: Collective, appeals: list[Appeal], days: list[datetime], chance: random.Random
) -> None:
    """Some evenings of the month after, each time another relay; then what each day amounts to."""
    ours = Identity.objects.get(collective=collective)
    offers = list(Offer.objects.filter(collective=collective))
    plans = {at.date(): Plan(collective=collective, day=at.date(), state="solved", made_at=at) for at in days}
    posts = [Publication(appeal=one, identity=ours, network="memory", state="gone") for one in appeals]
    given: dict[date, list[Boost]] = {day: [] for day in plans}
    for post in posts:
        for offer in chance.sample(offers, min(chance.randrange(5, 11), len(offers))):
            at = post.appeal.created_at + timedelta(days=chance.randrange(RELAYED), hours=7)
            if at.date() in plans:
                boost = Boost(plan=plans[at.date()], offer=offer, appeal=post.appeal, publication=post)
                boost.state, boost.given_at, boost.undone_at = "undone", at, at + timedelta(days=RELAYED)
                given[at.date()].append(boost)
    Plan.objects.bulk_create(plans.values())
    Publication.objects.bulk_create(posts)
    Boost.objects.bulk_create(boost for boosts in given.values() for boost in boosts)
    _count(collective, given)


def _count(collective: Collective, given: dict[date, list[Boost]]) -> None:
    """Each day's figures, as `count_day` would have counted them."""
    relays = Identity.objects.filter(offers__collective=collective).values_list("pk", flat=True)
    audiences = {pk: (one.members, one.kinds) for pk, one in audiences_of(relays).items()}
    zone, ever, rows = ZoneInfo(collective.time_zone), set[int](), []
    for day, boosts in given.items():
        gave = {boost.offer.identity_id for boost in boosts}
        relayed = {boost.appeal_id for boost in boosts}
        ever |= relayed
        seen = [audiences[pk] for pk in gave if pk in audiences]
        row = Day(collective=collective, day=day, relayed=len(relayed), ever=len(ever), relays=len(gave))
        row.boosts, row.reach = len(boosts), reach_of([of[0] for of in seen], [of[1] for of in seen]).people
        row.counted_at = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        rows.append(row)
    Day.objects.bulk_create(rows)


def _tell(collective: Collective, first: date, now: datetime) -> None:
    """The edition of each month, made in turn."""
    plan_editions(now=now)
    newest = Edition.objects.get(collective=collective)
    months = months_between(first, newest.month)[:-1]
    before = Edition.objects.bulk_create(Edition(collective=collective, month=month) for month in months)
    for edition in [*before, newest]:
        make_edition(edition)
