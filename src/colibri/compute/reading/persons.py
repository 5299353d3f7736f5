"""Names of people inside a text, to be left out of it: one too many is a smaller harm than one too few."""

from collections.abc import Collection, Sequence

from colibri.compute.reading.gazetteer import Gazetteer
from colibri.compute.reading.phrases import word_set
from colibri.compute.reading.plausibility import LARGE
from colibri.compute.reading.tokens import Token, tokenise, without_markup

__all__ = ["PersonNames", "Span"]

Span = tuple[int, int]

_TITLES = word_set("m mr mme mlle monsieur madame mademoiselle mrs ms miss dr docteur pr professeur maitre")
# Behind these words people name somebody.
_LEADS = word_set(
    """
contactez contacter contacte appelez appeler appelle joindre joignez demandez demander remercie remercions
referent referente interlocuteur interlocutrice tuteur tutrice tuteure manager manageuse patron patronne
directeur directrice responsable recruteur recruteuse formateur formatrice collegue collegues ami amie copain
copine frere soeur mari femme epoux epouse conjoint conjointe compagnon compagne fils fille mere pere maman
papa tante oncle cousin cousine voisin voisine niece neveu marraine parrain mentor conseiller conseillere
bonjour bonsoir salut cher chere merci cordialement bises amicalement signe
call contact reach thank thanks hello hi dear brother sister husband wife friend colleague boss mother father
son daughter mum dad aunt uncle cousin neighbour neighbor mentor manager supervisor recruiter regards cheers
"""
)
_LEADS_OF_TWO = frozenset(
    tuple(one.split())
    for one in """
ecrire a|ecrivez a|ecrit a|parler a|parlez a|parle a|grace a|merci a|adressez a|adresser a|envoyer a|envoyez a
cv a|message a|vous a|part de|aupres de|attention de|candidature a|telephonez a|telephoner a|confiance a
recommande par|recommandee par|recommandes par|encadre par|encadree par|forme par|formee par|embauche par
embauchee par|suivi par|suivie par|accompagne par|accompagnee par|presente par|presentee par|dirige par
voir avec|parler avec|contact avec|entretien avec|rendez avec|rdv avec|travaille avec|binome avec
ask for|asking for|write to|speak to|speak with|talk to|talk with|email to|thanks to|recommended by
supervised by|trained by|managed by|hired by|mentored by|worked with|on behalf|signed by|led by
""".replace("\n", "|").split("|")
    if one
)
_PARTICLES = word_set("de du d la le l el al ben bel bin ibn van von der den da dos di n o mc mac")
_FUNCTIONS = word_set(
    """
a au aux avec car ce cette chez comme d
dans de depuis des du elle en est et il ils je la le les leur lui mais
me mes moi mon ma n ne nous on ou par pas peut pour que qui sa sans se ses si son sous sur toi ton tu un une
via vient vos votre vous y and are as at by can for from has have he her his i in is it my
of on or our she the their they to was we who will with you your tous toutes tout tres plus
"""
)
# Written with a capital and nobody's name.
_NOBODY = word_set(
    """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
lundi mardi mercredi jeudi
vendredi samedi dimanche january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday bonjour bonsoir merci salut hello hi thanks please rt
cdi cdd interim stage alternance rh it cv bac bts master licence cap bep dut but pole emploi france travail
mission locale internet linkedin mastodon bluesky facebook instagram twitter whatsapp telegram excel word
office google microsoft photoshop python java javascript sap salesforce windows linux adobe sage ciel urgent
disponible recherche cherche contact permis anglais francais espagnol allemand english french spanish german
"""
)
# Written small, these still announce a name; so do the words after which people tell theirs.
_PLAIN_TITLES = word_set("mr mme mlle monsieur madame mademoiselle mrs dr")
_TELLS = frozenset(
    {("m", "appelle"), ("s", "appelle"), ("me", "nomme"), ("se", "nomme")}
    | {("mon", "nom", "est"), ("my", "name", "is"), ("moi", "c", "est")}
)
# Where capitals tell nothing, a name ends before these.
_ENDS = (
    _FUNCTIONS
    | _NOBODY
    | word_set(
        """
    m j t qu ai suis svp stp souhaite souhaiterais voudrais aimerais voudrait aimerait desire propose
    vend fait habite vis travaille agee age am look looking trained taught helped told from live work
    need want
    """
    )
)
# What only people do: a sentence that begins with unknown words and goes on so names somebody.
_DOES = word_set(
    """
cherche recherche est a m nous vous va vient travaille peut pourra saura avait etait sera repondra dira qui
is was has had will can looks needs wants who trained taught helped
"""
)
_TO_ME = frozenset(
    {("m", "a"), ("m", "avait"), ("et", "moi"), ("and", "i"), ("and", "me"), ("trained", "me")}
)
_WHOSE = word_set("mon ma mes notre nos un une my our his her a")
_ONCE = word_set("ancien ancienne ex former old")
# A sentence begins with these, and with a capital, whatever it is about.
_NOT_WHO = word_set(
    """
cela ceci ca rien celui celle quelqu personne internet chacun premier premiere super grand grande bon bonne
beau belle petit petite nouveau nouvelle jeune toute vrai vraie seul seule autre chaque aucun aucune this that
nothing first great good new young
"""
)
_MOST = 5  # words of a name
_SHOUTED = 0.6


