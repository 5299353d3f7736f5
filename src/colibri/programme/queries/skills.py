"""What somebody can do and likes, the trades close to it, and who teaches what is missing."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet

from colibri.compute.assessing import close_trades
from colibri.compute.liking import Fit, fits, likings
from colibri.compute.sheets import folded
from colibri.people.models import Account, Collective
from colibri.programme.models import Ability, Leaning, Skill, Trade, TrainingBody
from colibri.programme.words import LIKED_WORDS
from colibri.relays.words import FAMILY_WORDS

__all__ = [
    "abilities_of",
    "families_liked",
    "likes_of",
    "resume_of",
    "skills_named",
    "trades_close_to",
    "training_bodies",
]

FOUND_MOST = 20
CANDIDATES = 60
"""So many trades are weighed, those that share most with the person."""
SHOWN = 8
FAMILIES_SHOWN, LIKED = 4, 0.5
"""So many families are told, of those whose work is liked at least so much."""
LEVEL_WORDS = {1: "Beginner", 2: "Intermediate", 3: "Master"}


def abilities_of(account: Account) -> QuerySet[Ability]:
    """What somebody says they can do, by its words."""
    return Ability.objects.filter(account=account).select_related("skill").order_by("words")


def skills_named(words: str) -> list[Skill]:
    """Known skills that hold all of these words, or are asked by a trade that does; the most asked first."""
    wanted = [one for one in folded(words).split() if len(one) > 1][:6]
    if not wanted:
        return []
    found = Q()
    for word in wanted:
        found &= Q(folded__contains=word)
    return list(Skill.objects.filter(found).order_by("-spread", "label")[:FOUND_MOST])


def likes_of(account: Account) -> dict[str, int]:
    """What somebody answered about what they like."""
    kept = Leaning.objects.filter(account=account).first()
    return kept.answers if kept is not None else {}


def families_liked(account: Account) -> list[tuple[str, list[str]]]:
    """The trade families whose work somebody likes, in words, each with the answers that say so."""
    liked = [one for one in likings(likes_of(account)) if one.share >= LIKED and one.because]
    return [
        (str(FAMILY_WORDS[one.family]), [str(LIKED_WORDS[each]) for each in one.because])
        for one in liked[:FAMILIES_SHOWN]
    ]


def trades_close_to(account: Account) -> list[Fit[Trade, Skill]]:
    """The trades closest to what somebody can do and likes, with what is there and what is missing."""
    mine = Ability.objects.filter(account=account, skill__isnull=False)
    known = {one.skill: one.level for one in mine.select_related("skill") if one.skill is not None}
    if not known:
        return []
    links: Any = Trade.skills.through._default_manager
    near = links.filter(skill__in=[one.pk for one in known]).values_list("trade")
    counted = near.annotate(shared=Count("pk")).order_by("-shared", "trade")[:CANDIDATES]
    trades = Trade.objects.in_bulk([trade for trade, _shared in counted])
    asked: dict[Trade, set[Skill]] = defaultdict(set)
    for link in links.filter(trade__in=trades).select_related("skill"):
        asked[trades[link.trade_id]].add(link.skill)
    spread = {skill: skill.spread for skills in asked.values() for skill in skills}
    close = close_trades(known, asked, spread, Trade.objects.count())
    return fits(close, likes_of(account), lambda trade: trade.code[:1])[:SHOWN]


def resume_of(account: Account) -> dict[str, Any]:
    """What somebody can do and likes as JSON Resume 1.0.0 says it (https://jsonresume.org/schema)."""
    skills = [
        {"name": one.words, "level": LEVEL_WORDS[one.level], "keywords": []} for one in abilities_of(account)
    ]
    schema = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
    basics = {"name": account.name, "email": account.email or ""}
    liked = [{"name": name, "keywords": because} for name, because in families_liked(account)]
    whole = {"basics": {key: one for key, one in basics.items() if one}, "skills": skills}
    return {"$schema": schema, **whole, **({"interests": liked} if liked else {})}


def training_bodies(collective: Collective, region: str, *, without_diploma: bool) -> QuerySet[TrainingBody]:
    """Who teaches, of one region or all; on wish only who is known to take people without a diploma."""
    found = TrainingBody.objects.filter(collective=collective)
    if region:
        found = found.filter(region=region)
    return found.filter(without_diploma=True) if without_diploma else found
