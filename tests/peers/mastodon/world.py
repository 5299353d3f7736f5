"""What a stand-in server knows: accounts, statuses, follows, programs, tokens, and a log of every write."""

import itertools
import queue
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.peers.mastodon.flavours import Flavour

__all__ = ["Account", "Fault", "Status", "Token", "World"]

HASHTAG = re.compile(r"(?<![\w/])#(\w+)")
MENTION = re.compile(r"(?<![\w/])@([\w.-]+)(?:@([\w.:-]+\w))?")


@dataclass(eq=False, slots=True)
class Account:
    """Somebody, on their own server."""

    home: "World" = field(repr=False)
    user: str
    name: str = ""
    note: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    followers: list["Account"] = field(default_factory=list, repr=False)
    numeric: bool = False  # an actor URI without the name

    @property
    def handle(self) -> str:
        return f"{self.user}@{self.home.authority}"

    @property
    def uri(self) -> str:
        last = f"ap/users/{self.home.id_of_account(self)}" if self.numeric else f"users/{self.user}"
        return f"{self.home.origin}/{last}"

    @property
    def url(self) -> str:
        return f"{self.home.origin}/@{self.user}"


@dataclass(eq=False, slots=True)
class Status:
    """A post or a boost."""

    uri: str
    author: Account
    text: str
    visibility: str
    created: datetime
    answers: "Status | None" = None
    reblog: "Status | None" = None
    edited: datetime | None = None
    deleted: bool = False
    language: str = "fr"
    warning: str = ""
    html: str = ""  # as written by another kind of server
    mentions: list[Account] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        return [] if self.reblog else list(dict.fromkeys(HASHTAG.findall(self.text)))


@dataclass(slots=True)
class Token:
    """Who may do what."""

    account: Account | None
    scopes: frozenset[str]
    client: str = ""
    revoked: bool = False


@dataclass(slots=True)
class Fault:
    """Something that goes wrong when a path is asked for."""

    path: str
    kind: str  # "lost" (done, but never answered), or a status
    times: int


