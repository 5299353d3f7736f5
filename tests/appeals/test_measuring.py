"""Readings and their corrections are kept to measure by, with a consent of its own and while it stands."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench.reading import posts_in, score
from colibri.appeals.actions.intake import submit_form
from colibri.appeals.models import Appeal, Correction
from colibri.audiences.queries import reader
from colibri.config.corrections_command import corrections
from colibri.people.models import Account, Collective, Consent
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

TEXT = "Soudeuse à Brest, je cherche un CDI. Appelez Lou au 06 12 34 56 78, https://example.org/lou"


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def draft(world: World) -> Appeal:
    lou = Account.objects.create_user("lou@example.org", name="Lou")
    return submit_form(Collective.objects.get(slug="hirondelles"), lou, TEXT, now=timezone.now())


def correct(client, appeal: Appeal, **typed: object):
    client.force_login(appeal.account)
    answers = {
        "meant": "search",
        "occupation": "Soudure",
        "place": "Brest",
        "contracts": ["cdi"],
        "be_relayed": "on",
    }
    answer = client.post(reverse("appeals:claim", args=[appeal.public_id]), answers | typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_nothing_is_kept_unless_its_author_ticks_the_box(client, draft):
    client.force_login(draft.account)
    page = client.get(reverse("appeals:claim", args=[draft.public_id]))
    assert page.context["form"]["measure_reading"].value() is False

    correct(client, draft)

    assert not Correction.objects.exists()
    assert not Consent.objects.filter(purpose="measure_reading").exists()


def test_what_was_read_and_what_is_right_are_kept_without_what_tells_whose_it_is(client, draft):
    correct(client, draft, place="Quimper", contracts=["cdi", "cdd"], measure_reading="on")

    kept = Correction.objects.get()
    assert kept.text == "Soudeuse à Brest, je cherche un CDI. Appelez […] au […], […]"
    assert kept.read["places"] == ["commune:29019"]
    assert kept.right["places"] == ["commune:29232"]
    assert kept.right["wanted"] == ["cdd", "cdi"]
    assert kept.right["kind"] == "search"
    assert "personal" not in kept.read
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM appeals_correction")
        assert b"Soudeuse" not in bytes(cursor.fetchone()[0])


def test_what_was_left_as_read_is_right_and_what_nobody_said_is_no_answer(client, draft, world):
    correct(client, draft, measure_reading="on")
    assert Correction.objects.get().right["places"] == ["commune:29019"]

    short = submit_form(
        Collective.objects.get(slug="hirondelles"),
        Account.objects.create_user("al@example.org"),
        "Je cherche un travail, vite, en CDI, merci à vous.",
        now=timezone.now(),
    )
    correct(client, short, occupation="", place="", measure_reading="on")
    assert short.correction.right == {"kind": "search", "wanted": ["cdi"]}


@pytest.mark.parametrize("way", ["unticked", "withdrawn", "account"])
def test_what_was_kept_goes_with_the_consent(client, draft, way):
    correct(client, draft, measure_reading="on")
    consent = Consent.objects.get(purpose="measure_reading")
    assert Correction.objects.count() == 1

    if way == "unticked":
        correct(client, draft)
    elif way == "withdrawn":
        client.post(reverse("people:withdraw", args=[consent.pk]))
    else:
        draft.account.delete()

    assert not Correction.objects.exists()
    assert not Consent.objects.filter(purpose="measure_reading", withdrawn_at=None).exists()


def test_the_command_prints_what_the_benchmark_takes(client, draft, tmp_path):
    correct(client, draft, place="Quimper", measure_reading="on")

    said = CliRunner().invoke(corrections)

    assert said.exit_code == 0
    assert "Lou" not in said.output
    line = json.loads(said.output)
    assert line["read"]["kind"] == ["search"]
    file = tmp_path / "corrected.jsonl"
    file.write_text(said.output)
    measured = score(reader(), posts_in(file))
    assert measured["wanted"]["f1"] == 1.0
    assert measured["places"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "right": 1}


def test_what_its_author_says_it_is_counts_as_the_right_kind(client, draft):
    correct(client, draft, meant="offer", be_relayed="", measure_reading="on")

    kept = Correction.objects.get()
    assert (kept.read["kind"], kept.right["kind"]) == (["search"], "offer")
