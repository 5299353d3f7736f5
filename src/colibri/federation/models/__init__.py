"""The rows of federation: places listened to, our actors, their letters, and what others sent."""

from colibri.federation.models.actors import FOLLOWING, ActorKey, Follower, Following, RemoteActor
from colibri.federation.models.incoming import Flag, Incoming
from colibri.federation.models.invitations import INVITATION, Invitation
from colibri.federation.models.outgoing import (
    ANNOUNCEMENT,
    DELIVERY,
    Activity,
    Announcement,
    Delivery,
    Server,
)
from colibri.federation.models.sources import Source

__all__ = [
    "ANNOUNCEMENT",
    "DELIVERY",
    "FOLLOWING",
    "INVITATION",
    "Activity",
    "ActorKey",
    "Announcement",
    "Delivery",
    "Flag",
    "Follower",
    "Following",
    "Incoming",
    "Invitation",
    "RemoteActor",
    "Server",
    "Source",
]
