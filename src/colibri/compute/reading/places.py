"""Where: communes, departments and regions, with homonyms settled by what stands around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from colibri.compute.reading.findings import Finding, Place
from colibri.compute.reading.gazetteer import FRANCE, Gazetteer, Named
from colibri.compute.reading.phrases import Phrases, phrase_table, word_set
from colibri.compute.reading.plausibility import COMMON_DEPARTMENTS, LARGE, TOWN, Around, best_meaning
from colibri.compute.reading.tokens import Token

__all__ = ["read_places"]

_MOST = 8  # places kept of one text
_SETTLES = 8  # how many times more people make one homonym the likely one

_ANYWHERE: Phrases[str] = Phrases(
    phrase_table(
        """
anywhere: n importe ou en france, n importe ou, partout en france metropolitaine, france entiere
anywhere: toute la france, toute france, partout en france, mobilite nationale, anywhere in france
anywhere: mobile en france, mobilite france, all over france, partout en france metropolitaine
anywhere: mobile nationalement
"""
    )
)
_AT = word_set(
    """
a au aux sur vers in near secteur base basee based habite region bassin ville metropole around bei
"""
)
_OF = word_set("de d du des")
_NEAR = word_set(
    """
pres proche autour secteur region agglomeration ville bassin alentours environs peripherie cote commune
mairie chu hopital campus prefecture usine agence site centre
"""
)
_IN = word_set("en dans")
_MOVING = word_set("moving move relocating relocate")
_NUMBERED = word_set("departement dept dpt dep departements")
_EXCLUDED = word_set("sauf hors pas quitte quitter excepte except not quittant")
_ORIGIN = word_set(
    """
