"""Signed requests to other servers: documents fetched, activities delivered, handles looked up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin

import httpx

from colibri.networks.activitypub.proving import CAVAGE, RFC9421, sign
from colibri.networks.activitypub.reading import Document, Unreadable, id_of, read_document, same_host
from colibri.networks.activitypub.signatures import Key, Request
from colibri.networks.activitypub.webfinger import actor_link
from colibri.networks.errors import Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.transport import GuardedTransport, error_for_status

__all__ = ["ACTIVITY_JSON", "Asker"]

ACTIVITY_JSON = "application/activity+json"
_LD_JSON = "application/ld+json"
_PROFILE = "https://www.w3.org/ns/activitystreams"
_ACCEPT = f'{ACTIVITY_JSON}, {_LD_JSON}; profile="{_PROFILE}"'
_REDIRECTS = 3
_DOUBTING = {400, 401, 403}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: with what key, under which rules.

    Every method may raise the errors of `networks.errors` and nothing else.
    """

    guard: Guard
    key: Key | None = None

    def document(self, url: str) -> Document:
        """The document that lives at this very id: the answer's own id must be on the same server.

        A document that names another id of that server is fetched from there once; then it must agree.
        """
        found = self._document(url)
        named = id_of(found)
        if named == url:
            return found
        if not same_host(named, url):
            raise Refused(f"{url!r} names itself {named!r}")
        found = self._document(named)
        if id_of(found) != named:
            raise Refused(f"{named!r} names itself {id_of(found)!r}")
        return found

    def deliver(self, inbox: str, body: bytes) -> None:
        """Post an activity; a peer that refuses the first kind of signature and offers RFC 9421 gets it."""
        answer = self._send("POST", inbox, body, CAVAGE)
        if answer.status_code in _DOUBTING and "accept-signature" in answer.headers:
            answer = self._send("POST", inbox, body, RFC9421)
        if answer.status_code == 401:
            raise Refused(f"401 from {inbox}: our signature is not accepted")
        if answer.status_code >= 300:
            raise error_for_status(answer.status_code, answer.headers, inbox)

    def look_up(self, handle: str) -> str:
        """The actor id behind user@host, asked by WebFinger."""
        _user, _at, host = handle.rpartition("@")
        scheme = "http" if self.guard.allows(self.guard.check(f"https://{host}/")) else "https"
        query = urlencode({"resource": f"acct:{handle}"})
        url = f"{scheme}://{host}/.well-known/webfinger?{query}"
        answer = self._get(url, "application/jrd+json, application/json")
        return actor_link(self._read(answer, url))

    def _document(self, url: str) -> Document:
        answer = self._get(url, _ACCEPT)
        kind, _, parameters = answer.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        if kind != ACTIVITY_JSON and not (kind == _LD_JSON and _PROFILE in parameters):
            raise Refused(f"{url!r} is {kind[:80]!r}, not an activity")
        return self._read(answer, url)

    def _read(self, answer: httpx.Response, url: str) -> Document:
        try:
            return read_document(answer.content)
        except Unreadable as fault:
            raise Refused(f"{url!r}: {fault}") from fault

    def _get(self, url: str, accept: str) -> httpx.Response:
        # Redirects are followed by hand, on the same server only: each needs a signature of its own.
        here = url
        for _hop in range(_REDIRECTS + 1):
            answer = self._send("GET", here, None, CAVAGE, accept)
            if answer.status_code in _DOUBTING and "accept-signature" in answer.headers and self.key:
                answer = self._send("GET", here, None, RFC9421, accept)
            if not answer.has_redirect_location:
                break
            here = urljoin(here, answer.headers["location"])
            if accept == _ACCEPT and not same_host(url, here):
                raise Refused(f"{url!r} leads to another server")
        else:
            raise Refused(f"too many redirects from {url!r}")
        if answer.status_code >= 400:
            error = error_for_status(answer.status_code, answer.headers, url)
            raise Refused(str(error)) if isinstance(error, Unauthorised) else error
        return answer

    def _send(self, method: str, url: str, body: bytes | None, kind: str, accept: str = "") -> httpx.Response:
        self.guard.check(url)
        headers = {"accept": accept} if accept else {"content-type": ACTIVITY_JSON}
        if self.key is not None:
            request = Request(method, str(httpx.URL(url)), headers, body)
            headers = sign(request, self.key, now=datetime.now(UTC), kind=kind)
        transport = GuardedTransport(self.guard)
        with httpx.Client(transport=transport, follow_redirects=False, trust_env=False) as client:
            try:
                return client.request(method, url, headers=headers, content=body)
            except (httpx.RequestError, httpx.InvalidURL) as fault:
                raise Refused(f"no sound answer from {url!r} ({fault!r})") from fault
