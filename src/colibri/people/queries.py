"""Who may do what, and what was agreed."""

from dataclasses import dataclass
from email.utils import parseaddr
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.shortcuts import get_object_or_404

from colibri.networks import registry
from colibri.networks.jose import Key
from colibri.networks.registry import CAPABILITIES
from colibri.networks.webpush import Sender
from colibri.people.models import Account, Block, Collective, Consent, Device, Identity, NoticeOff, Role

__all__ = [
    "Apart",
    "Known",
    "account_of",
    "account_of_link",
    "accounts_of",
    "animators_of",
    "blocks_of",
    "clocks_of",
    "collective_animated",
    "collective_identity",
    "collective_run",
    "collectives_of",
    "consents_of",
    "devices_of",
    "has_role",
    "identities_of",
    "identity_at",
    "identity_named",
    "kept_apart",
    "may_act",
    "memory_server",
    "networks_known",
    "networks_offered",
    "networks_to_sign_in",
    "notices_of",
    "owners_of",
    "push_sender",
    "standing_consents",
    "veiled",
    "wants_notice",
]


def has_role(account: AbstractBaseUser | AnonymousUser, collective: Collective, kind: str) -> bool:
    """Whether the account holds this role today. Operators hold every role, visitors none."""
    if not isinstance(account, Account) or not account.is_active:
        return False
    return (
        account.is_superuser
        or Role.objects.filter(account=account, collective=collective, kind=kind, until=None).exists()
    )


def collectives_of(account: Account, kind: str) -> QuerySet[Collective]:
    """The collectives in which the account holds this role."""
    return Collective.objects.filter(roles__account=account, roles__kind=kind, roles__until=None).distinct()


def account_of(user: AbstractBaseUser | AnonymousUser) -> Account:
    """The account a request comes from, where the page is for people who signed in.

    Raises `PermissionDenied` for anybody else.
    """
    if not isinstance(user, Account):
        raise PermissionDenied
    return user


def collective_run(account: AbstractBaseUser | AnonymousUser, slug: str) -> Collective | None:
    """The collective of this name, where this person is one of its animators."""
    found = Collective.objects.filter(slug=slug).first() if slug else None
    return found if found is not None and has_role(account, found, "animator") else None


def collective_animated(account: AbstractBaseUser | AnonymousUser, slug: str) -> Collective:
    """The collective of this name, for its animators. Raises `Http404`, or `PermissionDenied`."""
    collective = get_object_or_404(Collective, slug=slug)
    if not has_role(account, collective, "animator"):
        raise PermissionDenied
    return collective


def veiled(email: str | None) -> str:
    """An address one can tell from others without learning it: l…@example.org."""
    name, _at, host = (email or "").partition("@")
    return f"{name[:1]}…@{host}" if host else "…"


def animators_of(collective: Collective) -> QuerySet[Role]:
    """Who animates a collective today, longest first."""
    standing = Role.objects.filter(collective=collective, kind="animator", until=None)
    return standing.select_related("account", "collective").order_by("since", "pk")


def owners_of(identity: Identity) -> QuerySet[Account]:
    """Who looks after an account on a network: the person, or a collective's animators."""
    if identity.collective is None:
        return Account.objects.filter(identities=identity)
    return Account.objects.filter(roles__in=animators_of(identity.collective)).distinct()


def standing_consents(
    collective: Collective, purpose: str, *, account: Account | None, identity: Identity | None
) -> QuerySet[Consent]:
    """Consents for this purpose that were not withdrawn, of the person by account or identity."""
    who = Q(pk__in=[])
    if account is not None:
        who |= Q(account=account) | Q(identity__account=account)
    if identity is not None:
        who |= Q(identity=identity)
    return Consent.objects.filter(who, collective=collective, purpose=purpose, withdrawn_at=None)


def may_act(
    collective: Collective, purpose: str, *, account: Account | None, identity: Identity | None
) -> bool:
    """Whether the person agreed to this and still does; nobody acts for who is shut out."""
    agreed = standing_consents(collective, purpose, account=account, identity=identity)
    agreed = agreed.exclude(account__is_active=False).exclude(identity__account__is_active=False)
    return (account is None or account.is_active) and agreed.exists()


def collective_identity(collective: Collective, network: str) -> Identity | None:
    """The collective's own connected account on a network."""
    return Identity.objects.filter(
        collective=collective, network=network, refused_at=None, credential__isnull=False
    ).first()


def identity_at(collective: Collective, network: str, server: str) -> Identity | None:
    """The collective's own connected account on exactly this server, none where that is the whole network."""
    if not server:
        return None
    own = Identity.objects.filter(collective=collective, network=network, server=server, refused_at=None)
    return own.filter(credential__isnull=False).select_related("credential").first()


def wants_notice(account: Account, kind: str, way: str = "mail") -> bool:
    """Whether the account can be told this way, and still wants this kind of news by it."""
    if not account.is_active or not (account.email if way == "mail" else account.devices.exists()):
        return False
    return not NoticeOff.objects.filter(account=account, kind=kind, way=way).exists()


def clocks_of(account: Account) -> ZoneInfo:
    """The clocks the account lives by, those of this site where they chose none."""
    return ZoneInfo(account.time_zone if account.time_zone in available_timezones() else settings.TIME_ZONE)