universite ecole lycee iut diplome diplomee licence master iae sciences po fac institut originaire
"""
)
_TURNS = word_set("pour mais but vers for to")
# Overseas departments are regions as well, and worth telling beside their communes.
_ALSO_REGIONS = word_set("971 972 973 974 976")
_ARTICLES = word_set("le la les l")
_HOME = word_set("vis vit habite habitant vivant reside residant live living")
_COUNTED = word_set("ans an euros euro k h heures jours mois years eur personnes km")


@dataclass(frozen=True, slots=True)
class _Met:
    """A name met in the text, before it is known which of its meanings is meant."""

    meanings: list[Named]
    confidence: float
    why: str
    span: tuple[int, int]
    department: str = ""  # said right beside the name
    common: bool = False


def read_places(gazetteer: Gazetteer, tokens: Sequence[Token]) -> tuple[Finding[Place], ...]:
    """The places a text names, surest first, each code once, at most eight."""
    words = [token.text for token in tokens]
    case = _case(tokens)
    met: list[_Met] = []
    findings: list[Finding[Place]] = []
    position = last_place = 0
    seen_tags: set[str] = set()
    while position < len(tokens):
        token = tokens[position]
        anywhere = _ANYWHERE.at(words, position)
        if anywhere is not None:
            span = (token.start, tokens[position + anywhere[0] - 1].end)
            findings.append(Finding(FRANCE, 0.9, span, "anywhere"))
            position += anywhere[0]
            continue
        if token.hashtag and token.hashtag not in seen_tags:
            seen_tags.add(token.hashtag)
            tagged = _tagged(gazetteer, tokens, position)
            if tagged is not None:
                met.append(tagged)
                position = last_place = _tag_end(tokens, position)
                continue
        listed = last_place > 0 and position - last_place <= 1
        length, found = _named(gazetteer, tokens, words, position, listed, case)
        if found is None:
            length, found = _numbered(gazetteer, tokens, words, position)
        if found is not None:
            met.append(found)
            position += length
            last_place = position
        else:
            position += 1
    return _settled(met, findings)


def _case(tokens: Sequence[Token]) -> str:
    """How a text uses capitals: "shouted" and "small" tell nothing about names, "mixed" does."""
    written = [token for token in tokens if not token.hashtag]
    if sum(token.shouted for token in written) > 0.6 * len(written):
        return "shouted"
    return "mixed" if any(token.capital and not token.shouted for token in written) else "small"


def _tag_end(tokens: Sequence[Token], position: int) -> int:
    tag, end = tokens[position].hashtag, position
    while end < len(tokens) and tokens[end].hashtag == tag:
        end += 1
    return end


def _tagged(gazetteer: Gazetteer, tokens: Sequence[Token], position: int) -> _Met | None:
    tag = tokens[position].hashtag
    meanings = gazetteer.tag(tag)
    if not meanings:
        number = gazetteer.department_of(tag) if tag[0].isdigit() else None
        meanings = [Named(number)] if number is not None else []
    if not meanings:
        return None
    largest = max(named.population for named in meanings)
    wide = any(named.place.level != "commune" for named in meanings)
    common = gazetteer.is_common([tag], largest) and not (wide and tag not in COMMON_DEPARTMENTS)
    if common:
        if largest < LARGE and not wide:
            return None
        confidence = 0.45
    else:
        confidence = 0.9 if wide else 0.87 if largest >= 10_000 else 0.6 if largest >= TOWN else 0.3
    end = _tag_end(tokens, position)
    return _Met(
        meanings, confidence, "hashtag", (tokens[position].start - 1, tokens[end - 1].end), common=common
    )


def _named(
    gazetteer: Gazetteer,
    tokens: Sequence[Token],
    words: Sequence[str],
    position: int,
    listed: bool,
    case: str,
) -> tuple[int, _Met | None]:
    for length, meanings in gazetteer.at(words, position):
        last = position + length - 1
        if any(token.gap for token in tokens[position + 1 : last + 1]):
            continue
        if words[position] in _ARTICLES and _longer_behind(gazetteer, words, position, length):
            continue
        if _left_aside(tokens, words, position):
            return length, None
        around = _around(tokens, words, position, length, listed, case)
        beside, taken = _department_beside(gazetteer, tokens, words, position, last, meanings)
        span = (tokens[position].start, tokens[last].end)
        found = best_meaning(gazetteer, words[position : last + 1], meanings, around, beside)
        if found is not None:
            confidence, why, kept, common = found
            confidence *= _doubt(tokens, words, position, "listed" if listed else why)
            return length + taken, _Met(kept, confidence, why, span, beside, common)
    return 1, None


def _doubt(tokens: Sequence[Token], words: Sequence[str], position: int, why: str) -> float:
    """A factor below 1 where the place is no wish: a school's town, one's home, a surname."""
    before = words[max(0, position - 4) : position]
    if any(word in _ORIGIN for word in before):
        return 0.4
    if any(word in _HOME for word in before):
        return 0.7
    previous = tokens[position - 1] if position > 1 else None
    if why == "name" and previous is not None and tokens[position].gap == 0:
        named = previous.capital and not previous.shouted and not previous.hashtag and previous.gap == 0
        return 0.6 if named else 1.0
    return 1.0


def _longer_behind(gazetteer: Gazetteer, words: Sequence[str], position: int, length: int) -> bool:
    """Does a longer name begin behind the article, or a department's behind "dans la"?

    ("le Pas-de-Calais", not the commune "Le Pas"; "dans la Creuse", not the commune "La Creuse")
    """
    behind = gazetteer.at(words, position + 1)[:1] if position + 1 < len(words) else []
    within = position > 0 and words[position - 1] in _IN
    return any(
        longer > length - 1
        or (within and longer == length - 1 and any(named.place.level == "department" for named in meanings))
        for longer, meanings in behind
    )


def _left_aside(tokens: Sequence[Token], words: Sequence[str], position: int) -> bool:
    """Is the place refused? ("sauf Paris", "je quitte Lille")"""
    for back in range(position - 1, max(-1, position - 4), -1):
        if tokens[back + 1].gap or words[back] in _TURNS:
            return False
        if words[back] in _EXCLUDED:
            return True
    return False


def _around(
    tokens: Sequence[Token], words: Sequence[str], position: int, length: int, listed: bool, case: str
) -> Around:
    token = tokens[position]
    before = [words[back] for back in range(max(0, position - 3), position)] if token.gap == 0 else []
    last = before[-1] if before else ""
    second = before[-2] if len(before) > 1 else ""
    third = before[-3] if len(before) > 2 else ""
    proper = [
        part
        for part in tokens[position : position + length]
        if part.text not in _OF | {"la", "le", "les", "en", "l"}
    ]
    contracted = token.text in {"au", "aux"} and length > 1
    return Around(
        after_place_word=contracted
        or last in _AT
        or (last in _OF and second in _NEAR)
        or (last == "to" and second in _MOVING),
        after_of=last in _OF or (token.text in {"du", "des"} and length > 1),
        after_area_word=last in _IN
        or (last in {"le", "la", "les", "l"} and (second in _IN or third in _IN))
        or last in _NUMBERED
        or (last in _OF and second in _NUMBERED | {"region"})
        or last == "region",
        capital=bool(proper)
        and all(part.capital or part.text in {"sur", "sous", "lez", "les"} for part in proper)
        and case != "shouted",
        opening=position == 0 or token.gap == 2,
        hashtag=bool(token.hashtag),
        listed=listed,
        uncased=case == "small",
    )


def _department_beside(
    gazetteer: Gazetteer,
    tokens: Sequence[Token],
    words: Sequence[str],
    position: int,
    last: int,
    meanings: Sequence[Named],
) -> tuple[str, int]:
    """The department said right beside a name, by number, postcode or name, and how many tokens say it."""
    homes = {named.place.department for named in meanings}
    if last + 1 < len(tokens) and tokens[last + 1].gap < 2:
        number = gazetteer.department_of(words[last + 1]) if words[last + 1][0].isdigit() else None
        if number is not None and number.code in homes and not _counts(words, last + 1):
            return number.code, 1
        for length, beside in gazetteer.at(words, last + 1):
            for named in beside:
                if (
                    named.place.level == "department"
                    and named.place.code in homes
                    and tokens[last + 1].capital
                ):
                    return named.place.code, 0 if named.place.code in _ALSO_REGIONS else length
    if position and len(words[position - 1]) == 5 and words[position - 1].isdigit():
        number = gazetteer.department_of(words[position - 1])
        if number is not None and number.code in homes:
            return number.code, 0
    return "", 0


def _counts(words: Sequence[str], position: int) -> bool:
    """Is the number at `position` an amount? ("37 ans")"""
    return position + 1 < len(words) and words[position + 1] in _COUNTED


def _numbered(
    gazetteer: Gazetteer, tokens: Sequence[Token], words: Sequence[str], position: int
) -> tuple[int, _Met | None]:
    """A department's number or a postcode standing for a place: "dans le 69", "(69)", "dpt 38", "38000"."""
    word = words[position]
    if not word[0].isdigit() or len(word) > 5 or len(word) < 2:
        return 1, None
    department = gazetteer.department_of(word)
    if department is None or _counts(words, position):
        return 1, None
    span = (tokens[position].start, tokens[position].end)
    before = words[max(0, position - 2) : position]
    told = bool(before) and (
        before[-1] in _NUMBERED or (before[-1] == "le" and before[0] in _IN | {"sur", "departement"})
    )
    if len(word) == 5:
        return 1, _Met([Named(department)], 0.5 if not told else 0.8, "postcode", span)
    if not told and before and before[-1] in {"le", "du"} and not (word.isdigit() and int(word) <= 31):
        return 1, _Met([Named(department)], 0.7, "department_number", span)  # no day of a month
    if told:
        return 1, _Met([Named(department)], 0.88, "department_number", span)
    return 1, None


