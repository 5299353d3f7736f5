"""Other words in place of a message: the collective posts them, and relays carry them while they stand."""

from datetime import datetime

from django.db import transaction

from colibri.appeals.actions.publishing import plan_publication, standing_text, take_down
from colibri.appeals.models import PUBLICATION, Appeal
from colibri.appeals.queries import RELAYABLE, publishing_identities
from colibri.common.states import WrongMove
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import give_consent

__all__ = ["Nowhere", "end_stand_in", "stand_in"]


class Nowhere(Exception):
    """The collective has no account that could post them now, or what stood there is still being deleted."""


@transaction.atomic
def stand_in(appeal: Appeal, text: str, link: str, *, language: str, by: str, now: datetime) -> None:
    """Have the collective's accounts post these words in the author's name, and relays carry them instead.

    Wherever they stand the message is relayed no more, so that nobody is seen more; its own posts stay. The
    author's yes is written down. Raises `WrongMove` where nothing of it is relayed, `Nowhere`.
    """
    if appeal.state not in RELAYABLE:
        raise WrongMove(appeal, "active")
    identities = list(publishing_identities(appeal, instead=True))
    if not identities:
        raise Nowhere
    collective = appeal.collective
    give_consent(
        collective, "publish_for_me", account=appeal.account, identity=appeal.identity, by=by, now=now
    )
    for former in appeal.publications.filter(instead=True, state="deleted"):
        PUBLICATION.move(former, "gone")  # kept for the boosts of it that are still undone
    for identity in identities:
        words = standing_text(text, link, language, collective, CAPABILITIES[identity.network])
        plan_publication(appeal, identity, instead=words, now=now)


@transaction.atomic
def end_stand_in(appeal: Appeal, *, now: datetime) -> None:
    """The message is relayed again: the posts that stood in for it are deleted, their boosts taken back."""
    take_down(appeal.publications.filter(instead=True), now=now)
