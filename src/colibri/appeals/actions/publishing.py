"""The message as posts: the author's own, or one the collective publishes in their name."""

from datetime import datetime

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.appeals.models import PUBLICATION, Appeal, Publication
from colibri.appeals.queries import publishing_identities
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
    "plan_publications",
    "post_text",
    "resume_publications",
    "work_on_publication",
]

appeal_relayed = Signal()
"""Sent with `appeal` and `now` inside the transaction in which it begins, or begins again, to be relayed."""


def plan_publications(appeal: Appeal, *, now: datetime) -> None:
    """Where its author has no post and agreed, the collective's connected accounts will publish it."""
    if not may_act(
        appeal.collective, appeal.yes_to_publish, account=appeal.account, identity=appeal.identity
    ):
        return
    for identity in publishing_identities(appeal):
        key = client_for(identity).new_key()
        publication, made = Publication.objects.get_or_create(
            appeal=appeal,
            network=identity.network,
            defaults={"identity": identity, "key": key, "due_at": now},
        )
        if not made:
            PUBLICATION.move(publication, "planned", identity=identity, key=key, uri="", tries=0, due_at=now)
        ring(publication)


def plan_deletions(appeal: Appeal, *, now: datetime) -> None:
    """Take down what the collective published; what was never published stays so.

    What was tried and never answered may stand: it is deleted once nobody can be publishing it.
    """
    ours = appeal.publications.filter(identity__collective__isnull=False)
    for publication in ours.select_for_update():
        if publication.state == "planned" and not publication.tries:
            PUBLICATION.move(publication, "deleted", due_at=None)
        elif publication.state == "live":
            PUBLICATION.move(publication, "deleting", due_at=now)
            ring(publication)
        elif publication.state in PUBLICATION.before("deleting"):
            PUBLICATION.move(publication, "deleting", due_at=lease_over(now))


def work_on_publication(publication: Publication) -> None:
    """Publish or delete, whichever it waits for. Raises `NetworkError`; a second try is the same post."""
    client = client_for(publication.identity)
    if publication.state == "planned" and not may_stand(publication):
        # An earlier try may have written it.
        PUBLICATION.move(publication, "deleting")
    if publication.state == "planned":
        appeal = publication.appeal
        text = post_text(appeal, publication.network)
        ref = client.publish(Draft(text=text, key=publication.key, language=appeal.language))
        with transaction.atomic():
            PUBLICATION.move(publication, "live", uri=ref.uri, version=ref.version)
            if Appeal.objects.filter(pk=appeal.pk, state="accepted").update(state="active"):
                appeal_relayed.send(Appeal, appeal=appeal, now=timezone.now())
    elif publication.state == "deleting":
        client.delete(publication.uri, key=publication.key)
        PUBLICATION.move(publication, "deleted")


def may_stand(publication: Publication) -> bool:
    """Whether the collective may have this post in its author's name, as things are now."""
    appeal = Appeal.objects.select_related("collective", "account", "identity").get(pk=publication.appeal_id)
    return appeal.state in ("accepted", "active", "paused") and may_act(
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
    with override(language if language in ("fr", "en") else "fr"):
        lead = _("For somebody looking for work:")
    return _fitted(text, lead, collective.seekers_hashtag, network)


def _fitted(text: str, lead: str, hashtag: str, network: Capabilities) -> tuple[str, int]:
    tag, text = f"#{hashtag}", text.strip()
    tail = "" if tag.casefold() in text.casefold() else f"\n{tag}"
    whole = f"{lead}\n{text}{tail}"
    if network.measure(whole) <= network.character_limit:
        return whole, len(text)
    room = network.character_limit - network.measure(f"{lead}\n…{tail}")
    end = fitting(text, network.measure, room)
    return f"{lead}\n{text[:end].rstrip()}…{tail}", end


def reference(publication: Publication) -> PostRef:
    """What a boost of it names."""
    return PostRef(publication.uri, publication.version)
