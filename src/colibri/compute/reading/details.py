"""Language, experience, mobility and remote work: what a text says beside its main questions."""

import re
from collections.abc import Callable, Sequence

from colibri.compute.reading.findings import Finding
from colibri.compute.reading.phrases import Phrases, phrase_table, word_set
from colibri.compute.reading.tokens import Token

__all__ = ["read_experience", "read_language", "read_mobility", "read_remote", "read_seniority"]

_LANGUAGE_SIGNS = 600  # characters looked at for the language
_PLAIN = 3  # so many common words more than of the other language are enough
_HASHTAG = re.compile(r"#\w+")
_FRENCH = word_set(
    """
je un une le la les des et pour dans mon nous vous est pas avec sur cherche recherche du au en merci
"""
)
_ENGLISH = word_set("i the and for my we you is not with looking a in to of am are our job work please")

_REMOTE: Phrases[str] = Phrases(
    phrase_table(
        """
remote: teletravail, full remote, remote, a distance, home office, work from home, working from home
remote: homeworking
"""
    )
)
_MOBILITY: Phrases[str] = Phrases(
    phrase_table(
        """
world: a l international, a l etranger, willing to relocate anywhere, dans le monde entier, worldwide
country: france entiere, toute la france, toute france, partout en france, mobilite nationale
country: mobile en france, mobilite france, all over france, anywhere in france, n importe ou en france
country: mobile nationalement, n importe ou
region: mobile sur, mobile dans, mobilite dans, mobilite sur, mobilite regionale, mobile en, peux bouger
region: peux me deplacer, willing to commute, grande mobilite, mobilite departementale
"""
    )
)
_SENIORITY: Phrases[str] = Phrases(
    phrase_table(
        """
first_job: premier emploi, premier poste, premier job, first job, premiere experience, premier cdi
first_job: job etudiant, jeune diplome, jeune diplomee, recent graduate, new graduate, fraichement diplome
first_job: fraichement diplomee
junior: junior, debutant, debutante, entry level
senior: senior, confirme, confirmee, expert, experte, experienced, chevronne, chevronnee
"""
    )
)
_NO = word_set("pas sans no not non ni aucun hors")
# "Remote not wanted", « télétravail exclu ».
_NOT_SO = (
    ["exclu"], ["impossible"], ["refuse"], ["non"], ["not", "wanted"], ["not", "possible"], ["not", "for"],
    ["pas", "souhaite"], ["pas", "possible"],
)  # fmt: skip
_DISTANT = word_set("travail poste emploi ou")
_YEARS = word_set("an ans annee annees year years yrs")
_EXPERIENCE = word_set("experience experiences exp xp metier agence boite cabinet")


def read_language(text: str, identify: Callable[[str], tuple[str, float]], hint: str) -> Finding[str]:
    """The language as ISO 639-1, "und" where nothing tells; hashtags do not count, `hint` is declared."""
    declared = hint.strip().lower()[:2] if hint.strip()[:2].isalpha() else ""
    plain = " ".join(_HASHTAG.sub(" ", text[:_LANGUAGE_SIGNS]).split())
    letters = sum(sign.isalpha() for sign in plain)
    if letters < 12:
        return Finding(
            declared or "und", 0.5 if declared else 0.1, None, "declared" if declared else "too_short"
        )
    words = plain.lower().split()
    french, english = sum(word in _FRENCH for word in words), sum(word in _ENGLISH for word in words)
    if max(french, english) >= _PLAIN and abs(french - english) >= _PLAIN:
        return Finding("fr" if french > english else "en", 0.95, None, "statistics")  # no need to ask more
    language, probability = identify(plain)
    if max(french, english) >= 2 and abs(french - english) >= 2:
        likely = "fr" if french > english else "en"
        probability = max(probability, 0.9) if likely == language else 0.7
        language = likely
    elif declared and (probability < 0.6 or letters < 25):
        return Finding(declared, 0.7 if declared == language else 0.5, None, "declared")
    return Finding(language, round(min(probability, 0.99), 2), None, "statistics")


def read_remote(tokens: Sequence[Token]) -> Finding[bool] | None:
    """Is remote work wanted (True), refused (False), or not spoken of (None)?"""
    words = [token.text for token in tokens]
    for position in range(len(words)):
        found = _REMOTE.at(words, position)
        if found is None:
            continue
        behind = position + found[0]
        ends = behind >= len(tokens) or tokens[behind].gap > 0
        alone = ends and (position == 0 or tokens[position].gap > 0)
        if words[position] == "a" and not (alone or words[position - 1] in _DISTANT):
            continue
        span = (tokens[position].start, tokens[position + found[0] - 1].end)
        refused = any(word in _NO for word in words[max(0, position - 3) : position])
        refused = refused or words[behind : behind + 1] in _NOT_SO or words[behind : behind + 2] in _NOT_SO
        why = "negated" if refused else "hashtag" if tokens[position].hashtag else "word"
        return Finding(not refused, 0.8, span, why)
    return None


def read_mobility(tokens: Sequence[Token]) -> Finding[str] | None:
    """How far somebody would go, of `MOBILITY`; the farthest that is said."""
    return _first(_MOBILITY, tokens, ("world", "country", "region"))


def read_seniority(tokens: Sequence[Token]) -> Finding[str] | None:
    """How far somebody is in their trade, of `SENIORITY`."""
    return _first(_SENIORITY, tokens, ("first_job", "junior", "senior"))


def _first(phrases: Phrases[str], tokens: Sequence[Token], order: Sequence[str]) -> Finding[str] | None:
    words = [token.text for token in tokens]
    met: dict[str, Finding[str]] = {}
    for position in range(len(words)):
        found = phrases.at(words, position)
        if found is not None and not any(token.gap for token in tokens[position + 1 : position + found[0]]):
            span = (tokens[position].start, tokens[position + found[0] - 1].end)
            met.setdefault(found[1], Finding(found[1], 0.8, span, "word"))
    return next((met[name] for name in order if name in met), None)


def read_experience(tokens: Sequence[Token]) -> Finding[int] | None:
    """Years of experience, where a number of years stands near the word."""
    words = [token.text for token in tokens]
    for position in range(len(words) - 1):
        if not (words[position].isdigit() and len(words[position]) <= 2 and words[position + 1] in _YEARS):
            continue
        near = words[max(0, position - 4) : position] + words[position + 2 : position + 5]
        if any(word in _EXPERIENCE for word in near):
            span = (tokens[position].start, tokens[position + 1].end)
            return Finding(int(words[position]), 0.85, span, "word")
    return None
