"""Which addresses and spellings of an address are outside, and which are not."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colibri.networks.addresses import Forbidden, is_inside, read_url
from tests.networks.spellings import INSIDE, PUBLIC, STRANGE

OUTSIDE = [PUBLIC, "1.1.1.1", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4007:80e::200e", "9.9.9.9"]


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_plainly_public_is_inside(address):
    assert is_inside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_what_is_plainly_public_is_outside(address):
    assert not is_inside(address)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_carried_inside_an_ipv6_address_is_inside(address):
    number = int(address)
    carriers = [0, 0xFFFF << 32, 0x64FF9B << 96, 0x2002 << 112 | number << 80, 0x20010000 << 96]
    assert all(is_inside(_v6(carrier | number)) for carrier in carriers)


def _v6(number: int) -> str:
    return socket.inet_ntop(socket.AF_INET6, number.to_bytes(16, "big"))


@pytest.mark.parametrize("url", STRANGE)
def test_an_url_that_can_be_read_in_two_ways_is_forbidden(url):
    with pytest.raises(Forbidden):
        read_url(url)


@pytest.mark.parametrize(
    "url", ["https://a.test/\n", "https://a .test", "https://a.test\t/", " https://a.test"]
)
def test_blanks_and_control_characters_in_an_url_are_forbidden(url):
    with pytest.raises(Forbidden):
        read_url(url)


def test_plain_urls_are_read():
    assert read_url("HTTPS://Good.Test/a?b#c").authority == "good.test:443"
    assert read_url("wss://bücher.test:8443/x").authority == "xn--bcher-kva.test:8443"
    assert read_url("http://[2606:4700:4700::1111]/").authority == "[2606:4700:4700::1111]:80"
    assert read_url("https://1.1.1.1/?q=http://127.0.0.1/").authority == "1.1.1.1:443"
