"""An author's posts: what they say becomes the appeal's message, and one of them on each network is relayed.

Whoever looks for work writes about it often. All of one person's posts are one appeal, so that nobody is
seen more by posting more; the others stand beside the one that is relayed, until it goes or they choose.
"""

import re
from datetime import datetime

from django.db import transaction

from colibri.appeals.actions.lifecycle import activate, close_appeal, judge, renew_appeal, send_back
from colibri.appeals.actions.notes import plan_note
from colibri.appeals.actions.publishing import publication_gone
from colibri.appeals.models import APPEAL, PUBLICATION, Appeal, Message, Publication
from colibri.audiences.queries import reader
from colibri.common.states import WrongMove
from colibri.compute.reading import CONTRACTS, Reading
from colibri.networks.items import Post
from colibri.people.models import Identity
from colibri.people.queries import may_act

__all__ = [
    "TEXT_MOST",
    "add_post",
    "choose_post",
    "fill",
    "follow_deletion",
    "follow_edit",
    "invite_or_refuse",
    "note_gone",
    "read_text",
    "reword",
]

TEXT_MOST = 5_000
"""Characters kept of one message; no post of the networks spoken is longer."""
SURE = 0.5
LINKS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\w+")


def read_text(appeal: Appeal, text: str, language: str) -> Reading:
    """What the reader understands of a text for this appeal's collective."""
    return reader().read(text, language, seeker_tags=[appeal.collective.seekers_hashtag])


def fill(appeal: Appeal, reading: Reading) -> None:
    """Put what was read into the appeal's columns, where the reader is sure enough."""
    appeal.reading = reading.to_dict()
    appeal.language = reading.language.value if reading.language.value in ("fr", "en") else "fr"
    occupations = [one for one in reading.occupations if one.confidence >= SURE]
    places = [one for one in reading.places if one.confidence >= SURE]
    appeal.occupation = occupations[0].value.code if occupations else ""
    appeal.place = places[0].value.name[:80] if places else ""
    appeal.region = places[0].value.region if places else ""
    appeal.contracts = [one.value for one in reading.contracts_wanted if one.confidence >= SURE]


def reword(appeal: Appeal, text: str, language: str, *, now: datetime) -> bool:
    """A new version of the message, read again; says whether that changed its sense."""
    newest = appeal.messages.order_by("-version").first()
    text = text[:TEXT_MOST]
    if newest is not None and newest.text == text:
        return False
    before = sense(appeal)
    version = newest.version + 1 if newest else 1
    if (
        appeal.accepted_at is None
    ):  # nobody agreed to anything on the former words: they are nobody's any more
        appeal.messages.all().delete()
    Message.objects.create(appeal=appeal, version=version, text=text, written_at=now)
    fill(appeal, read_text(appeal, text, language))
    appeal.meant = ""
    appeal.save(update_fields=["reading", "meant", "language", "occupation", "place", "region", "contracts"])
    return before != sense(appeal)


def sense(appeal: Appeal) -> tuple[object, ...]:
    """What an animator agreed to: whom the appeal is for, that it is one, and where its words lead."""
    understood = appeal.understood
    kind = understood.kind.value if understood else ""
    newest = appeal.messages.order_by("-version").first()
    links = LINKS.findall(newest.text) if newest else []
    return kind, appeal.occupation, appeal.region, appeal.contracts, links


def judge_again(appeal: Appeal, *, now: datetime) -> None:
    """Its sense changed: what was accepted goes to the animators, what was not is met anew."""
    if appeal.state in ("accepted", "active", "paused"):
        send_back(appeal, now=now)
    elif appeal.state == "draft" or (appeal.state == "refused" and appeal.refusal in CONTRACTS):
        if may_act(appeal.collective, "be_relayed", account=appeal.account, identity=appeal.identity):
            judge(appeal, now=now)
        else:
            invite_or_refuse(appeal, now=now)


def invite_or_refuse(appeal: Appeal, *, now: datetime) -> None:
    """Before its author agreed to anything: ask them or, where the charter says no, tell where to turn."""
    verdict = appeal.verdict
    if verdict.outcome == "refused":
        if appeal.state == "draft":
            APPEAL.move(appeal, "refused", refusal=verdict.reason)
        plan_note(appeal, "refusal", now=now)
        return
    if appeal.state == "refused":
        APPEAL.move(appeal, "draft", refusal="")
    plan_note(appeal, "invitation", now=now)


