"""Where: communes, departments and regions, with homonyms settled by what stands around them."""

from collections.abc import Sequence

from colibri.compute.reading.findings import Finding, Place
from colibri.compute.reading.gazetteer import FRANCE, Gazetteer, Named
from colibri.compute.reading.homonyms import Met, Places, by_role
from colibri.compute.reading.phrases import Phrases, phrase_table, word_set
from colibri.compute.reading.plausibility import COMMON_DEPARTMENTS, LARGE, TOWN, Around, best_meaning
from colibri.compute.reading.tokens import Token

__all__ = ["read_places"]


_ANYWHERE: Phrases[str] = Phrases(
    phrase_table(
        """
anywhere: n importe ou en france, n importe ou, partout en france metropolitaine, france entiere
anywhere: toute la france, toute france, partout en france, mobilite nationale, anywhere in france
anywhere: mobile en france, mobilite france, all over france, mobile nationalement
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
_EXCLUDED = word_set("sauf hors pas ni quitte quitter quittons excepte except not quittant fuir leaving")
_SOFTENED = word_set("loin seulement uniquement forcement que only far trop necessarily just")
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
_JOINING = word_set("et ou le and or the")
_COUNTED = word_set("ans an euros euro k h heures jours mois years eur personnes km")


def read_places(gazetteer: Gazetteer, tokens: Sequence[Token]) -> Places:
    """The places a text names, each code once, at most eight of a role.

    Where one lives counts as wanted, with less confidence, where no other place is named.
    """
    words = [token.text for token in tokens]
    case = _case(tokens)
    met: list[Met] = []
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
            beside = _listed_number(words, position, last_place, met)
            length, found = _numbered(gazetteer, tokens, words, position, beside)
        if found is not None:
            met.append(found)
            position += length
            last_place = position
        else:
            position += 1
    return by_role(met, findings)


def _case(tokens: Sequence[Token]) -> str:
    """How a text uses capitals: "shouted" and "small" tell nothing about names, "mixed" does."""
    written = [token for token in tokens if not token.hashtag]
    if sum(token.shouted for token in written) > 0.6 * len(written):
        return "shouted"
    return "mixed" if any(token.capital and not token.shouted for token in written) else "small"


def _listed_number(words: Sequence[str], position: int, last_place: int, met: Sequence[Met]) -> bool:
    """Does a number continue a list of departments? ("le 35 ou le 22", "33, 40 et 64")"""
    return (
        last_place > 0
        and bool(met)
        and met[-1].why in ("department_number", "name_with_department")
        and all(word in _JOINING for word in words[last_place:position])
    )


def _tag_end(tokens: Sequence[Token], position: int) -> int:
    tag, end = tokens[position].hashtag, position
    while end < len(tokens) and tokens[end].hashtag == tag:
        end += 1
    return end


def _tagged(gazetteer: Gazetteer, tokens: Sequence[Token], position: int) -> Met | None:
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
    return Met(
        meanings, confidence, "hashtag", (tokens[position].start - 1, tokens[end - 1].end), common=common
    )


def _named(
    gazetteer: Gazetteer,
    tokens: Sequence[Token],
    words: Sequence[str],
    position: int,
    listed: bool,
    case: str,
) -> tuple[int, Met | None]:
    for length, meanings in gazetteer.at(words, position):
        last = position + length - 1
        if any(token.gap for token in tokens[position + 1 : last + 1]):
            continue
        if words[position] in _ARTICLES and _longer_behind(gazetteer, words, position, length):
            continue
        around = _around(tokens, words, position, length, listed, case)
        if len(meanings) == 1 and meanings[0].place.level == "country" and _is_in(words, position):
            span = (tokens[position].start, tokens[last].end)
            return length, Met(meanings, 0.85, "name_after_preposition", span, role="current")
        beside, taken = _department_beside(gazetteer, tokens, words, position, last, meanings)
        span = (tokens[position].start, tokens[last].end)
        found = best_meaning(gazetteer, words[position : last + 1], meanings, around, beside)
        if found is not None:
            confidence, why, kept, common = found
            confidence *= _doubt(tokens, words, position, "listed" if listed else why)
            role = _role(tokens, words, position)
            return length + taken, Met(kept, confidence, why, span, beside, common, role)
        if _left_aside(tokens, words, position):
            return length, None
    return 1, None


def _doubt(tokens: Sequence[Token], words: Sequence[str], position: int, why: str) -> float:
    """A factor below 1 where the place is no wish: a school's town, one's home, a surname."""
    before = words[max(0, position - 4) : position]
    if any(word in _ORIGIN for word in before):
        return 0.4
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


def _is_in(words: Sequence[str], position: int) -> bool:
    """ "je suis en Allemagne": where somebody is, not where they would go."""
    return words[max(0, position - 2) : position - 1] in (["suis"], ["am"], ["actuellement"], ["currently"])


def _role(tokens: Sequence[Token], words: Sequence[str], position: int) -> str:
    """What is said of the place: where somebody would work, would not, or lives."""
    if _left_aside(tokens, words, position):
        return "excluded"
    for back in range(position - 1, max(-1, position - 4), -1):
        if tokens[back + 1].gap:
            break
        if words[back] in _HOME or (words[back] == "from" and words[back - 1] != "remote"):
            return "current"
    return "wanted"


def _left_aside(tokens: Sequence[Token], words: Sequence[str], position: int) -> bool:
    """Is the place refused? ("sauf Paris", "je quitte Lille")"""
    for back in range(position - 1, max(-1, position - 4), -1):
        if tokens[back + 1].gap or words[back] in _TURNS:
            return False
        if words[back] == "demenage" and words[back + 1] in _OF:
            return True
        if words[back] in _EXCLUDED:
            return not any(word in _SOFTENED for word in words[back + 1 : position])
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
        apart=_apart(tokens, position, position + length),
    )


def _apart(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Does the name stand between marks by itself, alone or in a list? ("comptable, Tours ou Blois.")"""
    if start == 0 or tokens[start].gap == 0:
        return False
    return end >= len(tokens) or tokens[end].gap > 0 or tokens[end].text in _JOINING


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
    gazetteer: Gazetteer, tokens: Sequence[Token], words: Sequence[str], position: int, listed: bool
) -> tuple[int, Met | None]:
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
        return 1, Met([Named(department)], 0.5 if not told else 0.8, "postcode", span)
    if not told and before and before[-1] in {"le", "du"} and not (word.isdigit() and int(word) <= 31):
        return 1, Met([Named(department)], 0.7, "department_number", span)  # no day of a month
    if told or listed:
        return 1, Met([Named(department)], 0.88, "department_number", span)
    return 1, None