def devices_of(account: Account) -> QuerySet[Device]:
    """The browsers the account asked to be told in, oldest first."""
    return account.devices.order_by("since", "pk")


def push_sender() -> Sender:
    """Who pushes come from: a key that follows from the installation's, and the address mails come from."""
    key = Key.derived(settings.PUSH_SECRET, "web push")
    return Sender(key, f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")


Known = tuple[int | None, int | None]
"""Somebody by identity, by account, or by both."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Who keeps apart from whom in one collective: (blocking account or None for all of it, kind, number)."""

    pairs: frozenset[tuple[int | None, str, int]]
    spoken_of: frozenset[tuple[str, int]]

    def unwelcome(self, someone: Known) -> bool:
        """Whether the whole collective wants nothing to do with them, or this site has shut them out."""
        return self._blocks(None, someone)

    def between(self, one: Known, other: Known) -> bool:
        """Whether one of them keeps apart from the other, or either is unwelcome."""
        if not self.pairs:
            return False
        each = self._blocks(one[1], other) if one[1] else False
        back = self._blocks(other[1], one) if other[1] else False
        return each or back or self.unwelcome(one) or self.unwelcome(other)

    def concerns(self, someone: Known) -> bool:
        """Whether anything here speaks of them, as who blocks or is blocked: of most people nothing does."""
        identity, account = someone
        return ("identity", identity) in self.spoken_of or ("account", account) in self.spoken_of

    def _blocks(self, blocker: int | None, someone: Known) -> bool:
        identity, account = someone
        by_identity = identity is not None and (blocker, "identity", identity) in self.pairs
        return by_identity or (account is not None and (blocker, "account", account) in self.pairs)


def kept_apart(collective: Collective | int) -> Apart:
    """Everybody who keeps apart from somebody in a collective."""
    blocks = Block.objects.filter(collective=collective).values_list("account", "identity", "person")
    nobody = Value(None, output_field=BigIntegerField())
    shut_out = Account.objects.filter(is_active=False).values_list(nobody, "identities", "pk")
    rows = list(blocks.union(shut_out, all=True))
    pairs: set[tuple[int | None, str, int]] = {
        (who, "identity", identity) for who, identity, _person in rows if identity is not None
    }
    pairs |= {(who, "account", person) for who, _identity, person in rows if person is not None}
    blockers = {("account", who) for who, _kind, _number in pairs if who is not None}
    return Apart(frozenset(pairs), frozenset(blockers | {(kind, number) for _who, kind, number in pairs}))


def blocks_of(account: Account) -> QuerySet[Block]:
    """Whom the account blocked, newest first."""
    return Block.objects.filter(account=account).select_related("collective", "identity").order_by("-since")


def accounts_of(collective: Collective) -> QuerySet[Identity]:
    """The collective's own accounts on networks, with what shows whether each is connected."""
    return Identity.objects.filter(collective=collective).select_related("credential").order_by("pk")


def consents_of(account: Account) -> QuerySet[Consent]:
    """Every yes the account ever gave, by account or identity, newest first, withdrawn ones too."""
    own = Consent.objects.filter(Q(account=account) | Q(identity__account=account))
    return own.select_related("collective", "identity").order_by("-given_at", "-pk")


def identities_of(account: Account) -> QuerySet[Identity]:
    """The account's identities, with what shows whether each is connected."""
    return Identity.objects.filter(account=account).select_related("credential").order_by("pk")


def identity_named(network: str, handle: str) -> Identity | None:
    """The identity people read by this handle, where Colibri knows it."""
    return Identity.objects.filter(network=network, handle__iexact=handle.strip().removeprefix("@")).first()


def notices_of(account: Account) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Each kind of news with its name, and of each way (its key, its name) whether the account wants it so.

    Devices are a way only for those who have one.
    """
    off = set(NoticeOff.objects.filter(account=account).values_list("kind", "way"))
    shown = ("mail", "push") if account.devices.exists() else ("mail",)
    ways = [(way, str(label)) for way, label in NoticeOff.WAYS if way in shown]
    return [
        (kind, str(label), [(way, words, (kind, way) not in off) for way, words in ways])
        for kind, label in NoticeOff.KINDS
    ]


def networks_known() -> list[tuple[str, str]]:
    """Every network people here may meet: the one in memory only in the demonstration."""
    return [(name, known.label) for name, known in CAPABILITIES.items() if name != "memory" or settings.DEMO]


def networks_to_sign_in() -> list[tuple[str, str]]:
    """Networks whose people say on their own server who they are."""
    return [(name, known.label) for name, known in CAPABILITIES.items() if registry.oauth(name)]


def networks_offered() -> list[tuple[str, str]]:
    """Networks on which an account can be connected by a secret typed here."""
    return [(name, label) for name, label in networks_known() if registry.takes_secret(name)]


def memory_server() -> str:
    """Where the demonstration's network lives: nobody types an address of this machine."""
    known = Identity.objects.filter(network="memory").exclude(server="").values_list("server", flat=True)
    return known.first() or ""


def account_of_link(subject: str) -> Account | None:
    """The account a signed link speaks of, where it can still sign in."""
    return Account.objects.filter(pk=subject, is_active=True).first()
