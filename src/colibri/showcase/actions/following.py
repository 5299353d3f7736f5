"""Lists of people to follow: made, looked at, shown; each person is told first, and may refuse for good."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from colibri.common import mail
from colibri.common.states import WrongMove
from colibri.common.work import ring
from colibri.federation.feeds.actions import put_people, take_people_off
from colibri.networks.bluesky import BlueskyNetwork
from colibri.networks.bluesky.records import timestamp
from colibri.networks.bluesky.tid import TidMaker
from colibri.networks.errors import Gone, NetworkError, Refused
from colibri.networks.items import Actor
from colibri.networks.plain import plain_line
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import client_for, notify
from colibri.people.models import Identity
from colibri.people.queries import animators_of, collective_identity, identity_named, wants_notice
from colibri.showcase.following_mails import letter_to_listed, note_to_listed
from colibri.showcase.models import BLOG, FOLLOW_LIST, LISTED, FollowList, Listed, StayOff
from colibri.showcase.queries import digest_of, shown_people, stays_off

__all__ = [
    "PEOPLE_MOST",
    "StaysOff",
    "TooManyListed",
    "add_listed",
    "change_list",
    "erase_list",
    "give_up_list",
    "give_up_listed",
    "put_list",
    "remove_listed",
    "show_list",
    "stay_off",
    "submit_list",
    "take_back_list",
    "tell_listed",
    "told_by_hand",
]

PEOPLE_MOST = 100
"""Bluesky's starter packs hold 150; nobody reads more than a hundred."""
APART = timedelta(minutes=2)
"""Between two notes of one list, so that a list of many is no burst."""


class StaysOff(Exception):
    """They want to be on no list here."""


class TooManyListed(Exception):
    """A list names so many people at most."""


def change_list(found: FollowList, *, now: datetime) -> FollowList:
    """Keep what a list is called and for whom it is."""
    for name in ("byline", "title", "summary"):
        setattr(found, name, plain_line(getattr(found, name)))
    found.changed_at = now
    words = ("byline", "title", "summary", "family", "region", "language", "changed_at")
    found.save(update_fields=None if found._state.adding else words)
    return found


def submit_list(found: FollowList, *, now: datetime) -> None:
    """Ask the animators to look at it. Raises `WrongMove`."""
    FOLLOW_LIST.move(found, "submitted", changed_at=now)
    for role in animators_of(found.collective):
        if role.account_id != found.maker_id:
            notify(role.account, "list_waits", found.pk, once=f"{now:%Y-%m-%d %H:%M}", now=now)


@transaction.atomic
def show_list(found: FollowList, *, now: datetime) -> None:
    """Let everybody see it; whoever is on it is told, one after the other, and seen after that."""
    FOLLOW_LIST.move(found, "shown", shown_at=found.shown_at or now, changed_at=now)
    waiting = list(found.people.filter(state="new").order_by("pk"))
    for place, listed in enumerate(waiting):
        Listed.objects.filter(pk=listed.pk).update(due_at=now + place * APART, attempts=0)
    if waiting:
        ring(waiting[0])
    _touch(found, now=now)


@transaction.atomic
def take_back_list(found: FollowList, *, now: datetime) -> None:
    """Make it a draft again, here and on Bluesky. Raises `WrongMove`."""
    FOLLOW_LIST.move(found, "draft", changed_at=now)
    found.people.filter(state="new").update(due_at=None)
    _touch(found, now=now)


def erase_list(found: FollowList) -> None:
    """Nothing of it stays. Only a draft that stands nowhere else; raises `WrongMove` for another."""
    if found.state != "draft" or found.on_bluesky_at is not None:
        raise WrongMove(found, "erased")
    found.delete()


@transaction.atomic
def add_listed(
    found: FollowList, place: str, address: str, *, word: str, email: str, now: datetime
) -> Listed:
    """Put somebody on it; once it is shown they are told. Raises `StaysOff`, `TooManyListed`.

    Whoever is on it already keeps their place; the word is changed.
    """
    if stays_off(place, address):
        raise StaysOff
    known = found.people.filter(place=place, address=address).first()
    if known is None and found.people.count() >= PEOPLE_MOST:
        raise TooManyListed
    listed, made = Listed.objects.update_or_create(
        follow_list=found,
        place=place,
        address=address,
        defaults={"word": plain_line(word)},
        create_defaults={
            "word": plain_line(word),
            "email": email or None,
            "due_at": now if found.state == "shown" else None,
        },
    )
    if made and found.state == "shown":
        ring(listed)
    return listed


def remove_listed(listed: Listed, *, now: datetime) -> None:
    """Take somebody off one list."""
    found = listed.follow_list
    listed.delete()
    _touch(found, now=now)


def told_by_hand(listed: Listed, *, now: datetime) -> None:
    """Whoever made the list has told them. Raises `WrongMove`."""
    LISTED.move(listed, "told", told_at=now, email=None)
    _touch(listed.follow_list, now=now)


