"""Somebody at their own server's sign-in page, without a browser: says yes or no as its script would."""

from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.peers.process import PeerFailed

__all__ = ["answer_at"]

_PREFIX = "/@atproto/oauth-provider/~api"
_PAGE = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "cross-site"}
_SCRIPT = {"sec-fetch-mode": "same-origin", "sec-fetch-dest": "empty", "sec-fetch-site": "same-origin"}


def answer_at(url: str, *, did: str, username: str, password: str, yes: bool = True) -> dict[str, str]:
    """Sign in at the page of a grant, consent or refuse; returns the query its person comes back with."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    cookies: dict[str, str] = {}
    with httpx.Client(timeout=120, trust_env=False) as client:

        def ask(method: str, address: str, headers: dict[str, str], **body: object) -> httpx.Response:
            # The cookies are marked Secure, and this server is reached without TLS.
            sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
            answer = client.request(method, address, headers={**headers, "cookie": sent}, **body)
            for line in answer.headers.get_list("set-cookie"):
                cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
            if answer.status_code >= 400:
                raise PeerFailed(f"{answer.status_code} from {address}: {answer.text[:500]}")
            return answer

        def tell(endpoint: str, **body: object) -> dict[str, object]:
            headers = {**_SCRIPT, "origin": origin, "referer": url, "x-csrf-token": cookies["csrf-token"]}
            return dict(ask("POST", f"{origin}{_PREFIX}/{endpoint}", headers, json=body).json())

        ask("GET", url, _PAGE)
        if not yes:
            said = tell("reject")
        else:
            tell("sign-in", username=username, password=password, remember=True, locale="en")
            said = tell("consent", did=did)
        # The page's script goes there; the server then sends on to the client.
        where = str(said["url"])
        for _ in range(5):
            query = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
            if "state" in query:
                return query
            where = str(ask("GET", where, _PAGE).headers.get("location", ""))
    raise PeerFailed(f"no way back from {url}")