class World:
    """One server; `fediverse` holds every server of one test, by its host."""

    def __init__(self, flavour: Flavour, fediverse: dict[str, "World"]) -> None:
        self.flavour = flavour
        self.fediverse = fediverse
        self.authority = ""
        self.lock = threading.RLock()
        self.accounts: dict[str, Account] = {}
        self.statuses: dict[str, Status] = {}
        self.apps: dict[str, dict[str, str]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, Token] = {}
        self.notices: list[tuple[str, Account, Status]] = []
        self.keys: dict[tuple[str, str], Status] = {}
        self.log: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.faults: list[Fault] = []
        self.tokens_last = 0  # seconds; 0: for ever, as on Mastodon
        self.limit = 300
        self.remaining = 300
        self.reset = datetime.now(UTC) + timedelta(minutes=5)
        self.listeners: list[tuple[str, queue.Queue[tuple[str, object] | None]]] = []
        self.cut_after: int | None = None
        self.deaf_streams = False  # streams stay open and say nothing
        self._count = itertools.count(1)
        self._ids: dict[str, str] = {}

    @property
    def origin(self) -> str:
        return f"http://{self.authority}"

    def open_account(self, user: str, **more: object) -> Account:
        account = Account(self, user, **more)
        with self.lock:
            self.id_of_account(account)
        return account

    def id_of_account(self, account: Account) -> str:
        """What this server calls somebody, who is known here from now on."""
        with self.lock:
            for name, known in self.accounts.items():
                if known is account:
                    return name
            name = self._name(datetime(2026, 1, 1, tzinfo=UTC))
            self.accounts[name] = account
            return name

    def id_of(self, status: Status) -> str:
        """What this server calls a status, which is known here from now on."""
        with self.lock:
            if status.uri not in self._ids:
                name = self._name(status.created)
                self._ids[status.uri] = name
                self.statuses[name] = status
            return self._ids[status.uri]

    def knows(self, status: Status) -> bool:
        return status.uri in self._ids

    def find_account(self, handle: str) -> Account | None:
        user, _, host = handle.removeprefix("@").partition("@")
        world = self.fediverse.get(host or self.authority)
        for account in world.accounts.values() if world else ():
            if account.home is world and account.user.lower() == user.lower():
                return account
        return None

    def follow(self, follower: Account, followed: Account) -> None:
        self.id_of_account(follower)
        followed.followers.append(follower)

    def post(
        self,
        author: Account,
        text: str,
        *,
        visibility: str = "public",
        answers: Status | None = None,
        at: datetime | None = None,
        **more: object,
    ) -> Status:
        """Write on the author's server; every server of the fediverse that is told hears of it."""
        with self.lock:
            created = at or datetime.now(UTC)
            local = self._name(created)
            status = Status(
                f"{self.origin}/users/{author.user}/statuses/{local}", author, text, visibility, created,
                answers, **more,
            )  # fmt: skip
            self._ids[status.uri] = local
            self.statuses[local] = status
            found = (
                self.find_account(f"{user}@{host}" if host else user) for user, host in MENTION.findall(text)
            )
            status.mentions = [account for account in found if account]
            self.log.append(("post", status.uri))
        self._tell("update", status)
        for account in status.mentions:
            account.home.notice(account, status)
        return status

    def boost(self, author: Account, status: Status) -> Status:
        with self.lock:
            standing = self.boost_of(author, status)
            if standing:
                return standing
            made = self.post(author, "", reblog=status)
            self.log[-1] = ("boost", status.uri)
            return made

    def boost_of(self, author: Account, status: Status) -> Status | None:
        for one in list(self.statuses.values()):
            if one.reblog is status and one.author is author and not one.deleted:
                return one
        return None

    def edit(self, status: Status, text: str) -> None:
        status.text, status.edited = text, datetime.now(UTC)
        self.log.append(("edit", status.uri))
        self._tell("status.update", status)

    def delete(self, status: Status) -> None:
        status.deleted = True
        self.log.append(("undo" if status.reblog else "delete", (status.reblog or status).uri))
        self._tell("delete", status)

    def notice(self, account: Account, status: Status) -> None:
        with self.lock:
            self.id_of(status)
            self.notices.append((self._name(datetime.now(UTC)), account, status))

    def federate(self, status: Status, *, told: bool = True) -> None:
        """Another server's status arrives here."""
        self.id_of(status)
        if told:
            self._say("update", status)

    def token_of(self, account: Account, *scopes: str) -> str:
        token = secrets.token_urlsafe(24)
        self.tokens[token] = Token(account, frozenset(scopes or ("read", "write")))
        return token

    def revoke(self, account: Account) -> None:
        for token in self.tokens.values():
            if token.account is account:
                token.revoked = True

    def fail(self, path: str, kind: str, times: int = 1) -> None:
        """From now on, whoever asks for this path (a regular expression) meets this."""
        self.faults.append(Fault(path, kind, times))

    def fault_at(self, path: str) -> str:
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and re.search(fault.path, path):
                    fault.times -= 1
                    return fault.kind
        return ""

    def listen(self, tag: str) -> queue.Queue[tuple[str, object] | None]:
        heard: queue.Queue[tuple[str, object] | None] = queue.Queue()
        with self.lock:
            self.listeners.append((tag.lower(), heard))
        return heard

    def cut_streams(self) -> None:
        with self.lock:
            for _, heard in self.listeners:
                heard.put(None)
            self.listeners.clear()

    def timeline(self, allowed: Callable[[Status], bool]) -> list[tuple[str, Status]]:
        """(local name, status) of what stands, newest first."""
        with self.lock:
            names = sorted(self.statuses, key=lambda name: (len(name), name), reverse=True)
            found = [(name, self.statuses[name]) for name in names]
        return [(name, one) for name, one in found if not one.deleted and allowed(one)]

    def _tell(self, kind: str, status: Status) -> None:
        for world in self.fediverse.values():
            if world.knows(status):
                world._say(kind, status)

    def _say(self, kind: str, status: Status) -> None:
        if status.reblog or status.visibility != "public" or self.deaf_streams:
            return
        payload: object = self.id_of(status) if kind == "delete" else status
        with self.lock:
            for tag, heard in list(self.listeners):
                if tag in [one.lower() for one in status.tags]:
                    heard.put((kind, payload))
            if self.cut_after is not None:
                self.cut_after -= 1
                if self.cut_after <= 0:
                    self.cut_after = None
                    self.cut_streams()

    def _name(self, at: datetime) -> str:
        count = next(self._count)
        number = int(at.timestamp() * 1000) << 16 | count & 0xFFFF
        return f"01{number:024d}" if self.flavour.ulids else str(number)
