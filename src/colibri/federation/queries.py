"""Federation as pages, other servers and operators ask for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import open_appeal_of
from colibri.federation.addresses import shared_inbox
from colibri.federation.models import (
    Activity,
    ActorKey,
    Delivery,
    Flag,
    Follower,
    Following,
    Invitation,
    Server,
    Source,
)
from colibri.networks.activitypub.reading import host_of
from colibri.networks.activitypub.signatures import Key
from colibri.networks.activitypub.writing import Face
from colibri.people.models import Block, Collective, Consent, Identity

__all__ = [
    "NETWORK",
    "OLD_KEY_SHOWN",
    "activity_at",
    "actor_of",
    "any_actor",
    "blocks_us",
    "current_key",
    "face_of",
    "followed_by",
    "follower_inboxes",
    "heartbeats",
    "invitations_by_hand",
    "invited_already",
    "is_blocked",
    "is_known_here",
    "offer_page",
    "open_reports",
    "outbox_of",
    "own_actor",
    "own_actors",
    "servers_suspended",
    "with_appeals",
]

NETWORK = "mastodon"
"""All that speaks ActivityPub is one network, whichever way it is heard."""
SILENT = timedelta(minutes=15)
"""A place that said nothing for so long is shown as silent: a living stream ticks each second or so."""
OLD_KEY_SHOWN = timedelta(days=7)
"""How long a retired key is still shown to servers that kept a signature of it."""


def own_actors() -> QuerySet[Identity]:
    """The actors this server is the home of."""
    if not settings.FEDERATION:
        return Identity.objects.none()
    own = Identity.objects.filter(network=NETWORK, collective__isnull=False, keys__retired_at=None)
    return own.filter(keys__isnull=False).select_related("collective").distinct()


def own_actor(actor_id: str) -> Identity | None:
    """The actor of ours that has this id."""
    return own_actors().filter(actor_id=actor_id).first()


def actor_of(collective: Collective) -> Identity | None:
    """A collective's own actor."""
    return own_actors().filter(collective=collective).first()


def any_actor() -> Identity | None:
    """An actor to ask with where it does not matter which."""
    return own_actors().order_by("pk").first()


def current_key(identity: Identity) -> Key | None:
    """What an actor signs with."""
    found = ActorKey.objects.filter(identity=identity, retired_at=None).select_related("identity").first()
    return Key(found.key_id, str(found.private_pem)) if found else None


def face_of(identity: Identity, *, now: datetime) -> Face:
    """How an actor of ours shows itself."""
    collective = identity.collective
    if collective is None:
        raise ValueError(f"{identity} is no collective's")
    recent = Q(retired_at=None) | Q(retired_at__gt=now - OLD_KEY_SHOWN)
    keys = list(ActorKey.objects.filter(recent, identity=identity).select_related("identity").order_by("-pk"))
    page = settings.SITE_URL + collective.get_absolute_url()
    tags = (collective.supporters_hashtag, collective.seekers_hashtag)
    with override(collective.languages[0] if collective.languages else "fr"):
        words = _("#{seekers}: people who look for work. #{supporters}: those who carry their messages.")
    told = words.format(seekers=collective.seekers_hashtag, supporters=collective.supporters_hashtag)
    return Face(
        id=identity.actor_id,
        user=identity.handle.partition("@")[0],
        name=collective.name,
        summary="\n\n".join(filter(None, [collective.description, told, page])),
        page=page,
        shared_inbox=shared_inbox(),
        icon=settings.SITE_URL + static("federation/actor.png"),
        hashtags=tuple((tag, page) for tag in tags),
        published=keys[-1].made_at if keys else now,
        keys=tuple((key.key_id, key.public_pem) for key in keys),
    )


def outbox_of(identity: Identity) -> QuerySet[Activity]:
    """What an actor said to everybody and did not take back, newest first."""
    said = Activity.objects.filter(identity=identity, public=True, ended_at=None)
    return said.filter(kind__in=["Create", "Announce"]).order_by("-made_at", "-pk")


def activity_at(identity: Identity, **where: str) -> Activity | None:
    """An activity of an actor by its `uri` or its `object_uri`."""
    found = Activity.objects.filter(identity=identity, kind__in=["Create", "Announce", "Follow"], **where)
    return found.first()


