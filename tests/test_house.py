"""The house rules, each applied to the whole house and each shown to catch a breach."""

import ast
import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import allauth
import django
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests import house_rules as house
from tests.house_rules import ROOT, SOURCE, Source

EVERYWHERE = ("src", "tests", "bench", "scripts")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def source(text: str, path: str = "src/colibri/room/views.py") -> Source:
    return Source(Path(path), text)


def breaches(rule, *folders: str) -> list[str]:
    return [breach for each in house.sources_of(*folders) for breach in rule(each)]


def test_no_file_is_longer_than_400_lines():
    files = house.files_of(*EVERYWHERE)
    found = [house.long_file(path.relative_to(ROOT), path.read_text(encoding="utf-8")) for path in files]

    assert [breach for each in found for breach in each] == []
    assert house.long_file(Path("x.py"), "\n" * 401) == ["x.py has 401 lines, at most 400"]


def test_no_function_is_longer_than_50_lines():
    too_long = "def f():\n" + "    x = 1\n" * 50

    assert breaches(house.long_functions, *EVERYWHERE) == []
    assert house.long_functions(source(too_long)) == [
        "src/colibri/room/views.py:1 f has 51 lines, at most 50"
    ]


def test_no_words_to_translate_hide_in_an_f_string():
    assert breaches(house.hidden_words, "src") == []
    assert house.hidden_words(source('x = f"{_(1)} {y}"')) != []


def test_no_file_is_a_drawer():
    assert breaches(house.drawer_names, *EVERYWHERE) == []
    assert house.drawer_names(source("", "src/colibri/utils/x.py")) != []


def test_no_request_is_expanded_into_a_query():
    assert breaches(house.request_in_query, "src") == []
    for bad in (
        "Appeal.objects.filter(**request.GET.dict())",
        "Appeal.objects.filter(Q(**form.cleaned_data))",
        "Appeal.objects.exclude(**{k: v for k, v in request.POST.items()})",
    ):
        assert house.request_in_query(source(bad)) != [], bad
    assert house.request_in_query(source("Appeal.objects.filter(**wanted)")) == []


def test_no_byte_leaves_but_through_the_guard():
    """Whoever else opens sockets stands here, with the reason; tests beside each show that it is so."""
    known = {
        "src/colibri/networks/guard.py": "connects to the addresses it checked",
        "src/colibri/networks/requests_door.py": "a session with no way out but the guard's",
        "src/colibri/networks/memory/remote.py": "literal loopback addresses and nothing else",
        "src/colibri/config/serve.py": "listens",
        "src/colibri/config/demo/command.py": "listens",
    }
    assert {breach.partition(":")[0] for breach in breaches(house.roads_of_their_own, "src")} == set(known)
    for bad in (
        "import httpx\nhttpx.get(url)",
        "from httpx import Client as C\nC(timeout=3)",
        "import urllib.request\nurllib.request.urlopen(url)",
        "from websockets.sync.client import connect\nconnect(url)",
        "from mastodon import Mastodon\nclass Api(Mastodon): pass\nApi(api_base_url=url)",
    ):
        assert house.roads_of_their_own(source(bad)) != [], bad
    assert house.roads_of_their_own(source("import httpx\nhttpx.Client(transport=guarded)")) == []


def test_only_actions_write():
    assert breaches(house.writes_outside_actions, "src") == []
    assert house.writes_outside_actions(source("appeal.save()")) != []
    assert house.writes_outside_actions(source("Appeal.objects.create(x=1)")) != []
    assert house.writes_outside_actions(source("appeal.save()", "src/colibri/room/actions.py")) == []


def test_no_test_asserts_how_long_something_took():
    bad = "def test_x():\n    start = perf_counter()\n    took = perf_counter() - start\n    assert took < 1"

    assert breaches(house.asserted_clocks, "tests", "bench") == []
    assert len(house.asserted_clocks(source(bad))) == 1


def test_every_test_asserts_something():
    assert breaches(house.tests_that_prove_nothing, "tests") == []
    assert house.tests_that_prove_nothing(source("def test_x():\n    f()")) != []
    assert house.tests_that_prove_nothing(source("def g():\n    assert x\ndef test_x():\n    g()")) == []


