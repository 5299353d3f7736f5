"""Which contracts a text asks for (or offers), and which it refuses."""

from collections.abc import Sequence

from colibri.compute.reading.findings import Finding
from colibri.compute.reading.phrases import Phrases, phrase_table, word_set
from colibri.compute.reading.tokens import Token

__all__ = ["read_contracts"]

_CONTRACTS: Phrases[str] = Phrases(
    phrase_table(
        """
cdi: cdi, contrat a duree indeterminee, duree indeterminee, permanent contract, permanent position
cdi: permanent role, permanent job, open ended contract, permanent, perm, cdis
cdd: cdd, contrat a duree determinee, duree determinee, fixed term, fixed term contract, temporary contract
interim: interim, interimaire, interimaires, travail temporaire, temp work, temping
seasonal: saisonnier, saisonniere, saisonniers, job d ete, emploi saisonnier, la saison, saison d ete
seasonal: saison d hiver, seasonal, seasonal work, summer job, winter season, summer season, ski season
seasonal: pour l ete, pour la saison, une saison, emplois saisonniers, travail saisonnier, cet ete
seasonal: saisonnieres
internship: stage, stages, stagiaire, stagiaires, internship, internships, intern, stage de fin d etudes
apprenticeship: alternance, alternances, alternant, alternante, alternants, apprentissage, apprenti
apprenticeship: apprentie, apprentis, contrat pro, contrat de professionnalisation, contrat d apprentissage
apprenticeship: apprenticeship
freelance: freelance, freelances, freelancing, portage, portage salarial, auto entrepreneur, auto entreprise
freelance: micro entreprise, micro entrepreneur, en independant, contractor, self employed, contract work
freelance: contract role, open to contract, en free, mission freelance
civic_service: service civique, volontariat, vsi, vie v i e
part_time: temps partiel, mi temps, part time, quelques heures par semaine, quelques heures
full_time: temps plein, temps complet, full time, plein temps
"""
    )
)

_NEGATIONS = word_set(
    """
pas sans ni hors sauf non not no nor except jamais aucun aucune refuse refus excluant
"""
)
_SOFT = word_set("seulement forcement uniquement que only necessarily just")  # "pas seulement": no negation
_RESUMES = word_set("mais but plutot rather uniquement only")
# What is over: "après mon stage", "fin de mon CDD".
_PAST = word_set(
    """
mon ma mes son sa apres suite fin fini finis terminant sortant ancien ancienne my after pendant durant
"""
)
_HAS = word_set("actuellement currently")
_NEXT = word_set("premier premiere prochain prochaine futur future first next cherche recherche")
_JOINING = word_set("ou et or and ni nor puis voire un une de d des en deux trois plusieurs")
_PAST_SURE = 0.2
_FULL_WEEK = 35
_WEEK = word_set("semaine sem hebdo week hebdomadaires")


def read_contracts(tokens: Sequence[Token]) -> tuple[tuple[Finding[str], ...], tuple[Finding[str], ...]]:
    """The contracts wanted, surest first, and those excluded; no contract stands in both."""
    words = [token.text for token in tokens]
    wanted: dict[str, Finding[str]] = {}
    excluded: dict[str, Finding[str]] = {}
    position, last_end, last_negated, last_past = 0, -1, False, False
    while position < len(words):
        found = _CONTRACTS.at(words, position)
        if found is None:
            position += 1
            continue
        length, code = found
        negated = _negated(tokens, words, position) or (
            last_negated and _continues(tokens, words, last_end, position)
        )
        span = (tokens[position].start, tokens[position + length - 1].end)
        confidence = _confidence(tokens, words, position)
        if last_past and _continues(tokens, words, last_end, position):
            confidence = _PAST_SURE
        if negated:
            excluded.setdefault(code, Finding(code, 0.85, span, "negated"))
        elif code not in wanted or wanted[code].confidence < confidence:
            why = "hashtag" if tokens[position].hashtag else "word"
            wanted[code] = Finding(code, confidence, span, why)
        position += length
        last_end, last_negated, last_past = position, negated, confidence == _PAST_SURE
    if "part_time" not in wanted:
        _add_hours(tokens, words, wanted)
    for code in excluded:
        wanted.pop(code, None)
    ranked = sorted(wanted.values(), key=lambda finding: -finding.confidence)
    return tuple(finding for finding in ranked if finding.confidence >= 0.3), tuple(excluded.values())


def _add_hours(tokens: Sequence[Token], words: Sequence[str], wanted: dict[str, Finding[str]]) -> None:
    """ "10 h/semaine" and "20h par semaine" are part time, below a full week's hours."""
    for position, word in enumerate(words):
        number = word.rstrip("h")
        if not (number.isascii() and number.isdigit() and len(number) <= 2 and 0 < int(number) < _FULL_WEEK):
            continue
        behind = words[position + 1 : position + 4]
        if ("h" in word or behind[:1] in (["h"], ["heures"])) and any(one in _WEEK for one in behind):
            span = (tokens[position].start, tokens[position].end)
            wanted["part_time"] = Finding("part_time", 0.8, span, "word")
            return


def _negated(tokens: Sequence[Token], words: Sequence[str], position: int) -> bool:
    """Stands a negation in the few words before, in the same clause?"""
    for back in range(position, max(-1, position - 6), -1):
        word = words[back]
        if back != position:
            if word in _RESUMES:
                return False
            if word == "plus" and position - back == 2 and words[back + 1] in {"de", "d"}:
                return True  # "plus d'intérim"
            if word == "plus" and any(sign in {"ne", "n"} for sign in words[max(0, back - 3) : back]):
                return True
            if word in _NEGATIONS:
                return not any(soft in _SOFT for soft in words[back + 1 : position])
        if tokens[back].gap:
            return False
    return False


def _continues(tokens: Sequence[Token], words: Sequence[str], start: int, position: int) -> bool:
    """Do only joining words stand between one contract and the next? ("pas de stage ou d'alternance")"""
    between = words[start:position]
    joined = any(word in {"ou", "ni", "or", "nor", "et", "and"} for word in between)
    return joined and all(word in _JOINING for word in between) and tokens[start].gap == 0


def _confidence(tokens: Sequence[Token], words: Sequence[str], position: int) -> float:
    if tokens[position].hashtag:
        return 0.8
    start = position
    while start > 0 and position - start < 4 and tokens[start].gap == 0:
        start -= 1
    before = words[start:position]
    if any(word in _NEXT for word in before):
        return 0.9
    if any(word in _PAST or word in _HAS for word in before):
        return _PAST_SURE
    if "suis" in before or before[-2:] == ["me", "propose"] or "propose" in before:
        return _PAST_SURE
    return 0.9
