"""From a post or a form to an appeal: read, judged, its author invited. Nothing is relayed before a yes."""

import logging
import re
from datetime import datetime

from django.db import transaction

from colibri.appeals.actions.lifecycle import close_appeal, confirm_appeal, judge, note_gone, send_back
from colibri.appeals.actions.notes import plan_note
from colibri.appeals.models import APPEAL, Appeal, Message, Publication
from colibri.appeals.queries import appeal_of_note
from colibri.audiences.queries import reader
from colibri.common.states import WrongMove
from colibri.compute.reading import CONTRACTS, Reading
from colibri.networks.hashtags import carries, fold
from colibri.networks.items import Post
from colibri.people.actions import recognise, withdraw_consent
from colibri.people.models import Account, Collective, Identity
from colibri.people.queries import blocked_pairs, may_act

__all__ = ["TEXT_MOST", "follow_deletion", "follow_edit", "submit_form", "take_in"]

log = logging.getLogger(__name__)

TEXT_MOST = 5_000
"""Characters kept of one message; no post of the networks spoken is longer."""
SURE = 0.5
LONGEST_REPLY = 6
"""Words of the longest reply taken for a mere yes, stop or found; more is read by nobody but people."""
REPLIES = {
    "yes": {"oui", "yes", "ok", "okay", "accord", "yep"},
    "stop": {"stop", "arret", "arrêt", "arrêtez", "non", "no"},
    "found": {"trouve", "trouvé", "trouvée", "found"},
}
NEGATIONS = {"pas", "ne", "n", "jamais", "rien", "not", "never", "toujours", "encore", "yet"}
"""With one of these a yes is none, and work is not found: “pas d'accord”, “not found yet”."""


@transaction.atomic
def take_in(collective: Collective, network: str, server: str, post: Post, *, now: datetime) -> Appeal | None:
    """Take in a post that carries the seekers' hashtag, or an answer to one of our notes.

    Idempotent by the post's URI: taking in the same post again returns the same appeal. None where
    the post is the collective's own, comes from somebody blocked, or says nothing to us.
    """
    answered = appeal_of_note(post.reply_to)
    if answered is not None:
        return _hear_answer(answered, post, now=now)
    if Publication.objects.filter(uri=post.ref.uri, identity__collective__isnull=False).exists():
        return None
    existing = Appeal.objects.filter(source_uri=post.ref.uri).first()
    if existing is not None:
        return existing
    if not carries(post.hashtags, {fold(collective.seekers_hashtag)}):
        return None
    identity = recognise(network, server, post.author)
    if identity.collective_id is not None or (None, identity.pk) in blocked_pairs(collective):
        return None
    return _new_appeal(collective, identity, post, now=now)


def _new_appeal(collective: Collective, identity: Identity, post: Post, *, now: datetime) -> Appeal:
    reading = reader().read(post.text, post.language, seeker_tags=[collective.seekers_hashtag])
    appeal = Appeal(
        collective=collective,
        identity=identity,
        account=identity.account,
        source_uri=post.ref.uri,
        created_at=now,
    )
    if reading.kind.value != "search" and reading.kind.confidence >= SURE:
        # Somebody else's words under our hashtag: the address is remembered, the words are not.
        appeal.state, appeal.refusal = "refused", "not_a_search"
        appeal.save()
        return appeal
    fill(appeal, reading)
    appeal.save()
    Message.objects.create(appeal=appeal, text=post.text[:TEXT_MOST], written_at=now)
    Publication.objects.create(
        appeal=appeal,
        identity=identity,
        network=identity.network,
        state="live",
        uri=post.ref.uri,
        version=post.ref.version,
        url=post.url[:500],
    )
    invite_or_refuse(appeal, now=now)
    return appeal


def invite_or_refuse(appeal: Appeal, *, now: datetime) -> None:
    """Before its author agreed to anything: ask them or, where the charter says no, tell where to turn."""
    verdict = appeal.collective.rules.judge(appeal.contracts)
    if verdict.outcome == "refused":
        if appeal.state == "draft":
            APPEAL.move(appeal, "refused", refusal=verdict.reason)
        plan_note(appeal, "refusal", now=now)
        return
    if appeal.state == "refused":
        APPEAL.move(appeal, "draft", refusal="")
    plan_note(appeal, "invitation", now=now)


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


