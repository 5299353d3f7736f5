"""The guides say what is: links lead somewhere, commands and labels exist, French and English agree."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from django.utils.module_loading import import_string

from colibri.config.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TRANSLATED = sorted(
    page
    for page in [ROOT / "README.md", ROOT / "docs" / "README.md", *(ROOT / "docs" / "guides").glob("*.md")]
    if not page.name.endswith(".fr.md")
)
ON_PAGES = [
    ROOT / "docs" / "guides" / f"{who}{language}.md"
    for who in ("animator", "relay", "seeker")
    for language in ("", ".fr")
]
"""Guides through pages: what stands in bold there is what one reads on the page."""
IMAGES = ROOT / "docs" / "images"
CODE = re.compile(r"^(?: {4}|\t).*$|`[^`\n]+`|^```.*?^```", re.MULTILINE | re.DOTALL)
CODE_APART = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|\bsrc(?:set)?=\"([^\"]+)\"|\bhref=\"([^\"]+)\"")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def links(page: Path) -> list[str]:
    """Where a page leads inside the repository, without its code."""
    text = CODE_APART.sub("", page.read_text(encoding="utf-8"))
    every = ["".join(found) for found in LINK.findall(text)]
    return [one.split("#")[0] for one in every if not re.match(r"[a-z]+:|#", one)]


def commands(page: Path, program: str) -> Iterator[list[str]]:
    """The words that follow `program` wherever code begins with it, up to where its line ends."""
    for code in CODE.findall(page.read_text(encoding="utf-8")):
        for line in code.splitlines():
            if found := re.match(rf"[\s`$]*(?:\.venv/bin/)?{program}((?: [\w./:=\"-]+)+)", line):
                yield found[1].split()


def command_named(name: str) -> click.Command | None:
    entry = COMMANDS.get(name)
    return import_string(entry.path) if entry else main.commands.get(name)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_that_is_there(page: Path) -> None:
    missing = [link for link in links(page) if not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {words[0] for words in commands(page, "make") if "=" not in words[0]}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_colibri_command_named_exists_with_its_options(page: Path) -> None:
    for words in commands(page, "colibri"):
        if words[0].startswith("-") or words[0].isupper():
            continue
        command = command_named(words[0])
        assert command is not None, f"colibri {words[0]}"
        if isinstance(command, click.Group) and len(words) > 1:
            assert words[1] in command.commands, f"colibri {' '.join(words)}"
            command = command.commands[words[1]]
        known = {option for one in command.params for option in one.opts} | {"--help"}
        given = {word.split("=")[0] for word in words if word.startswith("--")}
        assert given <= known, f"colibri {' '.join(words)}"


@pytest.mark.parametrize("page", TRANSLATED, ids=name_of)
def test_each_guide_stands_in_both_languages_with_the_same_parts_and_pictures(page: Path) -> None:
    french = page.with_suffix(".fr.md")
    assert french.exists()
    shape, french_shape = outline(page), outline(french)
    assert shape == [part.replace(".fr.", ".en.") for part in french_shape]
    assert not [part for part in shape if ".fr.png" in part]
    assert not [part for part in french_shape if ".en.png" in part]


def outline(page: Path) -> list[str]:
    """The depth of each heading and the name of each picture, in order."""
    text = CODE_APART.sub("", page.read_text(encoding="utf-8"))
    parts = re.findall(r"^(#+) |([\w-]+\.(?:en\.|fr\.)?png)", text, re.MULTILINE)
    return [heading or picture for heading, picture in parts]


def test_no_french_guide_lacks_its_english_one() -> None:
    french = [page for page in PAGES if page.name.endswith(".fr.md")]
    assert [page for page in french if not page.with_name(page.name[:-6] + ".md").exists()] == []


def test_every_picture_is_shown_somewhere_and_all_together_stay_light() -> None:
    shown = {Path(link).name for page in PAGES for link in links(page)}
    pictures = list(IMAGES.glob("*.png"))
    assert pictures
    assert {picture.name for picture in pictures} <= shown
    assert sum(picture.stat().st_size for picture in pictures) < 1_500_000


@pytest.mark.parametrize("page", ON_PAGES, ids=name_of)
def test_what_a_guide_tells_to_press_is_what_stands_on_the_page(page: Path) -> None:
    with (ROOT / "src/colibri/locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = [entry for entry in read_po(file) if isinstance(entry.id, str)]
    french = page.name.endswith(".fr.md")
    words = {plain(entry.string if french else entry.id) for entry in catalogue}
    bold = re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8"))
    assert bold
    assert [label for label in map(plain, bold) if label not in words] == []


def plain(words: object) -> str:
    """Words with ordinary spaces and apostrophes: pages have the printer's, guides the typist's."""
    return " ".join(str(words).replace("’", "'").split())
