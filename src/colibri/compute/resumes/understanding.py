"""A CV's lines as sections with their periods, contact, links and languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from colibri.compute.reading.personal import read_personal_data
from colibri.compute.reading.phrases import phrase_table
from colibri.compute.reading.tokens import words_of
from colibri.compute.resumes.periods import Period, period_in

__all__ = ["SECTIONS", "Resume", "Section", "understand"]

SECTIONS = ("head", "summary", "experience", "education", "skills", "languages", "interests", "other")
_HEADINGS = dict(
    phrase_table(
        """
summary: profil, a propos, a propos de moi, resume, presentation, objectif, accroche, summary
summary: profile, about
summary: about me, objective, projet professionnel
experience: experience, experiences, experience professionnelle, experiences professionnelles, parcours
experience: parcours professionnel, work experience, professional experience, employment, work history
experience: emplois, stages et emplois, emplois et stages, carriere
education: formation, formations, diplome, diplomes, formation et diplomes, etudes, scolarite, education
education: parcours scolaire, diplomes et formations, training, qualifications, certifications, certification
skills: competence, competences, competences cles, savoir faire, savoir etre, skills, key skills, outils
skills: informatique, competences techniques, competences professionnelles, logiciels, atouts, qualites
languages: langue, langues, langues etrangeres, languages, langues parlees
interests: centre d interet, centres d interet, loisirs, interets, interests, hobbies
interests: benevolat, divers
other: references, publications, projets, projects, contact, coordonnees, permis, driving licence
other: volunteering
"""
    )
)
_LANGUAGES = {
    words[0]: name
    for words, name in phrase_table(
        """
fr: francais, french
en: anglais, english
es: espagnol, spanish
de: allemand, german
it: italien, italian
pt: portugais, portuguese
ar: arabe, arabic
zh: chinois, mandarin, chinese
ru: russe, russian
tr: turc, turkish
uk: ukrainien, ukrainian
pl: polonais, polish
ro: roumain, romanian
nl: neerlandais, dutch
ja: japonais, japanese
br: breton
oc: occitan
"""
    )
}
_LEVEL = re.compile(
    r"\b(?:[ABC][12]\+?|langue maternelle|maternelle?|bilingue|courante?|professionnel(?:le)?|"
    r"interm[ée]diaire|scolaire|notions|d[ée]butante?|lu,? [ée]crit,? parl[ée]|native|fluent|bilingual|"
    r"intermediate|basic|beginner)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"|]{3,300}|\b(?:linkedin\.com|github\.com)/[^\s<>\"|]{1,200}"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a CV: its kind of `SECTIONS`, its heading as written, the numbers of its lines."""

    kind: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Resume:
    """What a CV says. `languages` hold a code and the level as written; periods are of work and study."""

    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    periods: tuple[Period, ...]
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    personal: tuple[
        str, ...
    ] = ()  # kinds of what a CV need not hold: address, birth date, social security number

    def of(self, kind: str) -> tuple[Section, ...]:
        """The sections of a kind, in their order."""
        return tuple(section for section in self.sections if section.kind == kind)

    def text_of(self, section: Section) -> tuple[str, ...]:
        """The lines of a section without its heading."""
        return self.lines[section.start : section.end]


def understand(lines: Sequence[str], links: Sequence[str] = ()) -> Resume:
    """A CV's lines in reading order, and the links behind them. Never raises on any text."""
    kept = tuple(lines)
    sections = _sections(kept)
    dated = [one for one in sections if one.kind in ("experience", "education")]
    periods = [
        period
        for section in dated
        for number in range(section.start, section.end)
        if (period := period_in(kept[number], number)) is not None
    ]
    text = "\n".join(kept)
    data = read_personal_data(text)
    named = {
        kind: [text[one.span[0] : one.span[1]] for one in data if one.value == kind and one.span]
        for kind in ("email", "phone")
    }
    return Resume(
        lines=kept,
        sections=sections,
        periods=tuple(periods),
        emails=tuple(dict.fromkeys(named["email"])),
        phones=tuple(dict.fromkeys(named["phone"])),
        links=tuple(dict.fromkeys([*links, *(match[0].rstrip(".,;)") for match in _LINK.finditer(text))])),
        languages=_languages(kept, sections),
        personal=tuple(sorted({one.value for one in data} - {"email", "phone", "age", "photo"})),
    )


def _sections(lines: Sequence[str]) -> tuple[Section, ...]:
    starts = [(0, "head", "")]
    for number, line in enumerate(lines):
        words = words_of(line)
        if 0 < len(words) <= 5 and (kind := _HEADINGS.get(words)) is not None:
            starts.append((number, kind, line))
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    return tuple(
        Section(kind, title, start + 1 if title else start, end)
        for (start, kind, title), end in zip(starts, ends, strict=True)
        if title or end > start
    )


def _languages(lines: Sequence[str], sections: Sequence[Section]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for section in sections:
        if section.kind != "languages":
            continue
        for line in lines[section.start : section.end]:
            for piece in re.split(r"[,;•|/]", line):
                code = next((_LANGUAGES[word] for word in words_of(piece) if word in _LANGUAGES), "")
                level = _LEVEL.search(piece)
                if code:
                    found.setdefault(code, level[0] if level else "")
    return tuple(found.items())