@transaction.atomic
def add_post(appeal: Appeal, identity: Identity, post: Post, *, now: datetime) -> None:
    """One more post of its author: the one that is relayed where none was accepted yet, else one beside it.

    Whoever posts again still looks: what had expired is renewed.
    """
    here = appeal.publications.filter(network=identity.network, instead=False)
    standing = here.exclude(state__in=["beside", "gone", "deleted"]).first()
    if standing is not None and standing.state == "live" and _unseen(appeal, standing, identity):
        PUBLICATION.move(standing, "beside", text=appeal.message.text)
        standing = None
    Publication.objects.create(
        appeal=appeal,
        identity=identity,
        network=identity.network,
        state="live" if standing is None else "beside",
        text="" if standing is None else post.text[:TEXT_MOST],
        uri=post.ref.uri,
        version=post.ref.version,
        url=post.url[:500],
        undescribed=post.undescribed,
    )
    if appeal.identity_id is None:
        Appeal.objects.filter(pk=appeal.pk).update(identity=identity)
        appeal.identity = identity
    if appeal.state == "expired":
        renew_appeal(appeal, now=now)
    if standing is None:
        _speak(appeal, post.ref.uri, post.text, post.language, now=now)


def _unseen(appeal: Appeal, standing: Publication, identity: Identity) -> bool:
    return appeal.accepted_at is None and standing.identity_id == identity.pk


def _speak(appeal: Appeal, uri: str, text: str, language: str, *, now: datetime) -> None:
    """From now on the appeal says what this post of its author says."""
    Appeal.objects.filter(pk=appeal.pk).update(source_uri=uri)
    appeal.source_uri = uri
    if reword(appeal, text, language, now=now):
        judge_again(appeal, now=now)
    activate(appeal, now=now)


@transaction.atomic
def choose_post(publication: Publication, *, now: datetime) -> None:
    """Relay this post instead of the one so far; new words are looked at first. Raises `WrongMove`."""
    appeal, text = publication.appeal, publication.text
    if appeal.state == "closed":
        raise WrongMove(appeal, "active")
    former = Publication.objects.filter(appeal=appeal, network=publication.network, state="live")
    for other in former.filter(instead=False):
        PUBLICATION.move(other, "beside", text=appeal.message.text)
        publication_gone.send(Publication, publication=other, now=now)
    PUBLICATION.move(publication, "live", text="")
    _speak(appeal, publication.uri, text, appeal.language, now=now)


@transaction.atomic
def follow_edit(post: Post, *, now: datetime) -> Appeal | None:
    """Keep what an edited post says now."""
    publication = (
        Publication.objects.filter(uri=post.ref.uri).select_related("appeal__collective", "identity").first()
    )
    if publication is None or publication.identity.actor_id != post.author.id:
        return None
    beside = {"text": post.text[:TEXT_MOST]} if publication.state == "beside" else {}
    Publication.objects.filter(pk=publication.pk).update(
        version=post.ref.version, undescribed=post.undescribed, **beside
    )
    theirs = publication.state == "live" and publication.identity.collective_id is None
    if theirs and reword(publication.appeal, post.text, post.language, now=now):
        judge_again(publication.appeal, now=now)
    return publication.appeal


@transaction.atomic
def follow_deletion(uri: str, *, now: datetime) -> Appeal | None:
    """The post is gone: so are its boosts, and the appeal if it was its last post."""
    publication = Publication.objects.filter(uri=uri).select_related("appeal__collective").first()
    if publication is None:
        return None
    note_gone(publication, now=now)
    return publication.appeal


@transaction.atomic
def note_gone(publication: Publication, *, now: datetime) -> None:
    """A post was deleted on its network: another of its author's takes its place, or the appeal ends.

    Where it stood in for the message, the message is relayed again.
    """
    rows = Publication.objects.filter(pk=publication.pk)
    if rows.filter(state="beside").update(state="gone", text=""):
        return
    if not rows.filter(state="live").update(state="gone", text=""):
        return
    publication.state = "gone"
    publication_gone.send(Publication, publication=publication, now=now)
    if publication.instead:
        return
    appeal = publication.appeal
    next_one = appeal.publications.filter(network=publication.network, state="beside").order_by("-pk").first()
    if next_one is not None and appeal.state != "closed":
        choose_post(next_one, now=now)
    elif not appeal.publications.filter(state__in=["live", "planned"], instead=False).exists():
        close_appeal(appeal, "deleted", by=publication.uri, now=now)
