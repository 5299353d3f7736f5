"""Showing an appeal elsewhere, and saying so."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from colibri.appeals.models import Appeal, Share
from colibri.appeals.views.public import SHARES_MOST
from tests.sample_world import sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_knocked_yet():
    cache.clear()


@pytest.fixture
def appeal() -> Appeal:
    sample_world()
    return Appeal.objects.get(kind="search", state="active")


def test_the_page_offers_every_place_in_one_tap_and_loads_nothing_from_them(client, appeal):
    page = client.get(appeal.get_absolute_url())

    text = page.content.decode()
    for place in ("linkedin.com", "wa.me", "t.me", "facebook.com", "x.com/intent", "mailto:", "bsky.app"):
        assert place in text
    assert "img-src 'self'" in page.headers["Content-Security-Policy"]
    assert not Share.objects.exists()


SHARED = "navigator.share = what => { window.shared = what; return Promise.resolve() }"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_sheet", [True, False])
def test_the_devices_own_sheet_is_offered_where_there_is_one(page, live_server, appeal, has_sheet):
    page.add_init_script(SHARED if has_sheet else "delete Navigator.prototype.share")
    page.goto(live_server.url + appeal.get_absolute_url())
    button = page.locator("#device")

    assert button.is_visible() == has_sheet
    if has_sheet:
        button.click()
        assert page.evaluate("window.shared.url").endswith(appeal.get_absolute_url())


def test_it_is_counted_when_somebody_says_that_they_shared_it(client, appeal):
    address = reverse("appeals:shared", args=[appeal.public_id])

    assert client.get(address).status_code == 405
    back = client.post(address, {"service": "linkedin"}, follow=True)

    assert "Merci" in back.content.decode()
    assert list(Share.objects.values_list("appeal", "service")) == [(appeal.pk, "linkedin")]


@pytest.mark.parametrize("service", ["", "myspace", "<b>"])
def test_a_place_nobody_knows_is_not_counted(client, appeal, service):
    assert (
        client.post(reverse("appeals:shared", args=[appeal.public_id]), {"service": service}).status_code
        == 404
    )
    assert not Share.objects.exists()


def test_what_is_not_being_relayed_cannot_be_counted(client, appeal):
    Appeal.objects.update(state="closed")

    sent = client.post(reverse("appeals:shared", args=[appeal.public_id]), {"service": "x"})

    assert sent.status_code == 404


def test_one_visitor_counts_only_so_often(client, appeal):
    for _ in range(SHARES_MOST + 3):
        client.post(reverse("appeals:shared", args=[appeal.public_id]), {"service": "x"})

    assert Share.objects.count() == SHARES_MOST
