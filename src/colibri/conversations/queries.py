"""Who may talk with whom, and what a browser needs to open and check a conversation."""

import base64
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from colibri.appeals.models import Appeal
from colibri.conversations.models import Conversation, File, Keyring, Member, Message, Report, Wrap
from colibri.people.models import Account, Collective, Identity, Role
from colibri.people.queries import Apart, Known, kept_apart
from colibri.relays.models import Boost, Offer

__all__ = [
    "apart",
    "authors_to_ask",
    "conversation_between",
    "file_of",
    "gives_a_hand",
    "in_touch",
    "keyring_of",
    "keyring_state",
    "log_of",
    "may_meet",
    "member_of",
    "members_state",
    "messages_after",
    "own_wrap",
    "people_to_ask",
    "reports_waiting",
    "searches",
    "shown_name",
    "talks_of",
    "unread",
    "ways_out",
]

HANDS = ("relay", "helper", "animator")
AT_ONCE = 50
"""Messages sent to a browser in one answer."""


def shown_name(account: Account) -> str:
    """What others here call somebody: their name or handle, never their address."""
    if account.name:
        return account.name
    identity = min(account.identities.all(), key=lambda one: one.pk, default=None)
    return str(identity) if identity else _("somebody")


def gives_a_hand(account: Account, collective: Collective) -> bool:
    """Whether the account relays, helps or animates in the collective."""
    roles = Role.objects.filter(account=account, collective=collective, kind__in=HANDS, until=None)
    offers = Offer.objects.filter(identity__account=account, collective=collective, ended_at=None)
    return roles.exists() or offers.exists()


def searches(account: Account, collective: Collective) -> bool:
    """Whether the account looks for work in the collective."""
    roles = Role.objects.filter(account=account, collective=collective, kind="seeker", until=None)
    own = Appeal.objects.filter(account=account, collective=collective)
    return roles.exists() or own.exclude(state__in=["closed", "refused"]).exists()


def apart(one: Account, other: Account, collective: Collective) -> bool:
    """Whether one keeps apart from the other, by account or by any of their identities."""
    blocks = kept_apart(collective)
    return bool(blocks.pairs) and _between(blocks, _known(one), _known(other))


def _between(blocks: Apart, one: list[Known], other: list[Known]) -> bool:
    return any(blocks.between(mine, theirs) for mine in one for theirs in other)


def _known(account: Account) -> list[Known]:
    """Somebody by account alone, and by it with each of their identities."""
    return [(None, account.pk), *((identity.pk, account.pk) for identity in account.identities.all())]


def may_meet(one: Account, other: Account, collective: Collective) -> bool:
    """Whether one may ask the other: one of them looks for work, the other gives a hand, none blocks."""
    if one.pk == other.pk or not other.is_active:
        return False
    fits = (searches(one, collective) and gives_a_hand(other, collective)) or (
        gives_a_hand(one, collective) and searches(other, collective)
    )
    return fits and not apart(one, other, collective)


def people_to_ask(account: Account, collective: Collective) -> list[Account]:
    """Whom somebody who looks for work may ask: animators, helpers, and those who relayed them."""
    if not searches(account, collective):
        return []
    named = Q(roles__collective=collective, roles__kind__in=["animator", "helper"], roles__until=None)
    given = Boost.objects.filter(
        appeal__account=account, appeal__collective=collective, state="given", offer__ended_at=None
    )
    named |= Q(pk__in=given.values("offer__identity__account"))
    found = (
        Account.objects.filter(named, is_active=True).exclude(pk=account.pk).distinct().order_by("name", "pk")
    )
    blocks, mine = kept_apart(collective), _known(account)
    return [one for one in found.prefetch_related("identities") if not _between(blocks, mine, _known(one))]


def authors_to_ask(account: Account, collective: Collective, public_id: str) -> list[Account]:
    """The author of an appeal, where the account may ask them."""
    found = Appeal.objects.filter(collective=collective, public_id=public_id, account__isnull=False)
    appeal = found.exclude(state__in=["closed", "refused"]).select_related("account").first()
    if appeal is None or appeal.account is None or not may_meet(account, appeal.account, collective):
        return []
    return [appeal.account]


def conversation_between(one: Account, other: Account, collective: Collective) -> Conversation | None:
    """The conversation these two alone have, or were asked to have."""
    both = Conversation.objects.filter(collective=collective, state__in=["proposed", "open"])
    for account in (one, other):
        standing = Member.objects.filter(account=account, state__in=["in", "invited"])
        both = both.filter(pk__in=standing.values("conversation"))
    known = both.exclude(pk__in=Member.objects.exclude(account__in=[one, other]).values("conversation"))
    return known.first()


