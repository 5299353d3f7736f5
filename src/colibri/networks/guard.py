"""The rules every outgoing connection keeps: checked names, checked addresses, limits."""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from colibri.networks.addresses import Forbidden, Target, is_inside, read_url
from colibri.networks.errors import Retryable

__all__ = ["Guard", "resolve"]

Resolver = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address the system knows for a name. Raises `OSError` where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """What an outgoing connection may do; one for the whole program, made from its settings.

    `allow` names places that may be inside ("127.0.0.1:2583", "localhost:*") and may be spoken to
    without TLS: for development, tests and services of one's own. Everything else must be https
    on the public Internet, unless `plain_http`. Times are in seconds, sizes in bytes after
    decompression.
    """

    allow: frozenset[str] = frozenset()
    plain_http: bool = False
    user_agent: str = "Colibri"
    connect_timeout: float = 10.0
    total_timeout: float = 60.0
    max_bytes: int = 16 * 1024 * 1024
    max_redirects: int = 5
    resolver: Resolver = resolve

    def check(self, url: str) -> Target:
        """The target of a URL one may try to reach. Raises `Forbidden` otherwise.

        Names are not resolved here: `connect` checks what they resolve to.
        """
        target = read_url(url)
        if target.scheme in ("http", "ws") and not (self.plain_http or self.allows(target)):
            raise Forbidden(f"not encrypted: {url!r}")
        return target

    def admits(self, url: str) -> bool:
        """Whether a URL somebody types may ever be reached: forms refuse at once what `connect` would."""
        try:
            target = self.check(url)
        except Forbidden:
            return False
        if self.allows(target):
            return True
        try:
            return not is_inside(target.host)
        except ValueError:  # a name
            return "." in target.host.strip(".")

    def allows(self, target: Target) -> bool:
        """Whether the operator named this place as one that may be inside."""
        anywhere = target.authority.rpartition(":")[0] + ":*"
        return target.authority in self.allow or anywhere in self.allow

    def addresses(self, target: Target) -> Sequence[str]:
        """The addresses of a target, all of them checked. Raises `Forbidden` where one is inside."""
        found = self._resolved(target)
        if not found:
            raise Retryable(f"no address for {target.host}")
        if not self.allows(target) and any(is_inside(address) for address in found):
            raise Forbidden(f"{target.host} is inside")
        return found

    def connect(self, target: Target, *, timeout: float | None = None) -> socket.socket:
        """A connection to one of the addresses that were checked; the name is not resolved again."""
        fault: OSError | None = None
        for address in self.addresses(target):
            try:
                return socket.create_connection((address, target.port), timeout or self.connect_timeout)
            except OSError as error:
                fault = error
        raise Retryable(f"{target.authority} cannot be reached ({fault!r})")

    def _resolved(self, target: Target) -> Sequence[str]:
        # The system's resolver knows no time limit and a hostile name server may be slow.
        answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolver(target.host, target.port))
            except (OSError, UnicodeError) as fault:
                answers.put(fault if isinstance(fault, OSError) else OSError(str(fault)))

        threading.Thread(target=ask, daemon=True, name="resolve").start()
        try:
            answer = answers.get(timeout=self.connect_timeout)
        except queue.Empty:
            raise Retryable(f"no name server answers for {target.host}") from None
        if isinstance(answer, OSError):
            raise Retryable(f"no address for {target.host} ({answer})") from answer
        return answer
