"""What somebody can do and likes, and the tables that are read: trades with skills, training bodies."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count

from colibri.compute.sheets import folded
from colibri.networks.plain import plain_line
from colibri.people.models import Account, Collective
from colibri.programme.models import Ability, Leaning, Skill, Trade, TrainingBody

__all__ = [
    "TooManyAbilities",
    "forget_ability",
    "note_abilities",
    "note_likes",
    "replace_skills",
    "replace_training",
]

ABILITIES_MOST = 200
AT_ONCE = 2_000


class TooManyAbilities(Exception):
    """Somebody can note so many at most."""


@transaction.atomic
def note_abilities(account: Account, skills: Iterable[Skill], words: str, level: int) -> int:
    """Note known skills, and one in the person's own words; returns how many. Raises `TooManyAbilities`."""
    wanted: list[tuple[Skill | None, str]] = [(one, one.label) for one in skills]
    own = plain_line(words)[:300]
    if own:
        wanted.append((Skill.objects.filter(folded=folded(own)).first(), own))
    if Ability.objects.filter(account=account).count() + len(wanted) > ABILITIES_MOST:
        raise TooManyAbilities
    for skill, label in wanted:
        Ability.objects.update_or_create(
            account=account, words=label, defaults={"skill": skill, "level": level}
        )
    return len(wanted)


def forget_ability(ability: Ability) -> None:
    """It is noted no more."""
    ability.delete()


def note_likes(account: Account, answers: Mapping[str, int]) -> None:
    """Keep these answers in the place of those before; none at all forgets them."""
    if answers:
        Leaning.objects.update_or_create(account=account, defaults={"answers": dict(answers)})
    else:
        Leaning.objects.filter(account=account).delete()


@transaction.atomic
def replace_skills(rows: Sequence[tuple[str, str, str]]) -> tuple[int, int]:
    """Put a table of (ROME code, trade, skill) in the place of the one before; (trades, skills) it has.

    What people noted stays: a skill that is no longer in the table stands in their own words.
    """
    labels = dict.fromkeys(plain_line(skill)[:300] for _code, _trade, skill in rows)
    trades = {code: plain_line(trade)[:200] for code, trade, _skill in rows}
    Trade.objects.all().delete()
    # Few skills are noted by somebody: only these outlive their table, and only where the new one has them.
    Skill.objects.filter(abilities__isnull=True).delete()
    gone = [pk for pk, label in Skill.objects.values_list("pk", "label") if label not in labels]
    Skill.objects.filter(pk__in=gone).delete()
    known = set(Skill.objects.values_list("label", flat=True))
    fresh = [Skill(label=one, folded=folded(one)[:300]) for one in labels if one not in known]
    Skill.objects.bulk_create(fresh, batch_size=AT_ONCE)
    Trade.objects.bulk_create([Trade(code=code, label=label) for code, label in trades.items()])
    by_label = dict(Skill.objects.values_list("label", "pk"))
    by_code = dict(Trade.objects.values_list("code", "pk"))
    links: Any = Trade.skills.through
    pairs = {(by_code[code], by_label[plain_line(skill)[:300]]) for code, _trade, skill in rows}
    links._default_manager.bulk_create(
        [links(trade_id=trade, skill_id=skill) for trade, skill in sorted(pairs)], batch_size=AT_ONCE
    )
    counted = Skill.objects.annotate(number=Count("trades"))
    changed = list(counted)
    for one in changed:
        one.spread = one.number
    Skill.objects.bulk_update(changed, ["spread"], batch_size=AT_ONCE // 4)
    return len(trades), len(labels)


@transaction.atomic
def replace_training(collective: Collective, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put a collective's directory in the place of the one before; returns how many bodies it has."""
    TrainingBody.objects.filter(collective=collective).delete()
    made = [TrainingBody(collective=collective, **row) for row in rows]
    return len(TrainingBody.objects.bulk_create(made, batch_size=AT_ONCE))
