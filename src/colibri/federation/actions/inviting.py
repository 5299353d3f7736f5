"""Inviting, once and alone, whoever wears a collective's hashtag in their biography."""

from collections.abc import Iterable
from datetime import datetime

from colibri.common.work import ring
from colibri.federation.models import INVITATION, Invitation
from colibri.federation.queries import invited_already
from colibri.federation.words import invitation_text
from colibri.networks.errors import NetworkError, Refused
from colibri.networks.hashtags import fold
from colibri.networks.items import Actor
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import client_for, recognise
from colibri.people.models import Collective, Identity
from colibri.people.queries import collective_identity

__all__ = ["end_invitation", "give_up_invitation", "invite_wearers", "send_invitation"]


def invite_wearers(
    collective: Collective, seen_by: Identity, wearers: Iterable[tuple[Actor, set[str]]], *, now: datetime
) -> int:
    """Invite those among a follower list who wear one of the collective's hashtags (folded), and are not
    of it already; returns how many.
    """
    kinds = {fold(collective.supporters_hashtag): "relay", fold(collective.seekers_hashtag): "seeker"}
    invited = 0
    for actor, worn in wearers:
        for tag, kind in kinds.items():
            if tag in worn:
                invited += _invite(collective, seen_by, actor, kind, now=now)
    return invited


def _invite(collective: Collective, seen_by: Identity, actor: Actor, kind: str, *, now: datetime) -> bool:
    identity = recognise(seen_by.network, seen_by.server, actor)
    if invited_already(collective, identity, kind):
        return False
    own = collective_identity(collective, identity.network)
    alone = own is not None and CAPABILITIES[identity.network].private_replies
    invitation, made = Invitation.objects.get_or_create(
        collective=collective,
        identity=identity,
        kind=kind,
        defaults={
            "state": "planned" if alone else "by_hand",
            "key": client_for(own).new_key() if own is not None and alone else "",
            "due_at": now if alone else None,
            "seen_at": now,
        },
    )
    if made and alone:
        ring(invitation)
    return made


def send_invitation(invitation: Invitation) -> None:
    """Write it, unless they came meanwhile. Raises `NetworkError`; a second try is the same word."""
    if invitation.state != "planned":
        return
    collective, identity = invitation.collective, invitation.identity
    if invited_already(collective, identity, invitation.kind, but=invitation.pk):
        INVITATION.move(invitation, "dropped")
        return
    own = collective_identity(collective, identity.network)
    if own is None:
        raise Refused("the collective has no connected account there")
    actor = Actor(identity.actor_id, identity.handle, identity.name)
    client_for(own).tell(actor, invitation_text(invitation), key=invitation.key)
    INVITATION.move(invitation, "sent")


def give_up_invitation(invitation: Invitation, error: NetworkError) -> None:
    """An animator may invite them by hand."""
    INVITATION.move(invitation, "by_hand")


def end_invitation(invitation: Invitation, *, sent: bool) -> None:
    """An animator invited them, or leaves it. Raises `WrongMove`."""
    INVITATION.move(invitation, "sent" if sent else "dropped")
