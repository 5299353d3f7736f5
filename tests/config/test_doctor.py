import json
import os
from collections import namedtuple
from datetime import timedelta

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from django.utils import timezone, translation

from colibri.config import checks
from colibri.config.check_networks import check_accounts, check_sources
from colibri.config.doctor import doctor, examine
from colibri.config.findings import Finding
from colibri.federation.models import Source
from colibri.networks.memory.world import World
from colibri.networks.memory.worlds import forget, register
from colibri.people.actions import connect_identity
from colibri.people.models import Collective
from colibri.relays.models import Plan
from tests.config.served import call

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def collective(db) -> Collective:
    return Collective.objects.create(
        slug="hirondelles", name="Hirondelles", supporters_hashtag="h", seekers_hashtag="hR"
    )


@pytest.fixture
def world(collective):
    """A network in memory on which the collective has its account."""
    world = World()
    world.load([["colibri", "Colibri", ""]], {})
    address = register("doctor", world)
    token = world.token_of("colibri")
    connect_identity("memory", "colibri", token, server=address, collective=collective)
    yield world
    forget(address)


def only(found) -> Finding:
    (one,) = found
    return one


def states(found) -> list[str]:
    return [one.state for one in found]


def test_a_site_for_the_public_is_encrypted_and_shows_nothing_of_its_inside(settings):
    settings.SITE_URL, settings.DEBUG = "http://colibri.example", True
    insecure, debug = checks.check_settings()
    assert (insecure.state, debug.state) == ("broken", "broken")
    assert "COLIBRI_SITE_URL" in insecure.mend
    assert "COLIBRI_DEBUG" in debug.says

    settings.SITE_URL, settings.DEBUG = "https://colibri.example", False
    settings.SECURE_PROXY_SSL_HEADER = None
    assert "COLIBRI_BEHIND_PROXY" in only(checks.check_settings()).mend
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert states(checks.check_settings()) == ["good"]
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert states(checks.check_settings()) == ["good"]


def test_a_key_that_no_longer_opens_what_was_stored_is_seen(world, settings):
    assert states(checks.check_key()) == ["good"]

    settings.KEY = Fernet.generate_key().decode()

    found = only(checks.check_key())
    assert found.state == "broken"
    assert found.says == "1 stored credential was sealed with another key."
    assert "COLIBRI_KEY" in found.mend


def test_a_key_file_others_may_read_is_seen(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "key").touch(mode=0o644)
    (tmp_path / "key").chmod(0o644)

    assert states(checks.check_key()) == ["broken", "good"]


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_good_or_says_why_not():
    found = only(checks.check_database())

    assert found.state in {"good", "warning"}  # a test's own database may be in memory, without a log


@pytest.mark.django_db
def test_a_database_without_this_versions_steps_is_broken(monkeypatch):
    monkeypatch.setattr(checks, "pending_migrations", lambda: ["people.0007_more"])

    found = only(checks.check_database())

    assert (found.state, found.mend) == ("broken", "colibri migrate")


def test_a_queue_that_answers_is_good_and_one_that_does_not_is_broken(monkeypatch):
    assert states(checks.check_queue()) == ["good"]

    def unreachable(*_words: object) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(checks.HUEY, "put", unreachable)
    found = only(checks.check_queue())
    assert found.state == "broken"
    assert "nobody there" in found.says
    assert "COLIBRI_QUEUE_URL" in found.mend


def test_work_nobody_does_is_seen(collective):
    assert states(checks.check_waiting_work()) == ["good"]

    due = timezone.now() - timedelta(hours=2)
    Plan.objects.create(collective=collective, day=due.date(), due_at=due)

    found = only(checks.check_waiting_work())
    assert found.state == "broken"
    assert "relays.Plan" in found.says
    assert "colibri serve" in found.mend


def test_mail_that_is_not_sent_is_a_warning_here_and_a_fault_in_public(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert states(checks.check_mail()) == ["warning"]
    settings.SITE_URL = "https://colibri.example"
    assert states(checks.check_mail()) == ["broken"]


def test_a_mail_server_that_is_not_there_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    found = only(checks.check_mail())

    assert found.state == "broken"
    assert "127.0.0.1:1" in found.says


@pytest.mark.parametrize(("free", "state"), [(10**8, "broken"), (10**9, "warning"), (10**11, "good")])
def test_a_disk_is_seen_filling_up(monkeypatch, settings, tmp_path, free, state):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: Usage(10**12, 10**12 - free, free))

    assert set(states(checks.check_disk())) == {state}


