"""How the coach's remarks are worded: what was seen, and why it matters."""

from django.utils.translation import gettext_lazy as _

__all__ = ["REMARK_WORDS", "STARTS"]

REMARK_WORDS = {
    "unfilled": (_("A blank is not filled in yet."), _("Write your own words instead of the line.")),
    "personal_data": (
        _("Personal data in a public message."),
        _("It stays readable for ever, and fraudsters collect it. Readers can answer without."),
    ),
    "no_trade": (
        _("Which work do you look for?"),
        _("We did not find a trade. Recruiters search by its name, and volunteers are chosen by it."),
    ),
    "no_place": (
        _("Where do you look for it?"),
        _("A town, a department or a region lets your message reach people who live there."),
    ),
    "no_contract": (
        _("Which contract?"),
        _("Recruiters look for it first, and by it the collective knows whether it relays your search."),
    ),
    "too_long": (
        _("Too long for %(about)s: the end is cut there."),
        _("Say the most important things first, and shorten what can wait for a conversation."),
    ),
    "no_contact": (
        _("How can somebody reach you?"),
        _(
            "Add the link of a profile or a portfolio, or say that you read private messages. On the next "
            "page you may also let readers write to you through a form, without showing your address."
        ),
    ),
    "no_seekers_tag": (
        _("Add %(about)s."),
        _("By this hashtag people who want to help find the messages of the collective."),
    ),
    "date_over": (_("This day is over."), _("Readers may think that your search is over too.")),
    "apology": (
        _("You need not apologise."),
        _("You offer your work and ask for no favour. Say what you can do, and leave the rest."),
    ),
    "capitals": (
        _("Words in capitals."),
        _("They look like shouting, are slower to read, and some screen readers spell them out."),
    ),
    "long_sentence": (
        _("A long sentence."),
        _("On a phone, one idea a sentence is read to its end. Could it be two?"),
    ),
    "hashtag_case": (
        _("One capital for each word of a hashtag: %(about)s."),
        _("Screen readers then read words instead of one long noise, and so does everybody."),
    ),
    "many_hashtags": (
        _("More than five hashtags."),
        _("Three that fit, trade, place and the collective's, are seen more than many that do not."),
    ),
    "tracker": (
        _("This link tells others who followed it."),
        _("It leads to the same page without its last part."),
    ),
    "hidden_link": (
        _("A shortened link (%(about)s)."),
        _("Nobody sees where it leads, so many do not open it. Networks shorten long links by themselves."),
    ),
    "jargon": (
        _("Words that everybody writes."),
        _("A fact says more: what did you do, for whom, how many, how long?"),
    ),
    "date_passes": (
        _("This will not be true for long."),
        _("Your message is shown for 30 days. A date in full, or “now”, stays right."),
    ),
    "too_short": (
        _("A few words more."),
        _("One thing you are good at, and one you are proud of, make somebody stop."),
    ),
    "no_alt_text": (
        _("Images without a description: %(about)s."),
        _("Who cannot see them, or has a weak network, learns nothing from them."),
    ),
}

STARTS = {
    "skilled": (
        _("I have a trade"),
        _(
            "___ for ___ years, I look for a permanent contract (CDI) in ___.\n"
            "I am good at ___ and I am proud of ___.\nWrite to me here or in private."
        ),
    ),
    "change": (
        _("I change trades"),
        _(
            "I was ___; I now look for a job as ___ in ___, fixed-term or permanent (CDD or CDI).\n"
            "What I bring from before: ___.\nI learnt ___ with ___.\nWrite to me here or in private."
        ),
    ),
    "first": (
        _("My first job"),
        _(
            "I have just finished ___ and look for my first job as ___ in ___ (CDD or CDI).\n"
            "During my studies I ___.\nPeople say that I ___.\nWrite to me here or in private."
        ),
    ),
    "return": (
        _("I come back after a break"),
        _(
            "___ by trade, I come back to work after ___ and look for a job in ___ (CDD or CDI).\n"
            "Before, I ___ for ___ years.\nI am free from ___.\nWrite to me here or in private."
        ),
    ),
}
"""Templates to begin with, by the name in the address; each blank is filled in by its author."""
