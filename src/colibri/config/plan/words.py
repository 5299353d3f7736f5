"""The sentences of a plan's report; those with numbers have a place for each."""

from django.utils.translation import gettext_lazy as _

__all__ = ["WORDS", "say"]

WORDS = {
    "title": _("Today’s plan"),
    "lead": _("Who relays whom, so that everyone is seen."),
    "promise_title": _("How good this plan is"),
    "promise_best": _("This is the best sharing there can be: it is proven that no other would do better."),
    "promise": _(
        "Even the best sharing that could exist would give each message, on average, at most "
        "{more}% more visibility."
    ),
    "promise_proof": _(
        "That is calculated, not guessed: this plan reaches at least {ratio}% of the best "
        "possible plan (geometric mean of visibility)."
    ),
    "promise_gain": _("Today alone, the message served least gains {least}, an ordinary one {median}."),
    "promise_empty": _("No message could be relayed today: there was nothing to share."),
    "least": _("The message seen least"),
    "median": _("An ordinary message"),
    "reached": _("Could see each message, at least"),
    "compared": _("without a plan: {value}"),
    "people": _("distinct people"),
    "spread_title": _("How visible each message is"),
    "spread_text": _(
        "Messages stand from the least seen to the most seen. The higher a line starts on the "
        "left, the fewer are forgotten. Without a plan everybody relays what they see first, "
        "and the same are seen."
    ),
    "spread_alt": _(
        "Curves of the visibility of messages, from least to most seen: the least seen gets "
        "{least} with the plan and {unaided} without."
    ),
    "planned": _("with the plan"),
    "unaided": _("without a plan"),
    "prior": _("before today"),
    "axis_low": _("least seen"),
    "axis_high": _("most seen"),
    "unit": _(
        "Visibility counts the people who will probably see a message, each by how much they "
        "can help (same trade, same region, recruits). No open network tells views: it is an "
        "estimate."
    ),
    "budget_title": _("The boosts given"),
    "budget_text": _("{given} boosts planned of {offered} offered by {relays} volunteers."),
    "budget_alt": _("{share}% of the boosts offered are used."),
    "idle": _("{count} volunteer(s) have nothing to relay today."),
    "boosts_title": _("Boosts per message"),
    "boosts_text": _(
        "From {low} to {high} boosts per message: one carried to fewer people gets more of them."
    ),
    "boosts_alt": _("Number of messages by boosts received, from {low} to {high}."),
    "boosts_axis": _("boosts received"),
    "fatigue_title": _("What readers are shown"),
    "fatigue_text": _(
        "{readers} people may see at least one of these messages today. Half of them are shown {median} "
        "at most, and nobody more than {most}."
    ),
    "fatigue_cap": _("At most {cap} a day were wanted for each of them."),
    "table_title": _("Seen least today"),
    "table_appeal": _("message"),
    "table_visibility": _("visibility"),
    "table_boosts": _("boosts"),
    "table_reach": _("people"),
    "unserved_title": _("What could not be relayed"),
    "unserved_none": _("Every message has at least one boost."),
    "unserved_more": _("and {count} more."),
    "reason_capped": _("no boost was permitted today"),
    "reason_nobody": _("no available relay can carry it to anybody"),
    "reason_tired": _(
        "no boost was left that could carry it without showing somebody more messages than wanted"
    ),
    "reason_room": _("the other messages needed the boosts offered more"),
    "in_turn_title": _("Beyond the first circle: an estimate"),
    "in_turn": _(
        "If people boost as they did before, {mean} of them boost each message in turn, on average, once its "
        "relays have (95%: {low} to {high}; without a plan {unaided}). This is counted on past boosts alone, "
        "by chance; the plan does not aim at it, and no visibility above includes it."
    ),
    "known_title": _("What is known of the people"),
    "known": _(
        "{members} people follow these relays ({follows} follows). Of {unknown}% of them "
        "neither trade, nor region, nor whether they recruit is known: they count less, but "
        "they count."
    ),
}


def say(name: str, **values: str) -> str:
    """One sentence, in the language that is on, with its values."""
    return str(WORDS[name]).format(**values)
