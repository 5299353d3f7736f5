"""A session on Bluesky: the SDK's client over the guarded transport, its tokens kept and renewed."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
from atproto_client import Client, Session, SessionEvent
from atproto_client.models.dot_dict import DotDict
from atproto_client.request import Request
from atproto_core.exceptions import AtProtocolError

from colibri.networks.base import OnRefresh
from colibri.networks.bluesky.faults import our_errors, xrpc_name
from colibri.networks.errors import NetworkError, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.transport import GuardedTransport

__all__ = ["XrpcSession"]

_JSON = "application/json"
_EXPIRED = {"ExpiredToken", "InvalidToken"}


class XrpcSession:
    """Queries and procedures of one service, signed in or not.

    `credentials` is {"session": …} as `credentials` gives it; `on_refresh` receives the new ones
    each time the tokens change, before they are used: keep them, the old ones die.
    """

    def __init__(
        self,
        service: str,
        guard: Guard,
        credentials: Mapping[str, str] | None = None,
        on_refresh: OnRefresh | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        guard.check(service)
        self._client = Client(
            base_url=service,
            request=Request(
                transport=transport or GuardedTransport(guard),
                max_redirects=guard.max_redirects,
                trust_env=False,
            ),
        )
        self._on_refresh = on_refresh
        self.did = ""
        self._client.on_session_change(self._changed)
        if credentials:
            self._take(credentials)

    @property
    def credentials(self) -> dict[str, str]:
        """What `XrpcSession` takes to be signed in again. Raises `Unauthorised` where nobody is."""
        if not self.did:
            raise Unauthorised("nobody is signed in")
        return {"session": self._client.export_session_string()}

    def log_in(self, handle: str, password: str) -> None:
        """Sign in by handle and app password. Raises `Unauthorised` where they are not good."""
        if not handle or not password:
            raise Unauthorised("a handle and an app password are needed")
        with our_errors("signing in"):
            self._client.login(handle, password, fetch_bsky_profile=False)

    def renew(self) -> None:
        """Change the tokens for new ones; this fails once the app password was revoked."""
        if not self.did:
            raise Unauthorised("nobody is signed in")
        with our_errors("renewing the session"):
            self._client._refresh_and_set_session()

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A query; its answer as plain values, since other people's records may hold anything."""
        return self._call(self._client.invoke_query, method, params=DotDict(parameters))

    def tell(self, method: str, **body: Any) -> dict[str, Any]:
        """A procedure. Raises `Unauthorised` where nobody is signed in."""
        if not self.did:
            raise Unauthorised(f"{method}: nobody is signed in")
        return self._call(self._client.invoke_procedure, method, data=DotDict(body), input_encoding=_JSON)

    def close(self) -> None:
        """Close the kept connections."""
        self._client.request.close()

    def _call(self, invoke: Callable[..., Any], method: str, **what: Any) -> dict[str, Any]:
        try:
            with our_errors(method):
                answer = invoke(method, **what)
        except NetworkError as fault:
            # The clocks differ, or the server ended the token before its time.
            if not self.did or xrpc_name(fault.__cause__ or fault) not in _EXPIRED:
                raise
            self.renew()
            with our_errors(method):
                answer = invoke(method, **what)
        if isinstance(answer.content, dict):
            return answer.content
        if not answer.content:
            return {}
        raise Refused(f"{method}: an answer that is no JSON object")

    def _take(self, credentials: Mapping[str, str]) -> None:
        try:
            self._client.login(session_string=credentials["session"], fetch_bsky_profile=False)
            # A token is read when it is used: better now.
            self._client._should_refresh_session()
        except (AtProtocolError, KeyError, ValueError, TypeError) as fault:
            raise Unauthorised("these are no credentials") from fault

    def _changed(self, event: SessionEvent, session: Session) -> None:
        self.did = session.did
        if event is SessionEvent.REFRESH and self._on_refresh is not None:
            self._on_refresh({"session": session.export()})
