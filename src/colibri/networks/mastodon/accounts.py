"""Who is who on one server: accounts found by handle or actor URI, each under one identifier everywhere."""

from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import unquote

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Gone, NetworkError, Refused, Unauthorised
from colibri.networks.items import Actor
from colibri.networks.mastodon.entities import (
    Entity,
    account_name,
    account_uri,
    actor_from_account,
    entities,
    handle_of,
    local_id,
    text_of,
)
from colibri.networks.mastodon.servers import Names, authority_of
from colibri.networks.mastodon.session import ApiSession
from colibri.networks.plain import address_parts

__all__ = ["Accounts"]

_REMEMBERED = 5000


class Accounts:
    """The accounts a server knows, as its API tells of them."""

    def __init__(self, session: ApiSession, names: Names) -> None:
        self._session = session
        self._names = names
        self._ids: OrderedDict[str, str] = OrderedDict()
        self._own: Entity | None = None

    def own(self, *, fresh: bool = False) -> Entity:
        """The account signed in. Raises `Unauthorised` where nobody is."""
        if not self._session.token:
            raise Unauthorised("nobody is signed in")
        if self._own is None or fresh:
            self._own = self._session.one("account_verify_credentials")
        return self._own

    def own_actor(self) -> Actor:
        """The actor signed in, freshly asked.

        Raises `Unauthorised` where the server says that its visitor lives elsewhere: any server can.
        """
        account = self.own(fresh=True)
        here = authority_of(self._session.origin)
        handle = handle_of({**account, "acct": account.get("username")}, self._session.about.domain)
        actor_id = account_uri(account) or self._names.actor_of(handle)
        elsewhere = handle.partition("@")[2] != here and self._names.actor_of(handle) != actor_id
        if authority_of(actor_id) != here or elsewhere:
            raise Unauthorised(f"{here} signs somebody in as {handle}, {actor_id}, who is another")
        self._remember(actor_id, account)
        return actor_from_account({**account, "acct": handle}, actor_id=actor_id, domain="")

    def actor(self, account: Entity) -> Actor:
        """An account as an actor.

        Its identifier is the actor URI, asked by WebFinger where the server does not tell it; where nobody
        tells, it is the address of the profile, and the person another one than elsewhere.
        """
        domain = self._session.about.domain
        actor_id = account_uri(account)
        if not actor_id:
            handle = handle_of(account, domain)
            actor_id = self._names.known(handle) or text_of(account.get("url")) or f"acct:{handle}"
        self._remember(actor_id, account)
        return actor_from_account(account, actor_id=actor_id, domain=domain)

    def actors(self, accounts: list[Entity]) -> tuple[Actor, ...]:
        """Accounts as actors; one without a name is left out, for it is nobody."""
        return tuple(self.actor(account) for account in accounts if account_name(account))

    def find(self, id_or_handle: str) -> Entity:
        """An account by its actor URI or handle. Raises `Gone` where the server finds none."""
        wanted = id_or_handle.strip().removeprefix("@")
        by_uri = "://" in wanted
        steps: list[Callable[[], Entity]] = [
            lambda: self._here(wanted) if by_uri else self._looked_up(wanted)
        ]
        steps.append(lambda: self._searched(wanted, by_uri=by_uri))
        fault: NetworkError = Gone(f"no account {wanted!r} on {self._session.origin}")
        for step in steps:
            try:
                return step()
            except Forbidden:
                raise
            except (Gone, Refused):
                continue
            except Unauthorised as closed:
                if self._session.token:
                    raise
                # What an anonymous visitor may ask differs from one server and one question to the next.
                fault = closed
        raise fault

    def local(self, actor_id: str) -> str:
        """What the server itself calls an actor."""
        if actor_id not in self._ids:
            found = self.find(actor_id)
            self._remember(actor_id, found)
        return self._ids[actor_id]

    def _looked_up(self, handle: str) -> Entity:
        name, _, host = handle.partition("@")
        here = host in ("", self._session.about.domain, authority_of(self._session.origin))
        found = self._session.one("account_lookup", name if here else handle)
        if account_name(found).partition("@")[0].lower() != name.lower():
            raise Gone(f"{self._session.origin} answers with another than {handle}")
        return found

    def _here(self, uri: str) -> Entity:
        """By the name or number in the URI of an account of this very server."""
        if authority_of(uri) != authority_of(self._session.origin):
            raise Gone(f"{uri} is not of {self._session.origin}")
        last = unquote(address_parts(uri).path.rstrip("/").rpartition("/")[2]).removeprefix("@")
        if "/ap/users/" in uri:
            found = self._session.one("account", last)
        else:
            found = self.own() if self._own and account_name(self._own) == last else self._looked_up(last)
        return self._same(found, uri)

    def _searched(self, wanted: str, *, by_uri: bool) -> Entity:
        # Only who is signed in may have a server look elsewhere.
        answer = self._session.one(
            "search_v2",
            wanted,
            resolve=bool(self._session.token),
            result_type="accounts",
            exclude_unreviewed=False,
        )
        for account in entities(answer.get("accounts"), "search"):
            if by_uri:
                try:
                    return self._same(account, wanted)
                except Gone:
                    continue
            if handle_of(account, self._session.about.domain).lower() == wanted.lower():
                return account
        raise Gone(f"no account {wanted!r} on {self._session.origin}")

    def _same(self, account: Entity, uri: str) -> Entity:
        """The account if it is the one of this URI (the address of its profile will do). Raises `Gone`."""
        known = {account_uri(account), text_of(account.get("url"))}
        if uri not in known and self._names.known(handle_of(account, self._session.about.domain)) != uri:
            raise Gone(f"{uri} is another account")
        return account

    def _remember(self, actor_id: str, account: Entity) -> None:
        self._ids[actor_id] = local_id(account)
        self._ids.move_to_end(actor_id)
        if len(self._ids) > _REMEMBERED:
            self._ids.popitem(last=False)
