"""The message as posts: the author's own, or one the collective publishes in their name."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.models import PUBLICATION, Appeal, Publication
from colibri.appeals.queries import RELAYABLE, publishing_identities
from colibri.common.work import lease_over, ring
from colibri.networks.base import Capabilities
from colibri.networks.errors import NetworkError
from colibri.networks.items import Draft, PostRef
from colibri.networks.previews import fitting
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import client_for, note_refusal
from colibri.people.models import Collective, Identity
from colibri.people.queries import may_act

__all__ = [
    "appeal_relayed",
    "composed",
    "give_up_publication",
    "plan_deletions",
    "plan_publication",
    "plan_publications",
    "post_text",
    "publication_gone",
    "resume_publications",
    "standing_text",
    "take_down",
    "work_on_publication",
]

appeal_relayed = Signal()
"""Sent with `appeal` and `now` inside the transaction in which it begins, or begins again, to be relayed."""

publication_gone = Signal()
"""Sent with `publication` and `now` when a post is not relayed any more: boosts waiting for it end, and what
stands of one that is taken down is undone."""


def plan_publications(appeal: Appeal, *, now: datetime) -> None:
    """Where its author has no post and agreed, the collective's connected accounts will publish it."""
    if not may_act(
        appeal.collective, appeal.yes_to_publish, account=appeal.account, identity=appeal.identity
    ):
        return
    for identity in publishing_identities(appeal):
        plan_publication(appeal, identity, now=now)


def plan_publication(appeal: Appeal, identity: Identity, *, instead: str = "", now: datetime) -> None:
    """This account of the collective's will post the message, or other words `instead`."""
    key = client_for(identity).new_key()
    how = {"identity": identity, "key": key, "text": instead, "due_at": now}
    publication, made = Publication.objects.exclude(state="gone").get_or_create(
        appeal=appeal, network=identity.network, instead=bool(instead), defaults=how
    )
    if not made:
        PUBLICATION.move(publication, "planned", uri="", tries=0, **how)
    ring(publication)


def plan_deletions(appeal: Appeal, *, now: datetime) -> None:
    """Take down what the collective published; what was never published stays so.

    What was tried and never answered may stand: it is deleted once nobody can be publishing it.
    """
    take_down(appeal.publications.filter(identity__collective__isnull=False), now=now)


def take_down(ours: QuerySet[Publication], *, now: datetime) -> None:
    """Delete these posts of the collective's, and keep no other words of them."""
    for publication in ours.select_for_update():
        if publication.state == "planned" and not publication.tries:
            PUBLICATION.move(publication, "deleted", text="", due_at=None)
        elif publication.state == "live":
            PUBLICATION.move(publication, "deleting", text="", due_at=now)
            ring(publication)
        elif publication.state in PUBLICATION.before("deleting"):
            PUBLICATION.move(publication, "deleting", text="", due_at=lease_over(now))
        else:
            continue
        publication_gone.send(Publication, publication=publication, now=now)


def work_on_publication(publication: Publication) -> None:
    """Publish or delete, whichever it waits for. Raises `NetworkError`; a second try is the same post."""
    client = client_for(publication.identity)
    if publication.state == "planned" and not may_stand(publication):
        # An earlier try may have written it.
        PUBLICATION.move(publication, "deleting")
    if publication.state == "planned":
        appeal = publication.appeal
        text = publication.text if publication.instead else post_text(appeal, publication.network)
        ref = client.publish(Draft(text=text, key=publication.key, language=appeal.language))
        with transaction.atomic():
            PUBLICATION.move(publication, "live", uri=ref.uri, version=ref.version)
            if publication.instead:
                _set_aside(publication, now=timezone.now())
            if Appeal.objects.filter(pk=appeal.pk, state="accepted").update(state="active"):
                appeal_relayed.send(Appeal, appeal=appeal, now=timezone.now())
    elif publication.state == "deleting":
        client.delete(publication.uri, key=publication.key)
        PUBLICATION.move(publication, "deleted")


def _set_aside(instead: Publication, *, now: datetime) -> None:
    """The message's own post on this network stays where it is; nobody is asked to boost it any more."""
    own = Publication.objects.filter(appeal=instead.appeal_id, network=instead.network, state="live")
    for publication in own.filter(instead=False).select_related("appeal"):
        publication_gone.send(Publication, publication=publication, now=now)


def may_stand(publication: Publication) -> bool:
    """Whether the collective may have this post in its author's name, as things are now."""
    appeal = Appeal.objects.select_related("collective", "account", "identity").get(pk=publication.appeal_id)
    return appeal.state in RELAYABLE and may_act(
        appeal.collective, appeal.yes_to_publish, account=appeal.account, identity=appeal.identity
    )


def give_up_publication(publication: Publication, error: NetworkError) -> None:
    """It will not be published or deleted; the animator's day shows it."""
    note_refusal(publication.identity, error, now=timezone.now())
    PUBLICATION.move(publication, "failed")


def resume_publications(identity: Identity, *, now: datetime) -> None:
    """The identity is connected again: what it could not publish or delete, where that is still wanted."""
    for publication in Publication.objects.filter(identity=identity, state="failed"):
        if publication.uri:
            PUBLICATION.move(publication, "deleting", due_at=now)
        elif may_stand(publication):
            PUBLICATION.move(publication, "planned", due_at=now)
        ring(publication)


def post_text(appeal: Appeal, network: str) -> str:
    """The message as the collective posts it: within the network's limit, with the hashtag it belongs to."""
    collective, limits = appeal.collective, CAPABILITIES[network]
    if appeal.kind == "cause":
        return _fitted(appeal.message.text, f"{appeal.title}:", collective.supporters_hashtag, limits)[0]
    return composed(appeal.message.text, appeal.language, collective, limits)[0]


def composed(text: str, language: str, collective: Collective, network: Capabilities) -> tuple[str, int]:
    """The post a collective makes of a search, and how many characters of the text it holds."""
    return _fitted(text, _lead(language), collective.seekers_hashtag, network)


def standing_text(text: str, link: str, language: str, collective: Collective, network: Capabilities) -> str:
    """Other words in place of a message, as `composed` makes a post of them; the link is never cut."""
    return _fitted(text, _lead(language), collective.seekers_hashtag, network, link)[0]


def _lead(language: str) -> str:
    with override(language if language in ("fr", "en") else "fr"):
        return _("For somebody looking for work:")


def _fitted(text: str, lead: str, hashtag: str, network: Capabilities, link: str = "") -> tuple[str, int]:
    tag, text = f"#{hashtag}", text.strip()
    tail = "" if tag.casefold() in text.casefold() else f"\n{tag}"
    tail = f"\n{link}{tail}" if link else tail
    whole = f"{lead}\n{text}{tail}"
    if network.measure(whole) <= network.character_limit:
        return whole, len(text)
    room = network.character_limit - network.measure(f"{lead}\n…{tail}")
    end = fitting(text, network.measure, room)
    return f"{lead}\n{text[:end].rstrip()}…{tail}", end


def reference(publication: Publication) -> PostRef:
    """What a boost of it names."""
    return PostRef(publication.uri, publication.version)
