import re

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from django.core import mail
from django.utils import translation

from colibri.config.cli import COMMANDS, main
from colibri.config.starting import language_wanted
from colibri.federation.models import Source
from colibri.networks.memory.world import World
from colibri.networks.memory.worlds import forget, register
from colibri.people.models import Account, Collective, Identity, Role
from tests.config.served import call
from tests.house_rules import ROOT

CREATE = ["collective", "create", "hirondelles", "--name", "Les Hirondelles"]
TAGS = ["--seekers-hashtag", "#hirondellesR", "--supporters-hashtag", "hirondelles"]


@pytest.fixture(autouse=True)
def english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with translation.override("en"):
        yield


def run(*words: str, typed: str = ""):
    return CliRunner().invoke(main, list(words), input=typed)


@pytest.fixture
def address():
    world = World()
    world.load([["colibri", "Colibri", ""]], {})
    address = register("cli", world)
    yield address, world.token_of("colibri")
    forget(address)


def test_help_names_every_command():
    said = run("--help").output

    assert [name for name, entry in COMMANDS.items() if not entry.hidden and name not in said] == []
    assert "doctor" in said
    assert "key" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name):
    assert run(name, "--help").exit_code == 0


def test_an_unknown_command_is_named():
    ended = run("fly")

    assert ended.exit_code == 2
    assert "fly" in ended.output


def test_a_key_is_printed_and_another_each_time():
    one, other = run("key").output.strip(), run("key").output.strip()

    assert Fernet(one.encode())
    assert one != other


@pytest.mark.parametrize(
    ("said", "spoken"),
    [("en_GB.UTF-8", "en"), ("fr_FR.UTF-8", "fr"), ("C", "fr"), ("de_DE.UTF-8", "fr"), ("C.UTF-8", "fr")],
)
def test_the_terminals_language_is_spoken_and_french_where_it_is_neither(monkeypatch, said, spoken):
    monkeypatch.setenv("LC_ALL", said)

    assert language_wanted() == spoken


@pytest.mark.django_db
def test_a_collective_is_created_with_its_animator():
    ended = run(*CREATE, *TAGS, "--animator", "Ada@Example.org", "--time-zone", "Indian/Reunion")

    assert ended.exit_code == 0, ended.output
    made = Collective.objects.get()
    assert (made.slug, made.seekers_hashtag, made.time_zone) == (
        "hirondelles",
        "hirondellesR",
        "Indian/Reunion",
    )
    assert Role.objects.get().kind == "animator"
    assert Role.objects.get().account.email == "ada@example.org"


@pytest.mark.django_db
def test_what_is_not_given_is_asked():
    typed = "Les Hirondelles\nhirondellesR\nhirondelles\nada@example.org\n"

    ended = run("collective", "create", "hirondelles", typed=typed)

    assert ended.exit_code == 0, ended.output
    assert Collective.objects.get().supporters_hashtag == "hirondelles"
    assert "hirondelles\tLes Hirondelles\t#hirondellesR" in run("collective", "list").output


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([*TAGS, "--animator", "nobody"], "valid email"),
        ([*TAGS, "--animator", "ada@example.org", "--time-zone", "Mars/Olympus"], "Europe/Paris"),
        (["--seekers-hashtag", "two words", *TAGS[2:], "--animator", "ada@example.org"], "two words"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_written(words, named):
    ended = run(*CREATE, *words)

    assert ended.exit_code == 1
    assert named in ended.output
    assert not Collective.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_a_slug_is_taken_once_and_nothing_is_asked_where_it_is_taken():
    assert run(*CREATE, *TAGS, "--animator", "ada@example.org").exit_code == 0

    ended = run("collective", "create", "hirondelles")

    assert ended.exit_code == 1
    assert "“hirondelles” already" in ended.output
    assert "hashtag" not in ended.output
    assert Collective.objects.count() == 1


@pytest.mark.django_db
def test_the_animator_signs_in_by_mail(client):
    run(*CREATE, *TAGS, "--animator", "ada@example.org")

    client.post("/account/login/code/", {"email": "ada@example.org"})
    code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[0].body, re.MULTILINE)[1]
    client.post("/account/login/code/confirm/", {"code": code})

    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)


@pytest.mark.django_db
def test_a_collectives_account_is_connected_and_its_hashtag_listened_to(address):
    run(*CREATE, *TAGS, "--animator", "ada@example.org")
    place, token = address

    ended = run("connect", "hirondelles", "memory", "colibri", "--server", place, typed=f"{token}\n")

    assert ended.exit_code == 0, ended.output
    assert token not in ended.output
    assert Identity.objects.get().collective == Collective.objects.get()
    assert Source.objects.get().server == place
    again = ("connect", "hirondelles", "memory", "colibri", "--server", place, "--secret-file", "-")
    assert run(*again, typed=token).exit_code == 0
    assert Source.objects.count() == 1


@pytest.mark.django_db
def test_a_wrong_password_connects_nothing(address):
    run(*CREATE, *TAGS, "--animator", "ada@example.org")

    ended = run("connect", "hirondelles", "memory", "colibri", "--server", address[0], typed="wrong\n")

    assert ended.exit_code == 1
    assert "does not accept" in ended.output
    assert not Identity.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_collective_that_is_not_there_is_named_beside_those_that_are():
    run(*CREATE, *TAGS, "--animator", "ada@example.org")

    ended = run("connect", "martinets", "memory", "colibri", typed="x\n")

    assert ended.exit_code == 1
    assert "“martinets”" in ended.output
    assert "hirondelles" in ended.output


@pytest.mark.django_db
def test_an_operator_is_let_into_the_administration_pages(client):
    assert run("operator", "grace@example.org").exit_code == 0
    client.force_login(Account.objects.get())

    assert client.get("/admin/").status_code == 200
    assert run("operator", "nobody").exit_code == 1


@pytest.mark.server
def test_a_plan_needs_no_key_no_database_and_no_folder_of_its_own(tmp_path):
    tables, home = tmp_path / "tables", tmp_path / "home"
    tables.mkdir()
    (tables / "relays.csv").write_text("id\nada\n", encoding="utf-8")
    (tables / "follows.csv").write_text("relay,member\nada,grace\n", encoding="utf-8")
    (tables / "appeals.csv").write_text("id\nsearch\n", encoding="utf-8")

    ended = call(home, "plan", str(tables), "--out", str(tmp_path / "out"), COLIBRI_KEY="none")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "out" / "plan.csv").exists()
    assert not home.exists()


def test_every_command_is_described_in_the_reference():
    page = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    shown = [name for name, entry in COMMANDS.items() if not entry.hidden] + list(main.commands)

    assert [name for name in shown if f"`colibri {name}" not in page] == []