class PersonNames:
    """Finds names by the words before them, by known first names, and by capitals in mid-sentence."""

    def __init__(
        self, first_names: Collection[str], gazetteer: Gazetteer, vocabulary: Collection[str]
    ) -> None:
        self._words = vocabulary
        self._gazetteer = gazetteer
        self._first = frozenset(name for name in first_names if not self._is_town(name))

    def _is_town(self, word: str) -> bool:
        return any(one.population >= LARGE for one in self._gazetteer.tag(word))

    def spans(self, text: str, kept: Collection[Span] = ()) -> list[Span]:
        """Where a text names somebody; what is read of it (`kept`) stays, but behind a title."""
        tokens = tokenise(without_markup(text))
        written = [token for token in tokens if not token.hashtag]
        cased = sum(token.shouted for token in written) <= _SHOUTED * len(written)
        found: list[Span] = []
        position = 0
        while position < len(tokens):
            end = self._end(text, tokens, position, kept, cased)
            if end:
                found.append((tokens[position].start, tokens[end - 1].end))
            position = max(end, position + 1)
        return found

    def _end(
        self, text: str, tokens: Sequence[Token], position: int, kept: Collection[Span], cased: bool
    ) -> int:
        """The end of a name that begins here, 0 where none does."""
        token = tokens[position]
        if token.hashtag or token.text in _TITLES:
            return 0
        titled = _titled(text, tokens, position)
        led = titled or _led(text, tokens, position)
        known = token.text in self._first and not _inside(token, kept)
        if not cased or not token.capital:
            told = self._is_told(tokens, position) and not self._says_more([token], kept)
            return self._uncased_end(tokens, position) if (led and known) or told else 0
        end = _run(text, tokens, position, kept)
        if titled or (known and (led or self._stands_out(tokens, position, end))):
            return end if token.text not in _NOBODY else 0
        if token.text in _FUNCTIONS or self._says_more(tokens[position:end], kept):
            return 0
        if led:
            return end if end - position > 1 or tokens[position].gap < 2 else 0
        apart = self._apart(text, tokens, position, end)
        return end if apart or self._opens(text, tokens, position, end, kept) else 0

    def _is_told(self, tokens: Sequence[Token], position: int) -> bool:
        """Whether a word behind a title, or behind what people say before their name, can be one."""
        before = tuple(one.text for one in tokens[max(0, position - 3) : position])
        told = before in _TELLS or before[-2:] in _TELLS or not _PLAIN_TITLES.isdisjoint(before[-1:])
        return told and tokens[position].gap == 0 and tokens[position].text not in _ENDS

    def _opens(
        self, text: str, tokens: Sequence[Token], position: int, end: int, kept: Collection[Span]
    ) -> bool:
        """Whether a sentence begins with somebody: unknown words that do what people do, or are told of."""
        run, after = tokens[position:end], tokens[end : end + 3]
        if (position and run[0].gap != 2) or run[0].shouted or len(after) < 2:
            return False
        if any(self._gazetteer.is_common([one.text]) or one.text in _NOT_WHO | _LEADS for one in run):
            return False
        if after[0].gap == 1:
            of_somebody = after[0].text in _WHOSE and after[1].text in _LEADS | _ONCE
            return of_somebody or (len(run) > 1 and _inside(after[0], kept))
        goes_on = text[run[-1].end : after[0].end]
        if not goes_on[0].isspace() or goes_on.endswith("à"):
            return False
        several = len(run) > 1 and after[0].text in _DOES
        return several or (after[0].text, after[1].text) in _TO_ME

    def _stands_out(self, tokens: Sequence[Token], position: int, end: int) -> bool:
        """Whether a first name's capital tells: it is no word besides, or more of the name follows."""
        token = tokens[position]
        opening = position == 0 or token.gap == 2
        return end - position > 1 or not (opening and self._gazetteer.is_common([token.text]))

    def _says_more(self, run: Sequence[Token], kept: Collection[Span]) -> bool:
        """Whether capitals name a trade, a place or another thing one knows."""
        return any(
            one.text in self._words
            or one.text in _NOBODY
            or (one.shouted and len(one.text) <= 4 and len(run) == 1)
            or (not one.text.isalpha())
            or _inside(one, kept)
            for one in run
        )

    def _apart(self, text: str, tokens: Sequence[Token], position: int, end: int) -> bool:
        """Whether several unknown words with capitals are a name: in mid-sentence, or a line of their own."""
        run = tokens[position:end]
        if len(run) < 2 or any(one.shouted for one in run[:1]):
            return False
        before = tokens[position - 1].text if position else ""
        if run[0].gap != 2 and position:
            return before != "chez" and not any(self._is_town(one.text) for one in run)
        lines = text[: run[0].start].rpartition("\n")[2] + text[run[-1].end :].partition("\n")[0]
        return position > 0 and not lines.strip(" .,-–—")

    def _uncased_end(self, tokens: Sequence[Token], position: int) -> int:
        """The end of a name where capitals tell nothing: a first name, and a word that is none we know."""
        end = position + 1
        while end < min(len(tokens), position + 3) and tokens[end].gap == 0:
            word = tokens[end].text
            if word in _ENDS or word in self._words or not word.isalpha():
                break
            end += 1
        return end


