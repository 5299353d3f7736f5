"""The guarded transport for libraries that speak through `requests`."""

from collections.abc import Iterator, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import httpx
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from colibri.networks.guard import Guard
from colibri.networks.transport import GuardedTransport

__all__ = ["GuardedAdapter", "guarded_session"]


class _Raw:
    """The body of an answer as `requests` reads it: in pieces, decompressed and limited already."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer
        self.headers = answer.headers

    def stream(self, amt: int | None = None, decode_content: bool | None = None) -> Iterator[bytes]:
        """The pieces as they come, whatever size is asked for."""
        # The transport decompressed them, and took the header away that would have httpx do it again.
        yield from self._answer.iter_raw()

    def close(self) -> None:
        self._answer.close()

    def release_conn(self) -> None:
        self._answer.close()


class GuardedAdapter(BaseAdapter):
    """What a `requests.Session` is handed in the place of its own adapters.

    Each request goes through `GuardedTransport`, and so does each redirect, for `requests` follows them one
    by one. Proxies, certificates and time limits asked for are not heeded: the guard has its own.
    """

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._transport = GuardedTransport(guard)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one request. Raises the errors of `networks.errors`."""
        asked = httpx.Request(
            request.method or "GET",
            request.url or "",
            headers={name: _text(value) for name, value in request.headers.items()},
            content=_body(request),
        )
        answer = self._transport.handle_request(asked)
        response = requests.Response()
        response.status_code = answer.status_code
        response.headers = CaseInsensitiveDict(answer.headers.items())
        response.encoding = requests.utils.get_encoding_from_headers(response.headers)
        response.reason = answer.reason_phrase
        response.url = str(asked.url)
        response.request = request
        response.raw = _Raw(answer)
        return response

    def close(self) -> None:
        """Nothing: connections are kept for whoever speaks to the same place next."""


def guarded_session(guard: Guard) -> requests.Session:
    """A `requests` session without any way out but the guard, without cookies, proxies or the environment."""
    session = requests.Session()
    session.adapters.clear()
    for scheme in ("https://", "http://"):
        session.mount(scheme, GuardedAdapter(guard))
    session.trust_env = False
    session.max_redirects = guard.max_redirects
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(request: requests.PreparedRequest) -> Any:
    return request.body.encode() if isinstance(request.body, str) else request.body
