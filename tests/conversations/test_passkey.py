"""Passkeys with the PRF extension, on Chromium's own virtual authenticator."""

import pytest

from colibri.conversations.models import Wrap
from tests.conversations.conftest import Device, talking

pytestmark = pytest.mark.browser


def with_authenticator(device: Device, *, prf: bool) -> None:
    """From now on this browser has an authenticator that says yes by itself."""
    devtools = device.page.context.new_cdp_session(device.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasPrf": prf,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_opens_the_keys_and_what_was_written(device, people, transactional_db):
    seeker, mentor = device(people["seeker"]), device(people["helper"])
    mentor.makes_keys()
    with_authenticator(seeker, prf=True)
    seeker.goes("conversations:keys")
    seeker.page.click("#begin")
    seeker.page.click("#make_passkey")
    seeker.page.wait_for_selector("#made li")
    assert seeker.page.is_disabled("#finish")
    seeker.keeps_code()
    seeker.page.click("#finish")
    seeker.page.wait_for_selector("#held li")
    talk = talking(people["seeker"], people["helper"]).public_id
    mentor.goes("conversations:conversation", talk)
    mentor.writes("Bonjour !")

    seeker.page.click("#close")
    seeker.page.wait_for_selector("#open_passkey:not([hidden])")
    seeker.goes("conversations:conversation", talk)
    assert seeker.texts == []
    seeker.goes("conversations:keys")
    seeker.page.click("#open_passkey")
    seeker.page.wait_for_selector("#held li")
    seeker.goes("conversations:conversation", talk)

    assert seeker.texts == ["Bonjour !"]
    assert set(Wrap.objects.filter(keyring__account=people["seeker"]).values_list("kind", flat=True)) == {
        "passkey",
        "code",
    }


def test_an_authenticator_without_prf_is_told_and_another_way_chosen(device, people, transactional_db):
    seeker = device(people["seeker"])
    with_authenticator(seeker, prf=False)
    seeker.goes("conversations:keys")
    seeker.page.click("#begin")
    seeker.page.click("#make_passkey")
    seeker.page.wait_for_selector("#said.warn")

    assert seeker.page.locator("#made li").count() == 0
    assert not Wrap.objects.exists()


def test_a_way_is_added_and_removed_and_the_former_words_open_nothing_more(device, people, transactional_db):
    seeker = device(people["seeker"])
    with_authenticator(seeker, prf=True)
    seeker.makes_keys()
    former = seeker.words
    seeker.page.click("#make_passkey")
    seeker.page.wait_for_selector("#held li:nth-child(3)")
    seeker.keeps_words()
    seeker.page.click("#held li:nth-child(2) button")
    seeker.page.wait_for_selector("#held li:nth-child(3)", state="detached")
    assert seeker.page.locator("#held button").count() == 0

    second = device(people["seeker"])
    second.goes("conversations:keys")
    second.page.fill("#typed", former)
    second.page.click("#open_typed button")
    second.page.wait_for_selector("#said.warn")
    assert second.page.locator("#held li").count() == 0
