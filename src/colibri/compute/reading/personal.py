"""What a public post had better not show, with its characters: for the coach to warn of, never to keep."""

import re

from colibri.compute.reading.findings import Finding

__all__ = ["read_personal_data"]

_MOST = 20
_GAP = "[ .\u00a0\u202f/-]"
# Each pattern is bounded, so that a long text costs no more than its length. Earlier ones take their
# characters first: a social security number is no telephone number.
_PATTERNS = (
    (
        "email",
        re.compile(
            r"(?<![\w.+@-])[A-Za-z0-9_][\w.+-]{0,63}"
            r"(?:@| ?[\[(]\s?(?:at|arobase)\s?[\])] ?| arobase )"
            r"[\w-]{1,63}(?:(?:\.| ?[\[(](?:dot|point)[\])] ?)[\w-]{1,63}){1,4}",
            re.IGNORECASE,
        ),
    ),
    (
        "social_security",
        re.compile(
            rf"(?<!\d)[12]{_GAP}?\d{{2}}{_GAP}?(?:0[1-9]|1[0-2]|20|3\d|4[0-2]|[5-9]\d){_GAP}?(?:\d{{2}}|2[AB])"
            rf"{_GAP}?\d{{3}}{_GAP}?\d{{3}}(?:{_GAP}?\d{{2}})?(?!\d)"
        ),
    ),
    (
        "phone",
        re.compile(
            rf"(?<![\d\w])(?:\+\d{{2,3}}|00\d{{2,3}}|0){_GAP}?(?:\(0\){_GAP}?)?[1-9](?:{_GAP}?\d{{2}}){{4}}(?!\d)"
        ),
    ),
    ("phone", re.compile(rf"(?<![\d\w])\+\d{{1,3}}(?:{_GAP}?\(0\))?(?:{_GAP}?\d{{2,6}}){{2,5}}(?!\d)")),
    (
        "birth_date",
        re.compile(
            r"\b(?:n[ée]e?(?:\(e\)|[.·]e)? (?:le|en)|date de naissance ?:?|born (?:on|in)|date of birth ?:?)"
            r" ?"
            r"(?:\d{1,2}(?:er)?[ /.-]\w{1,9}[ /.-]\d{2,4}|(?:[a-zéû]{3,9} )?(?:19|20)\d{2}\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "street_address",
        re.compile(
            r"\b\d{1,4} ?(?:bis|ter|[A-D])?,? (?:rue|avenue|av\.|boulevard|bd|impasse|allée|allee|chemin|quai"
            r"|place|route|cours|square|faubourg|passage|résidence|lotissement) "
            r"(?:de |du |des |la |le |les |l['’]|d['’])*[\w'’-]{2,40}",
            re.IGNORECASE,
        ),
    ),
    ("street_address", re.compile(r"\b\d{1,4} [A-Z][a-z]{2,20} (?:Street|Road|Avenue|Lane)\b")),
    (
        "age",
        re.compile(
            r"(?<![\d/.,-])(?<!depuis )(?<!pendant )(?<!après )(?<!apres )(?<!durant )(?<!y a )(?<!fait )"
            r"(?<!plus de )(?<!moins de )(?<!que )(?<!en )(?<!sur )(?<!emploi à )(?<!tous les )"
            r"(?:1[4-9]|[2-6]\d|7[0-5])[ \u00a0]?ans\b"
            r"(?! ?(?:d['’ ]|de |dans |comme |en |chez |à |au |plus tard|que |après))"
            r"|\b[âa]g[ée]e? de \d{2} ans\b|\b\d{2}[ -]years?[ -]old\b|\bi['’]m \d{2}\b(?! years of)",
            re.IGNORECASE,
        ),
    ),
    (
        "photo",
        re.compile(
            r"\b(?:ma photo|photo de moi|mon selfie|cv avec photo|photo (?:ci-)?jointe|my photo"
            r"|photo of me)\b",
            re.IGNORECASE,
        ),
    ),
)


def read_personal_data(text: str) -> tuple[Finding[str], ...]:
    """What a public post had better not show, of `PERSONAL_DATA`, at most twenty."""
    found: list[Finding[str]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = match.span()
            if all(
                other.span is None or span[0] >= other.span[1] or span[1] <= other.span[0] for other in found
            ):
                found.append(Finding(kind, 0.9, span, "pattern"))
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)
