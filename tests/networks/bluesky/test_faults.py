"""Everything the SDK raises is one of our four errors."""

import inspect
from datetime import UTC, datetime

import httpx
import pytest
from atproto_client import exceptions
from atproto_client.models.common import XrpcError
from atproto_client.request import Response
from atproto_core.exceptions import AtProtocolError

from colibri.networks.bluesky.faults import our_error, our_errors
from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def answered(status: int, name: str = "", message: str = "", **headers: str) -> Response:
    content = XrpcError(name, message) if name else b"<html>"
    return Response(False, status, content, {k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (exceptions.BadRequestError(answered(400, "ExpiredToken", "Token has expired")), Unauthorised),
        (exceptions.BadRequestError(answered(400, "InvalidToken")), Unauthorised),
        (exceptions.UnauthorizedError(answered(401, "AuthenticationRequired")), Unauthorised),
        (exceptions.UnauthorizedError(answered(401)), Unauthorised),
        (exceptions.UnauthorizedError(answered(403, "Forbidden")), Refused),
        (exceptions.LoginRequiredError(), Unauthorised),
        (exceptions.BadRequestError(answered(400, "RecordNotFound")), Gone),
        (exceptions.BadRequestError(answered(400, "InvalidRequest", "Profile not found")), Gone),
        (exceptions.BadRequestError(answered(400, "InvalidRequest", "Could not find repo: x")), Gone),
        (exceptions.BadRequestError(answered(400, "InvalidRequest", "Invalid record")), Refused),
        (exceptions.BadRequestError(answered(400)), Refused),
        (exceptions.RequestException(answered(404, "XRPCNotSupported")), Refused),
        (exceptions.RequestException(answered(501, "MethodNotImplemented")), Refused),
        (exceptions.NetworkError(answered(413, "PayloadTooLarge")), Refused),
        (exceptions.NetworkError(answered(409)), Retryable),
        (exceptions.NetworkError(answered(502, "UpstreamFailure")), Retryable),
        (exceptions.RequestException(answered(500, "InternalServerError")), Retryable),
        (exceptions.RequestException(answered(503)), Retryable),
        (exceptions.RateLimitExceededError(answered(429)), Retryable),
        (exceptions.NetworkError(), Retryable),
        (exceptions.InvokeTimeoutError(), Retryable),
        (exceptions.ModelError("odd"), Refused),
        (httpx.ReadTimeout("slow"), Retryable),
        (httpx.TooManyRedirects("round"), Refused),
        (httpx.InvalidURL("odd"), Refused),
        (ValueError("odd"), Refused),
    ],
)
def test_each_fault_is_the_error_that_tells_what_to_do(fault, error):
    assert type(our_error(fault, "a call", NOW)) is error


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        ({"retry_after": "7"}, 7),
        ({"ratelimit_reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"ratelimit_reset": str(int(NOW.timestamp()) - 90)}, 0),
        ({"retry_after": "soon"}, None),
        ({}, None),
    ],
)
def test_a_rate_limit_says_how_long_to_wait_where_the_server_does(headers, after):
    fault = exceptions.RateLimitExceededError(answered(429, **headers))
    assert our_error(fault, "a call", NOW).after == after


def test_no_exception_of_the_sdk_is_left_out():
    kinds = [
        kind
        for _, kind in inspect.getmembers(exceptions, inspect.isclass)
        if issubclass(kind, AtProtocolError)
    ]
    assert len(kinds) >= 8
    for kind in kinds:
        with pytest.raises(NetworkError), our_errors("a call"):
            raise kind()


def test_our_own_errors_pass_unchanged():
    fault = Retryable("later", after=3)
    with pytest.raises(Retryable) as caught, our_errors("a call"):
        raise fault
    assert caught.value is fault