def _hear_answer(appeal: Appeal, post: Post, *, now: datetime) -> Appeal | None:
    if appeal.identity is None or post.author.id != appeal.identity.actor_id:
        return None
    meant = reply_meaning(post.text)
    try:
        if meant == "yes" and appeal.state == "draft":
            confirm_appeal(appeal, account=None, by=post.ref.uri, now=now)
        elif meant == "stop":
            stop_author(appeal, by=post.ref.uri, now=now)
        elif meant == "found":
            close_appeal(appeal, "found", by=post.ref.uri, now=now)
        else:
            return None
    except WrongMove:
        log.info("the answer %s came when appeal %s was already %s", post.ref.uri, appeal.pk, appeal.state)
    return appeal


def reply_meaning(text: str) -> str:
    """What a short reply means, of `REPLIES`: empty where it says nothing clear, or two things at once."""
    words = [word for word in text.casefold().split() if not word.startswith(("#", "@"))]
    said = re.findall(r"\w+", " ".join(words))
    if len(said) > LONGEST_REPLY:
        return ""
    meanings = [meaning for meaning, known in REPLIES.items() if known & set(said)]
    if len(meanings) != 1 or (meanings[0] != "stop" and NEGATIONS & set(said)):
        return ""
    return meanings[0]


def stop_author(appeal: Appeal, *, by: str, now: datetime) -> None:
    """Its author wants everything to end: consent withdrawn, every appeal of theirs closed."""
    withdrawn = withdraw_consent(
        appeal.collective, "be_relayed", account=appeal.account, identity=appeal.identity, by=by, now=now
    )
    if not withdrawn:
        close_appeal(appeal, "withdrawn", by=by, now=now)


@transaction.atomic
def follow_edit(post: Post, *, now: datetime) -> Appeal | None:
    """Keep a new version of an edited post; what changes its sense goes to the animators again."""
    publication = Publication.objects.filter(uri=post.ref.uri).select_related("appeal").first()
    if publication is None:
        return None
    appeal = publication.appeal
    Publication.objects.filter(pk=publication.pk).update(version=post.ref.version)
    newest = appeal.message
    if newest.text == post.text[:TEXT_MOST] or publication.identity.collective_id is not None:
        return appeal
    Message.objects.create(
        appeal=appeal, version=newest.version + 1, text=post.text[:TEXT_MOST], written_at=now
    )
    before = sense(appeal)
    fill(appeal, reader().read(post.text, post.language, seeker_tags=[appeal.collective.seekers_hashtag]))
    appeal.save(update_fields=["reading", "language", "occupation", "place", "region", "contracts"])
    if before != sense(appeal):
        judge_again(appeal, now=now)
    return appeal


def sense(appeal: Appeal) -> tuple[object, ...]:
    """What an animator agreed to: whom the appeal is for, and that it is one."""
    understood = appeal.understood
    kind = understood.kind.value if understood else ""
    return kind, appeal.occupation, appeal.region, appeal.contracts


def judge_again(appeal: Appeal, *, now: datetime) -> None:
    """Its sense changed: what was accepted goes to the animators, what was not is met anew."""
    if appeal.state in ("accepted", "active", "paused"):
        send_back(appeal)
    elif appeal.state == "draft" or (appeal.state == "refused" and appeal.refusal in CONTRACTS):
        if may_act(appeal.collective, "be_relayed", account=appeal.account, identity=appeal.identity):
            judge(appeal, now=now)
        else:
            invite_or_refuse(appeal, now=now)


@transaction.atomic
def follow_deletion(uri: str, *, now: datetime) -> Appeal | None:
    """The post is gone: so are its boosts, and the appeal if it was its only post."""
    publication = Publication.objects.filter(uri=uri).select_related("appeal").first()
    if publication is None:
        return None
    appeal = publication.appeal
    if appeal.state == "draft":
        close_appeal(appeal, "deleted", by=uri, now=now)
    note_gone(publication, now=now)
    return appeal


@transaction.atomic
def submit_form(collective: Collective, account: Account, text: str, *, now: datetime) -> Appeal:
    """A search written on the site. Its author corrects and confirms it on the next page."""
    appeal = Appeal(collective=collective, account=account, created_at=now)
    fill(appeal, reader().read(text, account.language, seeker_tags=[collective.seekers_hashtag]))
    appeal.save()
    Message.objects.create(appeal=appeal, text=text[:TEXT_MOST], written_at=now)
    return appeal
