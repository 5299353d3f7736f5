"""From a post or a form to an appeal: read, judged, its author invited. Nothing is relayed before a yes."""

import logging
import re
from datetime import datetime

from django.db import transaction

from colibri.appeals.actions.lifecycle import OneAlready, close_appeal, confirm_appeal, only_one, renew_appeal
from colibri.appeals.actions.posts import SURE, TEXT_MOST, add_post, fill, invite_or_refuse, read_text
from colibri.appeals.models import Appeal, Message, Publication
from colibri.appeals.queries import appeal_of_note, open_appeal_of
from colibri.common.states import WrongMove
from colibri.networks.hashtags import carries, fold
from colibri.networks.items import Post
from colibri.networks.plain import plain
from colibri.people.actions import recognise, withdraw_consent
from colibri.people.models import Account, Collective, Identity
from colibri.people.queries import kept_apart

__all__ = ["submit_form", "take_in"]

log = logging.getLogger(__name__)

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
def take_in(
    collective: Collective, network: str, server: str, post: Post, *, now: datetime, vouched: bool = True
) -> Appeal | None:
    """Take in a post that carries the seekers' hashtag, or an answer to one of our notes.

    Idempotent by the post's URI: taking in the same post again returns the same appeal. Further posts of
    one author join their open appeal. None where the post is the collective's own, comes from somebody
    blocked, says nothing to us, or is an answer nobody vouches for.
    """
    answered = appeal_of_note(post.reply_to)
    if answered is not None:
        theirs = answered.collective_id == collective.pk and answered.identity is not None
        theirs = theirs and answered.identity.network == network  # type: ignore[union-attr]
        return _hear_answer(answered, post, now=now) if theirs and vouched else None
    known = Publication.objects.filter(uri=post.ref.uri).select_related("appeal", "identity").first()
    if known is not None:
        return known.appeal if known.identity.collective_id is None else None
    remembered = Appeal.objects.filter(source_uri=post.ref.uri).first()
    if remembered is not None:
        return remembered
    if not carries(post.hashtags, {fold(collective.seekers_hashtag)}):
        return None
    identity = recognise(network, server, post.author)
    unwelcome = kept_apart(collective).unwelcome((identity.pk, identity.account_id))
    if identity.collective_id is not None or unwelcome:
        return None
    return _take_search(collective, identity, post, now=now)


def _take_search(collective: Collective, identity: Identity, post: Post, *, now: datetime) -> Appeal:
    appeal = Appeal(
        collective=collective,
        identity=identity,
        account=identity.account,
        source_uri=post.ref.uri,
        created_at=now,
    )
    reading = read_text(appeal, post.text, post.language)
    if reading.kind.value != "search" and reading.kind.confidence >= SURE:
        # Somebody else's words under our hashtag: the address is remembered, the words are not.
        appeal.state, appeal.refusal = "refused", "not_a_search"
        appeal.save()
        return appeal
    earlier = open_appeal_of(collective, identity)
    if earlier is not None:
        add_post(earlier, identity, post, now=now)
        return earlier
    fill(appeal, reading)
    try:
        with only_one():
            appeal.save()
    except OneAlready:  # another of their posts was heard at this very moment
        return _take_search(collective, identity, post, now=now)
    Message.objects.create(appeal=appeal, text=post.text[:TEXT_MOST], written_at=now)
    Publication.objects.create(
        appeal=appeal,
        identity=identity,
        network=identity.network,
        state="live",
        uri=post.ref.uri,
        version=post.ref.version,
        url=post.url[:500],
        undescribed=post.undescribed,
    )
    invite_or_refuse(appeal, now=now)
    return appeal


def _hear_answer(appeal: Appeal, post: Post, *, now: datetime) -> Appeal | None:
    if appeal.identity is None or post.author.id != appeal.identity.actor_id:
        return None
    meant = reply_meaning(post.text)
    author = appeal.identity_id, appeal.account_id
    if meant == "yes" and kept_apart(appeal.collective_id).unwelcome(author):
        return None
    try:
        if meant == "yes" and appeal.state == "draft":
            confirm_appeal(appeal, account=None, by=post.ref.uri, now=now)
        elif meant == "yes" and appeal.state in ("active", "paused", "expired"):
            renew_appeal(appeal, now=now)
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
def submit_form(collective: Collective, account: Account, text: str, *, now: datetime) -> Appeal:
    """A search written on the site. Its author corrects and confirms it on the next page.

    Raises `OneAlready` where they have an open one.
    """
    appeal = Appeal(collective=collective, account=account, created_at=now)
    text = plain(text)
    fill(appeal, read_text(appeal, text, account.language))
    with only_one():
        appeal.save()
    Message.objects.create(appeal=appeal, text=text[:TEXT_MOST], written_at=now)
    return appeal
