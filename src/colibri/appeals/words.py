"""How pages word what the reader understood: contracts, reasons, sureness, personal data."""

from django.utils.translation import gettext_lazy as _

from colibri.compute.reading.lines import UnreadableLine

__all__ = [
    "CONTRACT_WORDS",
    "KIND_WORDS",
    "LINE_WORDS",
    "MEANT_WORDS",
    "PERSONAL_WORDS",
    "REASON_WORDS",
    "SUSPICION_WORDS",
    "VERDICT_WORDS",
    "sureness",
    "told_of_line",
]

CONTRACT_WORDS = {
    "cdi": _("permanent contract (CDI)"),
    "cdd": _("fixed-term contract (CDD)"),
    "interim": _("temporary agency work"),
    "seasonal": _("seasonal work"),
    "internship": _("internship"),
    "apprenticeship": _("apprenticeship"),
    "freelance": _("freelance"),
    "civic_service": _("civic service"),
    "part_time": _("part time"),
    "full_time": _("full time"),
}

KIND_WORDS = {
    "search": _("somebody looking for work"),
    "offer": _("somebody offering work"),
    "cause": _("a cause"),
    "other": _("something else"),
    "abuse": _("something that harms: a scam, an insult, a lure"),
}

MEANT_WORDS = {
    "search": _("a search for work"),
    "offer": _("an offer of work"),
    "cause": _("a cause"),
    "other": _("something else"),
    "abuse": _("a scam or an insult"),
}

PERSONAL_WORDS = {
    "phone": _("a telephone number"),
    "email": _("an e-mail address"),
    "birth_date": _("a date of birth"),
    "age": _("an age"),
    "street_address": _("a postal address"),
    "social_security": _("a social security number"),
    "photo": _("a photograph of oneself"),
}

SUSPICION_WORDS = {
    "money": _("speaks of paying or transferring money"),
    "elsewhere": _("wants to continue on a private messenger"),
    "documents": _("asks for papers or bank details"),
    "flood": _("came with many others on one day"),
    "links": _("holds many or shortened links"),
}

REASON_WORDS = {
    "nothing_found": _("nothing in the message says it"),
    "hashtag": _("a hashtag says so"),
    "declared": _("you said so"),
    "phrase_search": _("the words of somebody who is looking"),
    "phrase_offer": _("the words of somebody who recruits"),
    "phrase_found": _("the message says that the search is over"),
    "phrase_relay": _("written for somebody else"),
    "phrase_thanks": _("words of thanks"),
    "phrase_news": _("news or advice"),
    "phrase_cause": _("the words of a petition, a collection, a call for help"),
    "phrase_abuse": _("the words of a scam, an insult or a lure"),
    "overall": _("all of the message together makes one think so"),
    "own_search": _("somebody looks for work for themselves"),
    "own_cause": _("it is a cause to support"),
    "not_a_search": _("it is neither a search for work nor a cause"),
    "asks_not_to": _("the message asks not to be relayed"),
    "contract_refused": _("the collective does not relay these contracts"),
    "unsure": _("it cannot be told"),
    "where_one_lives": _("where you live, as no other place is named"),
    "search_and_offer": _("it could be a search or an offer"),
    "word": _("the word stands in the message"),
    "negated": _("the message says no to it"),
    "name": _("the name stands in the message"),
    "name_after_preposition": _("the name of a place stands in the message"),
    "name_with_department": _("the name stands beside its department"),
    "homonym_settled_by_department": _("several places share this name; the department told which"),
    "homonym_settled_by_region": _("several places share this name; the region told which"),
    "homonym_settled_by_population": _("several places share this name; this one is by far the largest"),
    "homonym_unsettled": _("several places share this name"),
    "department_number": _("the number of the department"),
    "postcode": _("a postcode"),
    "nickname": _("an everyday name of this place"),
    "common_word": _("it may be a place or just a word"),
    "anywhere": _("the message says “anywhere”"),
    "trade": _("the trade is named"),
    "trade_after_phrase": _("the trade you say you are looking for"),
    "trade_ambiguous": _("several trades are called so"),
    "trade_misspelt": _("a trade, but for one letter"),
    "trade_weak": _("a word that makes one think of this trade"),
    "statistics": _("by the letters of the message"),
    "too_short": _("too few words to tell"),
    "pattern": _("it looks like one"),
}


VERDICT_WORDS = {
    "accepted": _("The charter says yes: it relays searches for %(contract)s."),
    "refused": _("The charter says no: it does not relay %(contract)s."),
    "not_a_search": _("It is no search for work: only searches are relayed."),
    "unsure": _("The charter cannot tell: no contract it knows was understood."),
}


LINE_WORDS = {
    "encoding": _("it is not UTF-8; save the file as UTF-8 and read it again"),
    "json": _("it begins as JSON and is none ({why}); write the whole item on one line"),
    "text": _("an item needs “text”, which is a string"),
    "language": _("“language” is a code such as fr or en"),
    "id": _("“id” is a string or a whole number"),
}


def told_of_line(fault: UnreadableLine) -> str:
    """Which line cannot be read, and why."""
    why = str(LINE_WORDS[fault.problem]).format(why=fault.why)
    return str(_("Line {number} cannot be read: {why}.")).format(number=fault.number, why=why)


def sureness(confidence: float) -> str:
    """How sure the reader is, in words: its confidence is a judgement and no measured probability."""
    if confidence >= 0.8:
        return str(_("sure"))
    return str(_("fairly sure")) if confidence >= 0.5 else str(_("a guess"))