def test_a_source_is_heard_or_says_since_when_not(collective):
    assert "connect hirondelles" in only(check_sources()).mend

    source = Source.objects.create(collective=collective, network="memory", server="memory:here")
    assert "never heard" in only(check_sources()).says

    Source.objects.update(heard_at=timezone.now())
    assert states(check_sources()) == ["good"]

    Source.objects.update(heard_at=timezone.now() - timedelta(hours=1), problem="cut off", skipped=2)
    silent, skipped = check_sources()
    assert silent.state == "broken"
    assert "1\xa0hour ago" in silent.says
    assert silent.says.endswith("cut off")
    assert skipped.says == f"2 posts on {source} could not be taken in."


def test_a_collectives_account_is_asked_whether_it_still_lets_us_in(world):
    assert states(check_accounts()) == ["good"]

    world.fail("whoami", "rate_limit")
    assert states(check_accounts()) == ["warning"]

    world.revoke("colibri")
    found = only(check_accounts())
    assert found.state == "broken"
    assert found.mend == "colibri connect hirondelles memory colibri --server memory:doctor"


def test_a_check_that_fails_is_a_finding_and_stops_no_other():
    def falls():
        raise RuntimeError("over its own feet")

    found = examine({"one": falls, "two": lambda: [Finding("two", "good", "well")]})

    assert states(found) == ["broken", "good"]
    assert "over its own feet" in found[0].says


@pytest.mark.django_db
def test_broken_means_exit_code_one_and_json_says_the_same(monkeypatch):
    good, broken = Finding("a", "good", "well"), Finding("b", "broken", "ill", "rest")
    monkeypatch.setattr(checks, "CHECKS", {"a": lambda: [good]})
    assert CliRunner().invoke(doctor, []).exit_code == 0

    monkeypatch.setattr(checks, "CHECKS", {"a": lambda: [good], "b": lambda: [broken]})
    spoken = CliRunner().invoke(doctor, [])
    written = CliRunner().invoke(doctor, ["--json"])

    assert (spoken.exit_code, written.exit_code) == (1, 1)
    assert "✗ ill\n    → rest\n" in spoken.output
    assert json.loads(written.output) == [good.to_dict(), broken.to_dict()]


@pytest.mark.django_db
def test_offline_nobody_else_is_asked(monkeypatch):
    def asked():
        pytest.fail("asked")

    monkeypatch.setattr(checks, "CHECKS", dict.fromkeys(checks.FAR, asked))

    assert CliRunner().invoke(doctor, ["--offline"]).exit_code == 0


@pytest.mark.server
@pytest.mark.parametrize(
    ("name", "value"), [("COLIBRI_QUEUE_URL", "kafka://example"), ("COLIBRI_QUIET_HOURS", "21-24")]
)
def test_settings_that_cannot_be_used_are_a_finding_too(tmp_path, name, value):
    ended = call(tmp_path, "doctor", "--json", **{name: value})

    (found,) = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert found["state"] == "broken"
    assert name in found["says"]
    assert os.listdir(tmp_path) == ["key"]


@pytest.mark.server
def test_a_fresh_installation_is_told_what_it_lacks(tmp_path):
    before = json.loads(call(tmp_path, "doctor", "--json", "--offline").stdout)
    assert [one["state"] for one in before if one["check"] == "database"] == ["broken"]

    call(tmp_path, "migrate")

    ended = call(tmp_path, "doctor", "--json", "--offline")
    assert ended.returncode == 0
    assert {one["state"] for one in json.loads(ended.stdout)} == {"good"}


@pytest.mark.server
def test_a_fresh_installation_has_one_cross_and_says_what_was_not_looked_at(tmp_path):
    found = json.loads(call(tmp_path / "own", "doctor", "--json", "--offline").stdout)

    assert [one["check"] for one in found if one["state"] == "broken"] == ["database"]
    assert next(one for one in found if one["check"] == "database")["mend"] == "colibri migrate"
    assert {one["check"] for one in found if one["state"] == "skipped"} == {"key", "work", "sources"}


def test_a_data_folder_others_may_look_into_is_named(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o755)
    assert "chmod 700" in next(iter(checks.check_disk())).mend

    tmp_path.chmod(0o700)
    assert "chmod 700" not in next(iter(checks.check_disk())).mend
