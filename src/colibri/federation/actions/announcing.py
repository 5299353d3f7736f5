"""Each appeal being relayed is told once to the collective's followers, and untold when it ends."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.models import Appeal, Publication
from colibri.appeals.queries import title_of
from colibri.common.work import ring
from colibri.federation.models import ANNOUNCEMENT, Announcement
from colibri.federation.queries import NETWORK, actor_of
from colibri.networks.errors import Gone, NetworkError
from colibri.networks.items import Draft, PostRef
from colibri.people.actions import client_for

__all__ = ["announce", "give_up_announcement", "take_back", "work_on_announcement"]


def announce(appeal: Appeal, *, now: datetime) -> Announcement | None:
    """Tell the followers: their own post boosted or, where they have none there, a note with its page.

    None where the collective has no actor of its own, or publishes the message with it: all have it then.
    """
    identity = actor_of(appeal.collective)
    if identity is None:
        return None
    posts = Publication.objects.filter(appeal=appeal, network=NETWORK, state__in=["planned", "live"])
    there = posts.order_by("-instead").first()
    if there is not None and there.identity_id == identity.pk:
        return None
    post = there.uri if there is not None else ""
    key = client_for(identity).new_key()
    found, made = Announcement.objects.get_or_create(
        appeal=appeal,
        defaults={"identity": identity, "key": key, "post": post, "due_at": now},
    )
    if not made and found.state == "ended":
        ANNOUNCEMENT.move(found, "planned", key=key, post=post, due_at=now)
    ring(found)
    return found


def take_back(appeal: Appeal, *, now: datetime) -> None:
    """It is over: what was announced is undone, what was not stays so."""
    found = Announcement.objects.filter(appeal=appeal, state__in=ANNOUNCEMENT.before("ending")).first()
    if found is not None:
        ANNOUNCEMENT.move(found, "ending", due_at=now)
        ring(found)


def work_on_announcement(announcement: Announcement) -> None:
    """Announce or take back, whichever it waits for. Raises `NetworkError`; a second try is the same."""
    client = client_for(announcement.identity)
    if announcement.state == "planned":
        if announcement.post:
            client.boost(PostRef(announcement.post), key=announcement.key)
        else:
            appeal = announcement.appeal
            client.publish(Draft(announcement_text(appeal), announcement.key, appeal.language))
        ANNOUNCEMENT.move(announcement, "standing")
    elif announcement.state == "ending":
        if announcement.post:
            client.undo_boost(PostRef(announcement.post), key=announcement.key)
        else:
            client.delete("", key=announcement.key)
        ANNOUNCEMENT.move(announcement, "ended")


def give_up_announcement(announcement: Announcement, error: NetworkError) -> None:
    """It could not be announced; a post that is gone has nothing left to announce."""
    ANNOUNCEMENT.move(announcement, "failed")
    if isinstance(error, Gone):
        Announcement.objects.filter(pk=announcement.pk).update(fault="", problem="")


def announcement_text(appeal: Appeal) -> str:
    """A note that leads to the appeal's page: what is wanted, and where one can help."""
    cause = appeal.kind == "cause"
    with override(appeal.language if appeal.language in ("fr", "en") else "fr"):
        search = _("Somebody is looking for work: {title}. Their message, and how to help: {link} #{hashtag}")
        words = _("{title}. What is at stake, and how to help: {link} #{hashtag}") if cause else search
        return words.format(
            title=appeal.title if cause else title_of(appeal),
            link=settings.SITE_URL + appeal.get_absolute_url(),
            hashtag=appeal.collective.supporters_hashtag,
        )
