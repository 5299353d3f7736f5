"""The coach at somebody's side: a text looked at, its remarks in words, and how networks will show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Sum

from colibri.appeals.actions.posts import read_text
from colibri.appeals.actions.publishing import composed
from colibri.appeals.models import Appeal
from colibri.appeals.remarks import REMARK_WORDS
from colibri.audiences.queries import reader, tables
from colibri.compute.coaching import Change, Circumstances, Coach, Remark, changed
from colibri.compute.coaching.proposals import Proposal, change_of, keeps_sense, worsens
from colibri.compute.reading import Reading
from colibri.compute.reading.tokens import words_of
from colibri.networks.previews import Preview, preview
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Collective, Identity

__all__ = ["Look", "look_at", "remarks_on_post", "taken"]

REMARKS_MOST = 6
"""So many are told at once, the most useful ones: a longer list helps nobody."""
REMARKS_OF_POST = 3
"""A post stands already: what weighs most, and what its words cannot tell."""
_TOWN = 20_000  # inhabitants; smaller ones are rarely written as hashtags
_SHOWN_ANYWAY = ("mastodon", "bluesky")


@dataclass(frozen=True, slots=True)
class Offered:
    """A change under the name by which the page's button asks for it."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in words: what, why, and what may be changed with one tap."""

    what: str
    why: str
    words: tuple[str, ...]
    changes: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What the coach saw: the most useful remarks and how many more there are, the text in pieces
    (concerned by one of them or not), previews, and of a model's proposals those that keep the rules."""

    reading: Reading
    remarks: tuple[Told, ...]
    more: int
    pieces: tuple[tuple[str, bool], ...]
    previews: tuple[Preview, ...]
    proposals: tuple[Proposal, ...] = ()


@cache
def coach() -> Coach:
    """The coach, with the words of trades and places of the tables."""
    known = tables()
    names = [town.name for town in known.communes if town.population >= _TOWN]
    names += [department.name for department in known.departments] + [one.name for one in known.regions]
    return Coach(reader().trades.vocabulary | {word for name in names for word in words_of(name)})


def look_at(
    text: str,
    collective: Collective,
    language: str,
    *,
    now: datetime,
    reachable: bool = False,
    proposals: Sequence[Proposal] = (),
) -> Look:
    """The coach's look at a text the collective will post, with its words around it."""
    seen = _seen(text, collective, language, now=now, reachable=reachable)
    reading, previews, found = seen
    kept = [
        one
        for one in proposals
        if (change := change_of(text, one)) is not None
        and _keeps_rules(
            seen, _seen(changed(text, change), collective, language, now=now, reachable=reachable)
        )
    ]
    more, found = len(found[REMARKS_MOST:]), found[:REMARKS_MOST]
    return Look(
        reading=reading,
        more=more,
        remarks=tuple(_told(text, remark) for remark in found),
        pieces=_pieces(text, [span for remark in found for span in remark.spans]),
        previews=tuple(shown for shown, _ in previews.values()),
        proposals=tuple(kept),
    )


Seen = tuple[Reading, dict[str, tuple[Preview, int]], tuple[Remark, ...]]


def _seen(text: str, collective: Collective, language: str, *, now: datetime, reachable: bool) -> Seen:
    """A text read, as each network will show it, and every remark about it."""
    reading = reader().read(text, language, seeker_tags=[collective.seekers_hashtag])
    previews = _previews(text, reading, collective)
    ends = {shown.label: end for shown, end in previews.values() if end < len(text.strip())}
    today = now.astimezone(ZoneInfo(collective.time_zone)).date()
    found = _remarks(text, reading, collective, today=today, reachable=reachable, ends=ends)
    return reading, previews, found


def _keeps_rules(before: Seen, after: Seen) -> bool:
    return keeps_sense(before[0], after[0]) and not worsens(before[2], after[2])


def remarks_on_post(appeal: Appeal, text: str, *, now: datetime) -> tuple[Told, ...]:
    """What would make its author's own post better, on the network where it stands and can be answered."""
    if appeal.source_uri is None:
        return ()
    own = appeal.publications.filter(identity__collective=None, state="live")
    undescribed = own.aggregate(images=Sum("undescribed"))["images"] or 0
    reading = read_text(appeal, text, appeal.language)
    today = now.astimezone(ZoneInfo(appeal.collective.time_zone)).date()
    around = Circumstances(today, appeal.collective.seekers_hashtag, True, undescribed=undescribed)
    found = coach().look(text, reading, around)
    images = [remark for remark in found if remark.kind == "no_alt_text"]
    rest = [remark for remark in found if remark not in images]
    return tuple(_told(text, remark) for remark in [*rest[: REMARKS_OF_POST - len(images)], *images])


def taken(text: str, name: str, collective: Collective, language: str, *, now: datetime) -> str:
    """The text with the change of this name made; the same text where there is no such change any more."""
    reading = reader().read(text, language, seeker_tags=[collective.seekers_hashtag])
    today = now.astimezone(ZoneInfo(collective.time_zone)).date()
    for remark in _remarks(text, reading, collective, today=today):
        for change in remark.changes:
            if _name(remark, change) == name:
                return changed(text, change)
    return text


def _remarks(
    text: str,
    reading: Reading,
    collective: Collective,
    *,
    today: date,
    reachable: bool = False,
    ends: dict[str, int] | None = None,
) -> tuple[Remark, ...]:
    around = Circumstances(today, collective.seekers_hashtag, reachable, ends or {})
    return coach().look(text, reading, around)


def _previews(text: str, reading: Reading, collective: Collective) -> dict[str, tuple[Preview, int]]:
    """For each network the collective posts to, or else those most people are on: preview, and its end."""
    own = Identity.objects.filter(collective=collective, refused_at=None, credential__isnull=False)
    networks = sorted(set(own.values_list("network", flat=True))) or _SHOWN_ANYWAY
    shown = {}
    for name in networks:
        post, end = composed(text, reading.language.value, collective, CAPABILITIES[name])
        shown[name] = preview(post, CAPABILITIES[name]), end
    return shown


def _told(text: str, remark: Remark) -> Told:
    what, why = REMARK_WORDS[remark.kind]
    return Told(
        what=str(what) % {"about": remark.about},
        why=str(why),
        words=tuple(" ".join(text[start:end].split())[:80] for start, end in remark.spans[:4]),
        changes=tuple(Offered(_name(remark, change), change.says) for change in remark.changes),
    )


def _name(remark: Remark, change: Change) -> str:
    """Where a text was changed since it was looked at, a remark is known by its kind and words alone."""
    return f"{remark.kind}:{change.says or remark.about}"[:200]


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text cut where remarks begin and end; each piece with whether one is about it."""
    cuts = sorted({0, len(text), *(place for span in spans for place in span)})
    pieces: list[tuple[str, bool]] = []
    for start, end in pairwise(cuts):
        concerned = any(span[0] < end and start < span[1] for span in spans)
        if pieces and pieces[-1][1] == concerned:
            pieces[-1] = (pieces[-1][0] + text[start:end], concerned)
        else:
            pieces.append((text[start:end], concerned))
    return tuple(pieces)