def test_every_setting_is_documented_and_every_documented_setting_exists():
    page = ROOT / "docs" / "reference" / "settings.md"
    documented = house.settings_documented(page.read_text(encoding="utf-8")) if page.exists() else set()
    read = house.settings_read(house.sources_of("src"))

    assert "COLIBRI_" not in read, "spell names of settings in full, so that they can be searched"
    assert read - documented == set()
    assert documented - read == set()


def test_a_setting_nobody_documented_is_seen():
    assert house.settings_read([source('env.str("COLIBRI_NEW_THING")')]) == {"COLIBRI_NEW_THING"}
    assert house.settings_documented("## `COLIBRI_OLD_THING`") == {"COLIBRI_OLD_THING"}


def test_every_template_is_used():
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in house.files_of("src", suffixes={".py", ".html", ".txt"})
    }
    packages = [place for root in (django, allauth) for place in template_parents(Path(root.__path__[0]))]

    assert house.unused_templates(house.template_names(SOURCE), texts, packages) == []


def template_parents(package: Path) -> list[Path]:
    return [folder.parent for folder in package.rglob("templates") if folder.is_dir()]


def test_a_template_nobody_names_is_seen_and_a_replaced_one_is_not(tmp_path):
    ours, theirs = tmp_path / "room" / "templates" / "room" / "page.html", tmp_path / "package"
    template = {"room/page.html": ours}

    assert house.unused_templates(template, {ours: '"room/page.html"'}, []) == [f"{ours} is used by nothing"]
    assert house.unused_templates(template, {tmp_path: '"room/page.html"'}, []) == []
    (theirs / "templates" / "room").mkdir(parents=True)
    (theirs / "templates" / "room" / "page.txt").touch()
    assert house.unused_templates(template, {}, [theirs]) == []


def test_every_room_says_what_lives_there():
    for room in rooms():
        text = (room / "__init__.py").read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), f"{room.name}/__init__.py says nothing"


def test_every_room_stands_in_the_contract_of_inner_layers():
    layered = {"urls", "views", "api", "admin", "tasks", "forms", "actions", "queries", "models"}
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (inner,) = [each for each in contracts if each["name"].startswith("Inside a room")]
    wanted = {
        f"colibri.{room.name}"
        for room in rooms()
        if room.name != "config" and layered & {path.stem for path in room.iterdir()}
    }

    assert set(inner["containers"]) == wanted


def rooms() -> list[Path]:
    """The folders of the house that hold code."""
    return [room for room in sorted(SOURCE.iterdir()) if room.is_dir() and any(room.glob("*.py"))]


def test_tests_stand_where_what_they_test_stands():
    known = {room.name for room in SOURCE.iterdir() if room.is_dir()} | {"peers", "guides", "acceptance"}
    found = {path.parts[len(ROOT.parts) + 1] for path in (ROOT / "tests").glob("*/**/test_*.py")}

    assert found - known == set()


def test_the_lock_names_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, flags=re.MULTILINE | re.DOTALL)
    locks_of_npm = sorted((ROOT / "tests" / "peers").glob("*/package-lock.json"))

    assert "://" not in lock
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    for path in locks_of_npm:
        described = json.loads(path.read_text(encoding="utf-8"))["packages"]
        assert [name for name, entry in described.items() if "resolved" in entry] == []
        assert [name for name, entry in described.items() if name and "integrity" not in entry] == []


UNLOCKED = {"cluster"}
"""Extras for other machines than those of tests and servers."""


def declared() -> list[str]:
    project = PROJECT["project"]
    extras = [
        word
        for extra, words in project["optional-dependencies"].items()
        for word in words
        if extra not in UNLOCKED
    ]
    return project["dependencies"] + extras + PROJECT["dependency-groups"]["dev"]


@pytest.mark.parametrize("words", declared())
def test_what_is_declared_is_locked_and_installed(words):
    """After a change of pyproject.toml comes `make lock`."""
    requirement = Requirement(words)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    name = re.sub(r"[-_.]+", "-", requirement.name).lower()
    locked = re.search(rf"^{re.escape(name)}(?:\[[^]]*\])?==([^ ;]+)", lock, flags=re.MULTILINE)

    assert locked, f"{name} is not in requirements.lock"
    assert requirement.specifier.contains(locked[1], prereleases=True)
    assert Version(version(name)) == Version(locked[1])
