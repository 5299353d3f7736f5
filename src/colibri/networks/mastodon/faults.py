"""What Mastodon.py and `requests` raise, as one of our four errors."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import requests
from mastodon import errors as sdk

from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised
from colibri.networks.transport import error_for_status

__all__ = ["our_error", "our_errors", "pause_asked"]

# A server answers 403 where the owner has to act, too: only its words tell.
_NOT_SIGNED_IN_WORDS = ("outside the authorized scopes", "login is currently disabled", "insufficient_scope")
_WRONG_REQUESTS = (
    requests.exceptions.TooManyRedirects,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.UnrewindableBodyError,
    requests.exceptions.JSONDecodeError,
)
_LONGEST_PAUSE = 3600.0
_ODD_ANSWERS = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, AssertionError,
                OverflowError)  # fmt: skip


@contextmanager
def our_errors(what: str, headers: Mapping[str, str] | None = None) -> Iterator[None]:
    """Let nothing but the errors of `networks.errors` out of a call to the SDK.

    `headers` are those of the last answer, filled in meanwhile: they say how long to wait.
    """
    try:
        yield
    except NetworkError:
        raise
    except (sdk.MastodonError, requests.RequestException, httpx.HTTPError, httpx.InvalidURL) as fault:
        raise our_error(fault, what, headers or {}, datetime.now(UTC)) from fault
    except _ODD_ANSWERS as fault:
        raise our_error(fault, what, headers or {}, datetime.now(UTC)) from fault


def our_error(
    fault: BaseException, what: str, headers: Mapping[str, str] | None = None, now: datetime | None = None
) -> NetworkError:
    """The one of our errors that stands for a fault of the SDK or of what lies below it."""
    message = f"{what}: {type(fault).__name__} {fault}"
    if isinstance(fault, sdk.MastodonNetworkError):
        # It hides what really happened, which is often an error of ours.
        below = fault.__context__
        if isinstance(below, NetworkError):
            return below
        return Refused(message) if isinstance(below, _WRONG_REQUESTS) else Retryable(message)
    if isinstance(fault, sdk.MastodonRatelimitError):
        return Retryable(message, after=pause_asked(headers or {}, now or datetime.now(UTC)))
    if isinstance(fault, sdk.MastodonAPIError):
        return _from_answer(fault, message, headers or {}, now or datetime.now(UTC))
    if isinstance(fault, (*_WRONG_REQUESTS, httpx.InvalidURL, httpx.TooManyRedirects)):
        return Refused(message)
    if isinstance(fault, requests.RequestException | httpx.HTTPError):
        return Retryable(message)
    # What is left is an answer that is not what the protocol says: it will not be another one next time.
    return Refused(message)


def pause_asked(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long, in seconds, a server asks to be left alone; None where it does not say."""
    said = {name.lower(): value for name, value in headers.items()}
    fault = error_for_status(429, said, "")
    if isinstance(fault, Retryable) and fault.after is not None:
        return min(fault.after, _LONGEST_PAUSE)
    reset = said.get("x-ratelimit-reset", "")
    try:
        # Mastodon says a moment, GoToSocial a number of seconds since 1970.
        if reset.isascii() and reset.isdigit():
            at = datetime.fromtimestamp(int(reset), UTC)
        else:
            at = datetime.fromisoformat(reset)
            at = at.replace(tzinfo=at.tzinfo or UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return min(max(0.0, (at - now).total_seconds()), _LONGEST_PAUSE)


def _from_answer(
    fault: sdk.MastodonAPIError, message: str, headers: Mapping[str, str], now: datetime
) -> NetworkError:
    status = fault.args[1] if len(fault.args) > 1 and isinstance(fault.args[1], int) else 0
    if isinstance(fault, sdk.MastodonNotFoundError) or status in (404, 410):
        return Gone(message)
    words = message.casefold()
    if isinstance(fault, sdk.MastodonUnauthorizedError) or status == 401:
        return Unauthorised(message)
    if status == 403 and any(phrase in words for phrase in _NOT_SIGNED_IN_WORDS):
        return Unauthorised(message)
    if status in (408, 409, 425) or (isinstance(fault, sdk.MastodonServerError) and status != 501):
        return Retryable(message, after=pause_asked(headers, now) if status == 503 else None)
    if status > 511:  # a proxy's own numbers
        return Retryable(message)
    return Refused(message)
