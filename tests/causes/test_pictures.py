"""A cause's picture for its allies: private while the group is, with its words, and beside its link later."""

import io

import pytest
from django.test import Client
from PIL import Image

from colibri.appeals.models import Appeal
from colibri.people.models import Collective
from tests.causes.samples import cause_samples
from tests.sample_world import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def cause():
    collective = Collective.objects.create(
        slug="hirondelles", name="Les Hirondelles", supporters_hashtag="hirondelles", seekers_hashtag="hR"
    )
    beginner = account("beginner")
    cause_samples(collective, beginner)
    browser = Client()
    browser.force_login(beginner)
    return Appeal.objects.get(kind="cause"), browser


@pytest.mark.parametrize(("shape", "size"), [("card", (1200, 630)), ("square", (1080, 1080))])
def test_the_picture_has_the_shapes_networks_show_and_its_words_stand_beside_it(cause, shape, size):
    appeal, browser = cause
    address = f"/causes/{appeal.public_id}/{shape}.png"
    answer = Client().get(address)
    page = browser.get(f"/causes/{appeal.public_id}/group/").content.decode().replace("\xa0", " ")

    assert Image.open(io.BytesIO(answer.content)).size == size
    assert address in page
    assert "Cause urgente. Sauvons la scierie. Un repreneur. Jusqu’au 15 janvier 2031." in page
    assert Client().get(f"/causes/{appeal.public_id}/").content.decode().count("card.png") == 1
    assert Client().get(f"/causes/{appeal.public_id}/poster.png").status_code == 404


def test_before_it_is_public_only_the_group_sees_it(cause):
    appeal, browser = cause
    Appeal.objects.filter(pk=appeal.pk).update(state="draft")
    address = f"/causes/{appeal.public_id}/card.png"

    assert Client().get(address).status_code == 404
    assert browser.get(address)["Cache-Control"] == "private, no-store"
    assert "og:image" not in browser.get(f"/causes/{appeal.public_id}/").content.decode()