def _settled(met: Sequence[_Met], findings: list[Finding[Place]]) -> tuple[Finding[Place], ...]:
    """Choose among homonyms by departments and regions named anywhere in the text, else by population."""
    departments, regions = set(), set()
    for name in met:
        if len(name.meanings) == 1 and name.confidence >= 0.6:
            place = name.meanings[0].place
            if place.level != "region":
                departments.add(place.department)
            regions.add(place.region)
    best: dict[tuple[str, str], Finding[Place]] = {}
    for finding in findings + [_chosen(name, departments, regions) for name in met]:
        key = (finding.value.level, finding.value.code)
        if key not in best or best[key].confidence < finding.confidence:
            best[key] = finding
    ranked = sorted(best.values(), key=lambda finding: -finding.confidence)
    return tuple(replace(finding, confidence=round(finding.confidence, 2)) for finding in ranked[:_MOST])


def _chosen(name: _Met, departments: set[str], regions: set[str]) -> Finding[Place]:
    meanings = name.meanings
    if len(meanings) == 1:
        return Finding(meanings[0].place, name.confidence, name.span, name.why)
    in_departments = [named for named in meanings if named.place.department in departments]
    if len(in_departments) == 1:
        sure = max(name.confidence, 0.6)
        return Finding(in_departments[0].place, sure, name.span, "homonym_settled_by_department")
    in_regions = [named for named in in_departments or meanings if named.place.region in regions]
    if len(in_regions) == 1:
        sure = max(name.confidence * 0.95, 0.55)
        return Finding(in_regions[0].place, sure, name.span, "homonym_settled_by_region")
    ranked = sorted(in_regions or in_departments or meanings, key=lambda named: -named.population)
    first, second = ranked[0], ranked[1]
    if first.place.level != "commune":
        return Finding(first.place, name.confidence, name.span, name.why)
    if first.population >= _SETTLES * max(second.population, 1):
        why = name.why if first.population >= 50_000 else "homonym_settled_by_population"
        return Finding(first.place, name.confidence * 0.9, name.span, why)
    return Finding(first.place, min(name.confidence * 0.5, 0.35), name.span, "homonym_unsettled")
