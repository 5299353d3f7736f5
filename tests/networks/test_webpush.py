"""Words for one browser: sealed as the standard's own example, handed over with a sender's signature."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Gone, Retryable
from colibri.networks.guard import Guard
from colibri.networks.jose import Key
from colibri.networks.webpush import MOST, Sender, Subscription, push, sealed
from tests.peers.push_service import PushBrowser, plain, push_service, written

NOW = datetime(2026, 11, 20, 15, 5, tzinfo=UTC)
SENDER = Sender(Key.derived("secret", "web push"), "mailto:colibri@example.org")


@pytest.fixture
def service():
    with push_service() as one:
        yield one


def test_what_is_sealed_is_to_the_byte_the_example_of_rfc_8291():
    own = int.from_bytes(plain("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    to = Subscription(
        "https://push.example.net/1",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    message = sealed(
        to,
        b"When I grow up, I want to be a watermelon",
        salt=plain("DGv6ra1nlYgDCS1FRnbzlw"),
        own=Key(ec.derive_private_key(own, ec.SECP256R1())),
    )
    assert written(message) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_browser_alone_opens_it_and_the_service_sees_who_sends(service):
    browser = service.browser()
    push(service.guard, browser.subscription, "Bonjour, été".encode(), SENDER, now=NOW)

    (handed,) = service.handed
    assert browser.opens(handed.body).decode() == "Bonjour, été"
    with pytest.raises(InvalidTag):
        service.browser().opens(handed.body)
    claims = handed.claims(service.origin)
    assert claims["sub"] == "mailto:colibri@example.org"
    assert NOW < datetime.fromtimestamp(claims["exp"], UTC) <= NOW + timedelta(days=1)
    assert claims["key"] == SENDER.public
    assert (handed.headers["content-encoding"], handed.headers["ttl"]) == ("aes128gcm", "86400")


def test_no_message_is_like_another_even_with_the_same_words(service):
    for _time in range(2):
        push(service.guard, service.browser().subscription, b"x", SENDER, now=NOW)
    first, second = service.handed
    assert first.body[:16] != second.body[:16]


@pytest.mark.parametrize(("status", "error"), [(404, Gone), (410, Gone), (429, Retryable), (503, Retryable)])
def test_what_the_service_answers_is_told_as_any_networks_error(status, error, service):
    service.status = status
    with pytest.raises(error):
        push(service.guard, service.browser().subscription, b"x", SENDER, now=NOW)


@pytest.mark.parametrize("endpoint", ["http://push.example/1", "https://127.0.0.1/1", "https://[::1]/1"])
def test_no_subscription_leads_inside_or_without_encryption(endpoint):
    with pytest.raises(Forbidden):
        push(Guard(), PushBrowser(endpoint).subscription, b"x", SENDER, now=NOW)


@pytest.mark.parametrize(
    ("name", "value"), [("p256dh", "AAAA"), ("p256dh", "é"), ("auth", "AAAA"), ("auth", "*")]
)
def test_keys_that_are_none_are_refused(name, value):
    good = PushBrowser("https://push.example/1").subscription
    with pytest.raises(ValueError, match="of a browser"):
        Subscription(**{"endpoint": good.endpoint, "p256dh": good.p256dh, "auth": good.auth, name: value})


def test_a_message_longer_than_services_take_is_refused_here():
    to = PushBrowser("https://push.example/1").subscription
    with pytest.raises(ValueError, match="at most"):
        sealed(to, b"x" * (MOST + 1), salt=b"s" * 16, own=Key.new())