def tell_listed(listed: Listed) -> None:
    """Find somebody where they are followed and tell them: by mail, by a private note, or else by hand.

    Raises `NetworkError`; a second try is the same word.
    """
    found, now = listed.follow_list, timezone.now()
    if listed.state != "new" or found.state != "shown":
        return
    own = collective_identity(found.collective, listed.place) if listed.place != BLOG else None
    actor = _found(listed, own) if own is not None else None
    if stays_off(listed.place, listed.address, listed.actor_id):
        listed.delete()
        return
    here = identity_named(listed.place, listed.address) if listed.place != BLOG else None
    account = here.account if here is not None else None
    if listed.email:
        _mail(listed)
    elif account is not None and wants_notice(account, "service"):
        notify(account, "listed", listed.pk, now=now)
    elif own is not None and actor is not None and CAPABILITIES[listed.place].private_replies:
        _note(listed, own, actor)
    else:
        LISTED.move(listed, "by_hand")
        return
    LISTED.move(listed, "told", told_at=now, email=None)
    _touch(found, now=now)


def _found(listed: Listed, own: Identity) -> Actor:
    """Who they are on their network, kept. Raises `NetworkError`."""
    client = client_for(own)
    try:
        actor = client.fetch_actor(listed.address)
    finally:
        client.close()
    changes = {"actor_id": actor.id[:300], "name": plain_line(actor.name)[:80]}
    Listed.objects.filter(pk=listed.pk).update(**changes)
    listed.actor_id, listed.name = changes["actor_id"], changes["name"]
    return actor


def _mail(listed: Listed) -> None:
    language = listed.follow_list.language
    with translation.override(language):
        letter = letter_to_listed(listed)
    mail.send(
        str(listed.email),
        "common/mail/letter",
        {"letter": letter},
        language=language,
        name=f"listed.{listed.pk}",
    )


def _note(listed: Listed, own: Identity, actor: Actor) -> None:
    client = client_for(own)
    if not listed.key:
        listed.key = client.new_key()
        Listed.objects.filter(pk=listed.pk).update(key=listed.key)
    text = note_to_listed(listed, CAPABILITIES[listed.place].character_limit)
    try:
        client.tell(actor, text, key=listed.key)
    finally:
        client.close()


def give_up_listed(listed: Listed, error: NetworkError) -> None:
    """Nobody is there, or they want nothing from us; where it was only the way, the maker tells them."""
    LISTED.move(listed, "failed" if isinstance(error, Gone | Refused) else "by_hand")


@transaction.atomic
def stay_off(place: str, address: str, *, now: datetime) -> int:
    """Somebody wants to be on no list here: off every one at once, and on none again. Returns how many."""
    mine = Listed.objects.filter(place=place, address=address)
    known = {one for one in mine.values_list("actor_id", flat=True) if one}
    for one in {address, *known}:
        StayOff.objects.get_or_create(digest=digest_of(place, one), defaults={"since": now})
    everywhere = Listed.objects.filter(Q(address=address) | Q(actor_id__in=known), place=place)
    lists = list(FollowList.objects.filter(people__in=everywhere).distinct())
    everywhere.delete()
    for found in lists:
        _touch(found, now=now)
    return len(lists)


def _touch(found: FollowList, *, now: datetime) -> None:
    """What stands on Bluesky is brought up to date, where the collective is there."""
    if collective_identity(found.collective, "bluesky") is not None or found.on_bluesky_at is not None:
        FollowList.objects.filter(pk=found.pk).update(due_at=now, attempts=0)
        ring(found)


def put_list(found: FollowList) -> None:
    """Its list and starter pack on Bluesky as they should be, or none. Raises `NetworkError`."""
    own = collective_identity(found.collective, "bluesky")
    if own is None:
        return
    network = client_for(own)
    if not isinstance(network, BlueskyNetwork):
        raise Refused(f"{own} does not speak to Bluesky")
    key, pack = found.record_keys
    wanted = _on_bluesky(found) if found.state == "shown" else {}
    try:
        if wanted:
            put_people(network, own.actor_id, (key, pack), wanted, _described(found))
        else:
            take_people_off(network, own.actor_id, (key, pack))
    finally:
        network.close()
    since = (found.on_bluesky_at or timezone.now()) if wanted else None
    FollowList.objects.filter(pk=found.pk).update(on_bluesky_at=since)


def _on_bluesky(found: FollowList) -> dict[str, str]:
    people = shown_people(found, "bluesky").exclude(actor_id="")
    return {TidMaker(one.pk % 1024).make(one.told_at or found.created_at): one.actor_id for one in people}


def _described(found: FollowList) -> Mapping[str, Any]:
    with translation.override(found.language):
        words = _("{summary} By {maker}, for {collective}.")
    told = words.format(summary=found.summary, maker=found.byline, collective=found.collective.name)
    return {"name": found.title, "description": told[:300], "createdAt": timestamp(found.created_at)}


def give_up_list(found: FollowList, error: NetworkError) -> None:
    """It stays on Bluesky as it is; the row says why."""
