"""Signing in on one's own server: sent there, come back, kept."""

import json
from collections.abc import Iterator, Mapping, MutableMapping

from django.conf import settings
from django.db import transaction

from colibri.common.sealing import seal, unseal
from colibri.networks import registry
from colibri.networks.base import Grant, OAuth
from colibri.networks.errors import Refused
from colibri.people.actions.identities import NotYours, keep_identity, recognise
from colibri.people.models import Account, Collective, Identity, ServerApp

__all__ = ["begin_sign_in", "finish_sign_in", "keep_grant"]


class _ServerApps(MutableMapping[str, dict[str, str]]):
    """What servers of one network know of us, as rows."""

    def __init__(self, network: str) -> None:
        self._rows = ServerApp.objects.filter(network=network)
        self._network = network

    def __getitem__(self, server: str) -> dict[str, str]:
        row = self._rows.filter(server=server).first()
        if row is None:
            raise KeyError(server)
        found: dict[str, str] = json.loads(str(row.secret))
        return found

    def __setitem__(self, server: str, known: dict[str, str]) -> None:
        ServerApp.objects.update_or_create(
            network=self._network, server=server, defaults={"secret": json.dumps(known)}
        )

    def __delitem__(self, server: str) -> None:
        self._rows.filter(server=server).delete()

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.values_list("server", flat=True))

    def __len__(self) -> int:
        return self._rows.count()


def begin_sign_in(network: str, who: str, *, as_collective: bool = False) -> Grant:
    """Where to send somebody so that their own server says who they are. Raises `NetworkError`."""
    apps = _ServerApps(network)
    return _oauth(network).begin(
        who, settings.OAUTH_CLIENT, apps, settings.GUARD, as_collective=as_collective
    )


def keep_grant(grant: Grant) -> str:
    """What must be kept until they come back, sealed."""
    return seal(json.dumps(grant.kept)).decode()


def finish_sign_in(
    network: str,
    kept: str,
    answer: Mapping[str, str],
    *,
    account: Account | None,
    collective: Collective | None = None,
) -> tuple[Identity, Account]:
    """They came back: keep their credentials and return who they are here, made known where nobody was.

    `account` is who is signed in here already; for a `collective` they connect its own account, not theirs.
    Raises `NetworkError` where their server does not vouch
    for them, `NotYours` where the identity is somebody else's here or a collective's.
    """
    signed_in = _oauth(network).finish(
        json.loads(unseal(kept.encode())), answer, settings.OAUTH_CLIENT, settings.GUARD
    )
    with transaction.atomic():
        if account is not None and collective is not None:
            return keep_identity(network, signed_in, collective=collective), account
        known = recognise(network, signed_in.address, signed_in.actor)
        owner = account or known.account
        if owner is None and known.collective_id is None:
            owner = Account.objects.create_user(None, name=signed_in.actor.name[:80])
        if owner is None or not owner.is_active:
            raise NotYours(signed_in.actor.handle)
        return keep_identity(network, signed_in, account=owner), owner


def _oauth(network: str) -> OAuth:
    found = registry.oauth(network)
    if found is None:
        raise Refused(f"nobody signs in on a server of {network}")
    return found
