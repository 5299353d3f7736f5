"""Language, personal data, experience and remote work: what a text says beside its main questions."""

import re
from collections.abc import Callable, Sequence

from colibri.compute.reading.findings import Finding
from colibri.compute.reading.phrases import Phrases, phrase_table, word_set
from colibri.compute.reading.tokens import Token

__all__ = ["read_experience", "read_language", "read_personal_data", "read_remote"]

_LANGUAGE_SIGNS = 600  # characters looked at for the language
_HASHTAG = re.compile(r"#\w+")
_FRENCH = word_set(
    """
je un une le la les des et pour dans mon nous vous est pas avec sur cherche recherche du au en merci
"""
)
_ENGLISH = word_set("i the and for my we you is not with looking a in to of am are our job work please")

# Each pattern is bounded, so that a long text costs no more than its length.
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+@-])[A-Za-z0-9_][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    (
        "phone",
        re.compile(
            r"(?<![\d\w])(?:\+\d{2,3}|00\d{2,3}|0)[ .-]?(?:\(0\)[ .-]?)?[1-9](?:[ .-]?\d{2}){4}(?!\d)"
        ),
    ),
    ("phone", re.compile(r"(?<![\d\w])\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?!\d)")),
    (
        "birth_date",
        re.compile(
            r"\b(?:n[ée]e?(?:\(e\))? le|date de naissance ?:?|born on|date of birth ?:?) ?"
            r"\d{1,2}[ /.-]\w{1,9}[ /.-]\d{2,4}",
            re.IGNORECASE,
        ),
    ),
    (
        "street_address",
        re.compile(
            r"\b\d{1,4} ?(?:bis|ter)?,? (?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|quai|place) "
            r"(?:de |du |des |la |le |les |l'|d')*[\w'-]{2,40}",
            re.IGNORECASE,
        ),
    ),
)
_REMOTE: Phrases[str] = Phrases(
    phrase_table(
        """
remote: teletravail, full remote, remote, a distance, home office, work from home, working from home
remote: homeworking
"""
    )
)
_NO = word_set("pas sans no not non ni aucun hors")
_YEARS = word_set("an ans annee annees year years yrs")
_EXPERIENCE = word_set("experience experiences exp metier")


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
    language, probability = identify(plain)
    if max(french, english) >= 2 and abs(french - english) >= 2:
        likely = "fr" if french > english else "en"
        probability = max(probability, 0.9) if likely == language else 0.7
        language = likely
    elif declared and (probability < 0.6 or letters < 25):
        return Finding(declared, 0.7 if declared == language else 0.5, None, "declared")
    return Finding(language, round(min(probability, 0.99), 2), None, "statistics")


def read_personal_data(text: str) -> tuple[Finding[str], ...]:
    """What a public post had better not show: telephone numbers, e-mail and street addresses, birth dates."""
    found: list[Finding[str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = match.span()
            if all(
                other.span is None or span[0] >= other.span[1] or span[1] <= other.span[0] for other in found
            ):
                found.append(Finding(kind, 0.9, span, "pattern"))
            if len(found) >= 20:
                return tuple(found)
    return tuple(found)


def read_remote(tokens: Sequence[Token]) -> Finding[bool] | None:
    """Is remote work wanted (True), refused (False), or not spoken of (None)?"""
    words = [token.text for token in tokens]
    for position in range(len(words)):
        found = _REMOTE.at(words, position)
        if found is None:
            continue
        if words[position] == "a" and (
            position == 0 or words[position - 1] not in {"travail", "poste", "emploi"}
        ):
            continue
        span = (tokens[position].start, tokens[position + found[0] - 1].end)
        refused = any(word in _NO for word in words[max(0, position - 3) : position])
        why = "negated" if refused else "hashtag" if tokens[position].hashtag else "word"
        return Finding(not refused, 0.8, span, why)
    return None


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