def follower_inboxes(collective: Collective) -> set[str]:
    """Where to write to reach all followers, each server once where it shares an inbox."""
    followers = Follower.objects.filter(collective=collective).select_related("actor")
    return {follower.actor.delivery_inbox for follower in followers}


def blocks_us(collective: Collective, actor_id: str) -> bool:
    """Whether this actor wants nothing to do with the collective."""
    return Block.objects.filter(
        collective=collective, account=None, identity__network=NETWORK, identity__actor_id=actor_id
    ).exists()


def is_blocked(actor_id: str) -> bool:
    """Whether operators blocked the server this actor lives on."""
    return Server.objects.filter(host=host_of(actor_id), blocked_at__isnull=False).exists()


def followed_by(collective: Collective) -> QuerySet[Following]:
    """Whom a collective follows or asked to, newest first, with `lost` where the question never arrived."""
    lost = Delivery.objects.filter(activity__uri=OuterRef("follow_id"), state__in=["failed", "dropped"])
    mine = Following.objects.filter(collective=collective).select_related("actor")
    return mine.annotate(lost=Exists(lost)).order_by("-asked_at", "-pk")


def invited_already(collective: Collective, identity: Identity, kind: str, *, but: int = 0) -> bool:
    """Whether an invitation would be one too many: they had it, came, have left, or are not welcome."""
    before = Invitation.objects.filter(collective=collective, identity=identity, kind=kind).exclude(pk=but)
    person = Q(identity=identity)
    if identity.account_id is not None:
        person |= Q(account=identity.account_id) | Q(identity__account=identity.account_id)
    purposes = ["be_relayed"] if kind == "seeker" else ["be_asked", "boost_for_me"]
    return (
        identity.collective_id is not None
        or before.exists()
        or Consent.objects.filter(person, collective=collective, purpose__in=purposes).exists()
        or (kind == "seeker" and open_appeal_of(collective, identity) is not None)
        or Block.objects.filter(collective=collective, account=None, identity=identity).exists()
    )


def invitations_by_hand(collective: Collective) -> QuerySet[Invitation]:
    """Who wears the hashtag where Colibri cannot write to one person alone, oldest first."""
    waiting = Invitation.objects.filter(collective=collective, state="by_hand")
    return waiting.select_related("identity", "collective").order_by("seen_at", "pk")


def is_known_here(actor_id: str) -> bool:
    """Whether this actor is an identity of somebody we know: a seeker, a relay."""
    return Identity.objects.filter(network=NETWORK, actor_id=actor_id, collective=None).exists()


def servers_suspended() -> QuerySet[Server]:
    """Servers that do not answer for long, longest first; each is asked again once a day."""
    return Server.objects.filter(suspended_at__isnull=False, blocked_at=None).order_by("suspended_at")


def open_reports(collective: Collective) -> QuerySet[Flag]:
    """Reports from other servers no animator has looked at, oldest first."""
    return Flag.objects.filter(collective=collective, seen_at=None).order_by("received_at", "pk")


def with_appeals(reports: Iterable[Flag]) -> list[tuple[Flag, list[Appeal]]]:
    """Each report with those of its collective's appeals that it names."""
    found = list(reports)
    uris = {uri for report in found for uri in report.objects_named}
    posts = Publication.objects.filter(uri__in=uris).select_related("appeal__collective")
    by_uri = {post.uri: post.appeal for post in posts}
    return [
        (
            report,
            [
                by_uri[uri]
                for uri in report.objects_named
                if uri in by_uri and by_uri[uri].collective_id == report.collective_id
            ],
        )
        for report in found
    ]


def heartbeats(collective: Collective, *, now: datetime) -> list[tuple[Source, str]]:
    """Every place listened to, and how it is: alive, silent, trouble, or new (not heard yet)."""
    return [
        (source, _heartbeat(source, now=now))
        for source in Source.objects.filter(collective=collective).order_by("network", "server")
    ]


def _heartbeat(source: Source, *, now: datetime) -> str:
    if source.fault:
        return "trouble"
    if source.heard_at is None:
        return "new"
    return "alive" if source.heard_at >= now - SILENT else "silent"


def offer_page(collective: Collective) -> str:
    """Where one lends an account."""
    return settings.SITE_URL + reverse("relays:offer", args=[collective.slug])
