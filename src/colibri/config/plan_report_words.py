"""The words of a plan's report: it is a file of its own, read far from any catalogue, so it carries them."""

__all__ = ["LANGUAGES", "WORDS"]

LANGUAGES = ("fr", "en")

_FRENCH = {
    "title": "Le plan du jour",
    "lead": "Qui relaie qui, pour que chaque personne soit vue.",
    "promise_title": "Ce que vaut ce plan",
    "promise_best": (
        "C’est le meilleur partage possible : la preuve est faite qu’aucun autre ne ferait mieux."
    ),
    "promise": (
        "Même le meilleur partage qui puisse exister ne donnerait à chaque message, en moyenne, que "
        "{more} % de visibilité de plus au maximum."
    ),
    "promise_proof": (
        "Ce n’est pas une impression : c’est calculé. Ce plan atteint au moins {ratio} % du meilleur "
        "plan possible (moyenne géométrique de la visibilité)."
    ),
    "promise_gain": "Aujourd’hui seul, le message le moins servi gagne {least}, un ordinaire {median}.",
    "promise_empty": "Aucun message ne pouvait être relayé aujourd’hui : il n’y avait rien à partager.",
    "least": "Le message le moins vu",
    "median": "Un message ordinaire",
    "reached": "Peuvent voir chaque message, au moins",
    "compared": "sans plan : {value}",
    "people": "personnes distinctes",
    "spread_title": "La visibilité de chaque message",
    "spread_text": (
        "Les messages sont rangés du moins vu au plus vu. Plus la ligne part haut à gauche, moins on "
        "oublie de monde. Sans plan, chacun relaie ce qu’il voit d’abord, et les mêmes sont vus."
    ),
    "spread_alt": (
        "Courbes de la visibilité des messages, du moins vu au plus vu : le moins vu reçoit {least} "
        "avec le plan et {unaided} sans plan."
    ),
    "planned": "avec le plan",
    "unaided": "sans plan",
    "prior": "avant aujourd’hui",
    "axis_low": "le moins vu",
    "axis_high": "le plus vu",
    "unit": (
        "La visibilité compte les personnes qui verront sans doute un message, chacune selon l’aide "
        "qu’elle peut apporter (même métier, même région, recrute). Aucun réseau ouvert ne dit les "
        "vues : c’est une estimation."
    ),
    "budget_title": "Les relais donnés",
    "budget_text": "{given} relais prévus sur {offered} offerts par {relays} volontaires.",
    "budget_alt": "{share} % des relais offerts sont employés.",
    "idle": "{count} volontaire(s) n’ont rien à relayer aujourd’hui.",
    "boosts_title": "Relais par message",
    "boosts_text": (
        "De {low} à {high} relais par message : un message porté vers peu de monde en reçoit davantage."
    ),
    "boosts_alt": "Nombre de messages selon le nombre de relais reçus, de {low} à {high}.",
    "boosts_axis": "relais reçus",
    "table_title": "Les moins vus aujourd’hui",
    "table_appeal": "message",
    "table_visibility": "visibilité",
    "table_boosts": "relais",
    "table_reach": "personnes",
    "unserved_title": "Ce qui n’a pas pu être relayé",
    "unserved_none": "Tous les messages ont au moins un relais.",
    "unserved_more": "et {count} autres.",
    "reason_capped": "aucun relais n’était permis aujourd’hui",
    "reason_nobody": "aucun relais disponible ne peut le porter vers quelqu’un",
    "reason_room": "les autres messages avaient davantage besoin des relais offerts",
    "known_title": "Ce que l’on sait des personnes",
    "known": (
        "{members} personnes suivent ces relais ({follows} abonnements). De {unknown} % d’entre elles"
        " on ne connaît ni le métier, ni la région, ni si elles recrutent : elles comptent moins, "
        "mais elles comptent."
    ),
    "end": "Colibri · chacun porte sa goutte",
}

_ENGLISH = {
    "title": "Today’s plan",
    "lead": "Who relays whom, so that everyone is seen.",
    "promise_title": "How good this plan is",
    "promise_best": "This is the best sharing there can be: it is proven that no other would do better.",
    "promise": (
        "Even the best sharing that could exist would give each message, on average, at most {more}% "
        "more visibility."
    ),
    "promise_proof": (
        "That is calculated, not guessed: this plan reaches at least {ratio}% of the best possible "
        "plan (geometric mean of visibility)."
    ),
    "promise_gain": "Today alone, the message served least gains {least}, an ordinary one {median}.",
    "promise_empty": "No message could be relayed today: there was nothing to share.",
    "least": "The message seen least",
    "median": "An ordinary message",
    "reached": "Could see each message, at least",
    "compared": "without a plan: {value}",
    "people": "distinct people",
    "spread_title": "How visible each message is",
    "spread_text": (
        "Messages stand from the least seen to the most seen. The higher a line starts on the left, the "
        "fewer are forgotten. Without a plan everybody relays what they see first, and the same are seen."
    ),
    "spread_alt": (
        "Curves of the visibility of messages, from least to most seen: the least seen gets {least} "
        "with the plan and {unaided} without."
    ),
    "planned": "with the plan",
    "unaided": "without a plan",
    "prior": "before today",
    "axis_low": "least seen",
    "axis_high": "most seen",
    "unit": (
        "Visibility counts the people who will probably see a message, each by how much they can help"
        " (same trade, same region, recruits). No open network tells views: it is an estimate."
    ),
    "budget_title": "The boosts given",
    "budget_text": "{given} boosts planned of {offered} offered by {relays} volunteers.",
    "budget_alt": "{share}% of the boosts offered are used.",
    "idle": "{count} volunteer(s) have nothing to relay today.",
    "boosts_title": "Boosts per message",
    "boosts_text": (
        "From {low} to {high} boosts per message: one carried to fewer people gets more of them."
    ),
    "boosts_alt": "Number of messages by boosts received, from {low} to {high}.",
    "boosts_axis": "boosts received",
    "table_title": "Seen least today",
    "table_appeal": "message",
    "table_visibility": "visibility",
    "table_boosts": "boosts",
    "table_reach": "people",
    "unserved_title": "What could not be relayed",
    "unserved_none": "Every message has at least one boost.",
    "unserved_more": "and {count} more.",
    "reason_capped": "no boost was permitted today",
    "reason_nobody": "no available relay can carry it to anybody",
    "reason_room": "the other messages needed the boosts offered more",
    "known_title": "What is known of the people",
    "known": (
        "{members} people follow these relays ({follows} follows). Of {unknown}% of them neither "
        "trade, nor region, nor whether they recruit is known: they count less, but they count."
    ),
    "end": "Colibri · everyone carries their drop",
}

WORDS = {"fr": _FRENCH, "en": _ENGLISH}