def _inside(token: Token, kept: Collection[Span]) -> bool:
    return any(start <= token.start < end for start, end in kept)


def _leads_to_place(following: Sequence[Token], kept: Collection[Span]) -> bool:
    """Whether "de" belongs to a town ("Marie de Brest") and not to a name ("Marie de La Tour")."""
    return not following or (following[0].text not in _PARTICLES and _inside(following[0], kept))


def _between(text: str, tokens: Sequence[Token], position: int) -> str:
    return text[tokens[position - 1].end : tokens[position].start].strip(" \u00a0") if position else "\n"


def _titled(text: str, tokens: Sequence[Token], position: int) -> bool:
    if not position or tokens[position - 1].text not in _TITLES:
        return False
    between = _between(text, tokens, position)
    return between == "." or (between == "" and tokens[position - 1].text not in ("m", "pr", "maitre"))


def _led(text: str, tokens: Sequence[Token], position: int) -> bool:
    words = tuple(one.text for one in tokens[max(0, position - 2) : position])
    if not words or _between(text, tokens, position) not in (
        "",
        ":",
        ",",
        "-",
        "–",
        "\n",
        ",\n",
        "(",
        "’",
        "'",
    ):
        return False
    return words[-1] in _LEADS or words in _LEADS_OF_TWO


def _run(text: str, tokens: Sequence[Token], position: int, kept: Collection[Span]) -> int:
    """The end of the words with capitals that follow each other, particles between them included."""
    end, last = position + 1, position + 1
    while end < min(len(tokens), position + _MOST):
        token, between = tokens[end], _between(text, tokens, end)
        initial = len(tokens[end - 1].text) == 1 and between == "."
        if token.hashtag or (between not in ("", "-", "'", "’") and not initial):
            break
        if token.capital and token.text not in _FUNCTIONS - _PARTICLES:
            last = end + 1
        elif token.text not in _PARTICLES or _leads_to_place(tokens[end + 1 : end + 2], kept):
            break
        end += 1
    return last
