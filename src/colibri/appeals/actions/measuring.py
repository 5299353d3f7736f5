"""What its author says of a reading, kept beside it while they agree: the reader is measured by it."""

from datetime import datetime

from colibri.appeals.models import Appeal, Correction
from colibri.appeals.queries import names_of, place_named
from colibri.audiences.queries import reader
from colibri.compute.reading import Reading, claims
from colibri.people.actions import give_consent, withdraw_consent
from colibri.people.models import Consent

__all__ = ["set_measuring"]


def set_measuring(appeal: Appeal, allowed: bool, *, by: str, now: datetime) -> None:
    """Keep the reading and its correction; or no more, and what was kept of this person is erased."""
    collective, account, identity = appeal.collective, appeal.account, appeal.identity
    if not allowed:
        withdraw_consent(collective, "measure_reading", account=account, identity=identity, by=by, now=now)
        return
    consent = give_consent(collective, "measure_reading", account=account, identity=identity, by=by, now=now)
    message, understood = appeal.messages.order_by("-version").first(), appeal.understood
    if message is not None and understood is not None:
        _keep(appeal, consent, message.text, understood, now=now)


def _keep(appeal: Appeal, consent: Consent, text: str, understood: Reading, *, now: datetime) -> None:
    read = {field: sorted(said) for field, said in claims(understood).items() if field != "personal"}
    kept = {
        "consent": consent,
        "text": reader().masked(text, names_of(appeal.account)),
        "read": read,
        "right": _right(appeal, understood, read["places"]),
        "kept_at": now,
    }
    Correction.objects.update_or_create(appeal=appeal, defaults=kept)


def _right(appeal: Appeal, understood: Reading, places: list[object]) -> dict[str, object]:
    """The right answers its author gave. What was left empty where nothing was read says nothing."""
    right: dict[str, object] = {"kind": appeal.meant or "search", "wanted": sorted(appeal.contracts)}
    if appeal.occupation or understood.occupations:
        right["occupations"] = [appeal.occupation] if appeal.occupation else []
    if appeal.place and understood.places and appeal.place == understood.places[0].value.name:
        right["places"] = places
    elif appeal.place or places:
        found = place_named(appeal.place) if appeal.place else None
        right["places"] = [f"{found.level}:{found.code}"] if found else []
    return right