def keyring_of(account: Account) -> Keyring | None:
    """Somebody's keys as the server knows them."""
    return Keyring.objects.filter(account=account).first()


def log_of(keyring: Keyring) -> list[dict[str, str]]:
    """The log of somebody's public keys, first to last, as browsers check it."""
    return [
        {
            "document": one.document,
            "signature": one.signature,
            "endorsement": one.endorsement,
            "at": one.made_at.isoformat(),
        }
        for one in keyring.entries.all()
    ]


def keyring_state(account: Account) -> dict[str, Any]:
    """What a browser needs to make or open its owner's keys."""
    keyring = keyring_of(account)
    if keyring is None:
        return {"me": "", "log": [], "vault": "", "ways": []}
    ways = [
        {"id": one.pk, "kind": one.kind, "sealed": one.sealed, "hint": one.hint}
        for one in keyring.wraps.all()
    ]
    return {"me": keyring.public_id, "log": log_of(keyring), "vault": keyring.vault, "ways": ways}


def own_wrap(account: Account, number: int) -> Wrap | None:
    """One of the ways the account opens its keys."""
    return Wrap.objects.filter(keyring__account=account, pk=number).select_related("keyring").first()


def talks_of(account: Account) -> QuerySet[Member]:
    """The account's part in each of its conversations, what moved last first; not those it left."""
    mine = Member.objects.filter(account=account, state__in=["in", "invited"])
    related = mine.select_related("conversation__collective").prefetch_related(
        "conversation__members__account__identities"
    )
    return related.order_by("-conversation__last_at", "-pk")


def unread(account: Account) -> int:
    """How many conversations hold something new, or wait for the account's answer."""
    mine = Member.objects.filter(account=account)
    new = Q(state="in", conversation__length__gt=F("read_to")) | Q(state="invited")
    return mine.filter(new).count()


def member_of(account: Account, public_id: str) -> Member | None:
    """The account's part in a conversation it takes part in or was asked to."""
    mine = Member.objects.filter(account=account, state__in=["in", "invited"])
    return mine.filter(conversation__public_id=public_id).select_related("conversation__collective").first()


def in_touch(member: Member) -> bool:
    """Whether nobody of the conversation keeps apart from this member."""
    conversation = member.conversation
    others = [one.account for one in conversation.members.filter(state="in").exclude(pk=member.pk)]
    return not any(apart(member.account, other, conversation.collective) for other in others)


def members_state(conversation: Conversation) -> list[dict[str, Any]]:
    """Everybody who takes or took part, with the log of their keys."""
    rings = conversation.keyrings.select_related("account").prefetch_related("entries").order_by("pk")
    here = set(conversation.members.filter(state="in").values_list("account", flat=True))
    return [
        {
            "id": one.public_id,
            "name": shown_name(one.account) if one.account else _("Somebody who left this site"),
            "here": one.account_id in here,
            "log": log_of(one),
        }
        for one in rings
    ]


def messages_after(conversation: Conversation, number: int) -> list[dict[str, Any]]:
    """The sealed messages after a place, so many at once, oldest first."""
    found: QuerySet[Message] = conversation.messages.filter(number__gt=number)[:AT_ONCE]
    return [
        {
            "number": one.number,
            "sender": one.sender_key,
            "sealed": base64.b64encode(bytes(one.sealed)).decode() if one.erased_at is None else "",
            "digest": one.digest,
            "at": one.sent_at.isoformat(),
        }
        for one in found
    ]


def file_of(conversation: Conversation, public_id: str) -> File | None:
    """A sealed file of a conversation."""
    return conversation.files.filter(public_id=public_id).first()


def ways_out(account: Account, conversation: Conversation) -> list[Identity]:
    """The others' accounts on networks: where one writes to them without this page."""
    others = conversation.members.filter(state__in=["in", "invited"]).exclude(account=account)
    return list(Identity.objects.filter(account__in=others.values("account")).order_by("pk")[:10])


def reports_waiting(collective: Collective) -> QuerySet[Report]:
    """Reports an animator has to look at, oldest first."""
    waiting = Report.objects.filter(conversation__collective=collective, closed_at=None)
    return waiting.select_related("by", "about").order_by("made_at", "pk")
