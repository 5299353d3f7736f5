"""What the SDK raises, as one of our four errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
from atproto_client import exceptions
from atproto_client.exceptions import RequestErrorBase
from atproto_client.models.common import XrpcError
from atproto_core.exceptions import AtProtocolError

from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised

__all__ = ["our_error", "our_errors", "xrpc_name"]

_NOT_SIGNED_IN = {
    "ExpiredToken", "InvalidToken", "AuthMissing", "AuthenticationRequired", "AuthFactorTokenRequired",
    "AccountTakedown", "BadJwt", "BadJwtSignature", "JwtExpired",
}  # fmt: skip
_NOT_THERE = {
    "RecordNotFound", "RepoNotFound", "NotFound", "RepoTakendown", "RepoDeactivated", "RepoSuspended",
    "AccountDeactivated", "BlockedActor", "BlockedByActor",
}  # fmt: skip
# These come as a plain InvalidRequest: only their words tell.
_NOT_THERE_WORDS = (
    "profile not found", "actor not found", "could not find repo", "could not locate record",
    "unable to resolve handle", "could not find user", "account has been suspended",
    "account is deactivated",
)  # fmt: skip


@contextmanager
def our_errors(what: str) -> Iterator[None]:
    """Let nothing but the errors of `networks.errors` out of a call to the SDK."""
    try:
        yield
    except NetworkError:
        raise
    except (AtProtocolError, httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as fault:
        raise our_error(fault, what, datetime.now(UTC)) from fault


def xrpc_name(fault: BaseException) -> str:
    """The short name of an error the server gave, empty where it gave none."""
    content = fault.response.content if isinstance(fault, RequestErrorBase) and fault.response else None
    return str(content.error) if isinstance(content, XrpcError) else ""


def our_error(fault: BaseException, what: str, now: datetime) -> NetworkError:
    """The one of our errors that stands for a fault of the SDK or of what lies below it."""
    message = f"{what}: {type(fault).__name__} {fault}"
    if isinstance(fault, exceptions.LoginRequiredError):
        return Unauthorised(message)
    if isinstance(fault, RequestErrorBase) and fault.response is not None:
        return _from_answer(fault, message, now)
    if isinstance(fault, httpx.TooManyRedirects | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return Refused(message)
    if isinstance(fault, exceptions.NetworkError | httpx.HTTPError):
        return Retryable(message)
    # What is left is an answer that is not what the protocol says: it will not be another one next time.
    return Refused(message)


def _from_answer(fault: RequestErrorBase, message: str, now: datetime) -> NetworkError:
    status = fault.response.status_code
    name = xrpc_name(fault)
    words = message.casefold()
    if status == 429:
        return Retryable(message, after=_pause(fault, now))
    if status == 401 or name in _NOT_SIGNED_IN:
        return Unauthorised(message)
    if name in _NOT_THERE or (status == 400 and any(phrase in words for phrase in _NOT_THERE_WORDS)):
        return Gone(message)
    if (status >= 500 and status != 501) or status in (408, 409):
        return Retryable(message)
    return Refused(message)


def _pause(fault: exceptions.RateLimitExceededError, now: datetime) -> float | None:
    if fault.retry_after is not None:
        return float(fault.retry_after)
    if fault.reset_at is not None:
        return max(0.0, float((fault.reset_at - now).total_seconds()))
    return None
