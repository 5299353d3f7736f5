"""How a message sounds: capitals, long sentences, jargon, and words by which people make themselves small."""

import re
from collections.abc import Iterator, Sequence

from colibri.compute.coaching.remarks import Change, Edit, Remark, cut
from colibri.compute.reading import Reading
from colibri.compute.reading.phrases import Phrases
from colibri.compute.reading.tokens import Token

__all__ = ["SENTENCE_MOST", "about_wording"]

SENTENCE_MOST = 30
"""Words of a sentence that most people still read at one go."""
_SHOUTED_LEAST = 12  # letters in capitals, beside acronyms
_ACRONYM_MOST = 4
_SENTENCE = re.compile(r"[^.!?…\n]+")
_WORD = re.compile(r"(?<![#\w])[^\W_]+")

# Each with plainer words, or without where it had better go.
_JARGON = """
asap=dès que possible; challenge=défi; challenges=défis; nouveau challenge=nouveau poste
nouveaux challenges=un nouveau poste; a l ecoute du marche=en recherche
a l ecoute de nouvelles opportunites=en recherche d’un poste
a l ecoute d opportunites=en recherche d’un poste; force de proposition=; oriente resultats=
orientee resultats=; synergie=; synergies=; mindset=état d’esprit; soft skills=qualités
hard skills=compétences; team player=; self starter=; results driven=; dynamique et motive=
dynamique et motivee=; motive et dynamique=; motivee et dynamique=; proactif=; proactive=; win win=
corporate=; think outside the box=; go getter=; thought leader=; passionate about excellence=
multi casquettes=; multi casquette=; couteau suisse=; slasheur=; slasheuse=; scale up=; onboarder=
upskiller=; networker=
"""
# Those marked with + can be taken out and leave a sentence.
_APOLOGIES = """
+desole de vous deranger; +desolee de vous deranger; +desole de deranger; +desolee de deranger
+pardon de vous deranger; +je m excuse de vous deranger; +excusez moi de vous deranger; +sorry to bother you
+sorry to bother; +sorry for bothering you; +malheureusement; +helas; +unfortunately
+je me permets de vous ecrire
+je sais que vous etes tres sollicites; +a tout hasard; +on ne sait jamais; +sait on jamais; je n ai que
je n ai pas beaucoup d experience; je ne suis qu; je ne suis que; meme si je n ai pas; j accepte tout
j accepte n importe quoi; n importe quel poste; n importe quel travail; pret a tout; prete a tout; desespere
desesperee; en desespoir de cause; i only have; i m just a; i am just a; any job will do; i ll take anything
desperate; i don t have much experience; je supplie; par pitie
"""


def _table(lines: str, mark: str = "") -> Phrases[str]:
    entries = []
    for entry in lines.replace("\n", ";").split(";"):
        words, _, plainer = entry.strip().partition("=")
        if words:
            entries.append((tuple(words.lstrip("+").split()), mark if words[0] == "+" else plainer))
    return Phrases(entries)


_JARGON_WORDS = _table(_JARGON)
_APOLOGY_WORDS = _table(_APOLOGIES, "out")


def about_wording(text: str, tokens: Sequence[Token], reading: Reading) -> Iterator[Remark]:
    """What there is to say of the words of a text; `tokens` are its words without links and mentions."""
    words = [token.text for token in tokens]
    for start, end, out in _met(_APOLOGY_WORDS, tokens, words):
        yield Remark("apology", ((start, end),), "", (Change((cut(text, start, end),)),) if out else ())
    yield from _capitals(text, tokens, reading)
    for match in _SENTENCE.finditer(text):
        if len(_WORD.findall(match[0])) > SENTENCE_MOST:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Remark("long_sentence", ((start, match.end()),))
    for start, end, plainer in _met(_JARGON_WORDS, tokens, words):
        change = (Change((Edit(start, end, plainer),), plainer),) if plainer else ()
        yield Remark("jargon", ((start, end),), plainer, change)


def _met(
    table: Phrases[str], tokens: Sequence[Token], words: Sequence[str]
) -> Iterator[tuple[int, int, str]]:
    position = 0
    while position < len(words):
        found = table.at(words, position)
        if found is None or tokens[position].hashtag:
            position += 1
            continue
        length, meaning = found
        yield tokens[position].start, tokens[position + length - 1].end, meaning
        position += length


def _capitals(text: str, tokens: Sequence[Token], reading: Reading) -> Iterator[Remark]:
    """Words in capitals, where they are more than an acronym or two."""
    shouted = [token for token in tokens if text[token.start : token.end].isupper() and not token.hashtag]
    long = [token for token in shouted if len(token.text) > _ACRONYM_MOST]
    if sum(len(token.text) for token in long) < _SHOUTED_LEAST:
        return
    # In the middle of capitals short words are shouted too ("JE CHERCHE UN POSTE"), contracts stay (CDI).
    kept = [one.span for one in (*reading.contracts_wanted, *reading.contracts_excluded) if one.span]
    named = [one.span for one in reading.places if one.span]
    loud = [
        token
        for token in shouted
        if not _within(token, kept) and (len(token.text) > _ACRONYM_MOST or _beside(token, long))
    ]
    edits = []
    for token in loud:
        word = text[token.start : token.end].lower()
        opens = text[: token.start].rstrip()[-1:] in {"", ".", "!", "?", "…"}
        if opens or _within(token, named):
            word = word[0].upper() + word[1:]
        edits.append(Edit(token.start, token.end, word))
    spans = _joined([(token.start, token.end) for token in loud])
    says = edits[0].text if len(edits) == 1 else f"{edits[0].text} … {edits[-1].text}"
    yield Remark("capitals", spans, "", (Change(tuple(edits), says),))


def _within(token: Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)


def _beside(token: Token, others: Sequence[Token]) -> bool:
    return any(abs(token.start - other.end) <= 12 or abs(other.start - token.end) <= 12 for other in others)


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans a few characters apart as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= 2:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
