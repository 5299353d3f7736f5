"""Who may do what, and what was agreed."""

from django.db.models import Q, QuerySet

from colibri.people.models import Account, Block, Collective, Consent, Identity, NoticeOff, Role

__all__ = [
    "blocked_pairs",
    "collective_identity",
    "collectives_of",
    "has_role",
    "may_act",
    "standing_consents",
    "wants_notice",
]


def has_role(account: Account, collective: Collective, kind: str) -> bool:
    """Whether the account holds this role today. Operators hold every role."""
    if not account.is_authenticated or not account.is_active:
        return False
    return (
        account.is_superuser
        or Role.objects.filter(account=account, collective=collective, kind=kind, until=None).exists()
    )


def collectives_of(account: Account, kind: str) -> QuerySet[Collective]:
    """The collectives in which the account holds this role."""
    return Collective.objects.filter(roles__account=account, roles__kind=kind, roles__until=None).distinct()


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
    """Whether the person agreed to this and still does."""
    return standing_consents(collective, purpose, account=account, identity=identity).exists()


def collective_identity(collective: Collective, network: str) -> Identity | None:
    """The collective's own connected account on a network."""
    return Identity.objects.filter(
        collective=collective, network=network, refused_at=None, credential__isnull=False
    ).first()


def wants_notice(account: Account, kind: str) -> bool:
    """Whether the account still wants this kind of mail."""
    return account.is_active and not NoticeOff.objects.filter(account=account, kind=kind).exists()


def blocked_pairs(collective: Collective) -> set[tuple[int | None, int]]:
    """Who blocked whom, as (account or None for the collective, identity)."""
    return set(Block.objects.filter(collective=collective).values_list("account_id", "identity_id"))
