"""Everything Mastodon.py and `requests` raise is one of our four errors."""

import inspect
from datetime import UTC, datetime

import httpx
import pytest
import requests
from mastodon import errors as sdk

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Gone, NetworkError, Refused, Retryable, Unauthorised
from colibri.networks.mastodon.faults import our_error, our_errors, pause_asked

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "Mastodon API returned error"


def ask(below: Exception) -> None:
    """Raises what the SDK does where something below it fails: it names no cause."""
    try:
        raise below
    except Exception as fault:  # noqa: BLE001 - as the SDK does
        raise sdk.MastodonNetworkError(f"Could not complete request: {fault}")  # noqa: B904


def hidden(below: Exception) -> sdk.MastodonNetworkError:
    with pytest.raises(sdk.MastodonNetworkError) as caught:
        ask(below)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (sdk.MastodonUnauthorizedError(WORDS, 401, "", "The access token was revoked"), Unauthorised),
        (sdk.MastodonAPIError(WORDS, 403, "", "This action is outside the authorized scopes"), Unauthorised),
        (sdk.MastodonAPIError(WORDS, 403, "", "Your login is currently disabled"), Unauthorised),
        (sdk.MastodonAPIError(WORDS, 403, "", "This action is not allowed"), Refused),
        (sdk.MastodonAPIError(WORDS, 422, "", "Validation failed"), Refused),
        (sdk.MastodonAPIError(WORDS, 400, "", None), Refused),
        (sdk.MastodonAPIError(WORDS, 410, "", None), Gone),
        (sdk.MastodonAPIError(WORDS, 408, "", None), Retryable),
        (sdk.MastodonAPIError(WORDS, 425, "", None), Retryable),
        (sdk.MastodonAPIError(WORDS, 520, "", None), Retryable),
        (sdk.MastodonAPIError("Could not parse response as JSON", "Exception was"), Refused),
        (sdk.MastodonAPIError(), Refused),
        (sdk.MastodonNotFoundError(WORDS, 404, "", "Record not found"), Gone),
        (sdk.MastodonServerError(WORDS, 501, "", None), Refused),
        (sdk.MastodonServerError(WORDS, 507, "", None), Retryable),
        (sdk.MastodonInternalServerError(WORDS, 500, "", None), Retryable),
        (sdk.MastodonBadGatewayError(WORDS, 502, "", None), Retryable),
        (sdk.MastodonServiceUnavailableError(WORDS, 503, "", None), Retryable),
        (sdk.MastodonGatewayTimeoutError(WORDS, 504, "", None), Retryable),
        (sdk.MastodonRatelimitError("Hit rate limit."), Retryable),
        (sdk.MastodonReadTimeout("slow"), Retryable),
        (sdk.MastodonNetworkError("odd"), Retryable),
        (sdk.MastodonVersionError("old"), Refused),
        (sdk.MastodonIllegalArgumentError("odd"), Refused),
        (hidden(Retryable("slow")), Retryable),
        (hidden(Forbidden("inside")), Forbidden),
        (hidden(requests.exceptions.TooManyRedirects("round")), Refused),
        (hidden(requests.exceptions.InvalidURL("odd")), Refused),
        (hidden(requests.exceptions.ConnectionError("cut")), Retryable),
        (hidden(TypeError("odd")), Retryable),
        (requests.exceptions.ReadTimeout("slow"), Retryable),
        (requests.exceptions.ConnectionError("cut"), Retryable),
        (requests.exceptions.MissingSchema("odd"), Refused),
        (httpx.ReadTimeout("slow"), Retryable),
        (httpx.InvalidURL("odd"), Refused),
        (KeyError("id"), Refused),
        (RecursionError("deep"), Refused),
    ],
)
def test_each_fault_has_its_error(fault, error):
    assert type(our_error(fault, "asking")) is error


def all_of(module: object, base: type[BaseException]) -> list[type[BaseException]]:
    return [cls for _, cls in inspect.getmembers(module, inspect.isclass) if issubclass(cls, base)]


@pytest.mark.parametrize(
    "cls", all_of(sdk, sdk.MastodonError) + all_of(requests.exceptions, requests.RequestException)
)
def test_no_exception_of_the_sdk_or_of_requests_gets_out(cls):
    fault = cls("odd", "", 0) if cls is requests.exceptions.JSONDecodeError else cls("odd")
    with pytest.raises(NetworkError, match="asking"), our_errors("asking"):
        raise fault


@pytest.mark.parametrize("cls", all_of(httpx, httpx.HTTPError))
def test_no_exception_of_httpx_gets_out(cls):
    fault = cls("odd") if cls is not httpx.HTTPStatusError else cls("odd", request=None, response=None)
    with pytest.raises(NetworkError, match="asking"), our_errors("asking"):
        raise fault


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"X-RateLimit-Reset": "2026-11-22T12:05:00.000Z"}, 300),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 60)}, 60),
        ({"X-RateLimit-Reset": "2026-11-22T11:00:00Z"}, 0),
        ({"X-RateLimit-Reset": "2046-11-22T11:00:00Z"}, 3600),
        ({"Retry-After": "17", "X-RateLimit-Reset": "2026-11-22T12:05:00Z"}, 17),
        ({"X-RateLimit-Reset": "soon"}, None),
        ({"X-RateLimit-Reset": "9" * 30}, None),
        ({}, None),
    ],
)
def test_the_pause_a_server_asks_for_is_read_in_each_spelling(headers, pause):
    assert pause_asked(headers, NOW) == pause
    assert our_error(sdk.MastodonRatelimitError("Hit rate limit."), "x", headers, NOW).after == pause


def test_an_error_handled_before_does_not_colour_the_next():
    def ask_again() -> None:
        try:
            raise Gone("another matter")
        except Gone:
            with our_errors("asking"):
                ask(requests.exceptions.ConnectionError("cut"))

    with pytest.raises(Retryable):
        ask_again()
