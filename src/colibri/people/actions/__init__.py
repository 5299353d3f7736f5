"""What changes people's rows."""

from colibri.people.actions.agreeing import (
    block,
    choose_language,
    consent_withdrawn,
    give_consent,
    give_role,
    silence_notice,
    unblock,
    want_notice,
    withdraw_consent,
)
from colibri.people.actions.identities import (
    OWN,
    NotYours,
    client_for,
    connect_identity,
    disconnect_identity,
    identity_connected,
    identity_refused,
    keep_identity,
    note_refusal,
    recognise,
    register_own_actor,
)
from colibri.people.actions.noticing import notify, unsubscribe_link
from colibri.people.actions.signing_in import begin_sign_in, finish_sign_in, keep_grant

__all__ = [
    "OWN",
    "NotYours",
    "begin_sign_in",
    "block",
    "choose_language",
    "client_for",
    "connect_identity",
    "consent_withdrawn",
    "disconnect_identity",
    "finish_sign_in",
    "give_consent",
    "give_role",
    "identity_connected",
    "identity_refused",
    "keep_grant",
    "keep_identity",
    "note_refusal",
    "notify",
    "recognise",
    "register_own_actor",
    "silence_notice",
    "unblock",
    "unsubscribe_link",
    "want_notice",
    "withdraw_consent",
]
