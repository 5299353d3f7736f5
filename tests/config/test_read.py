"""`colibri read`: texts in, one line of JSON each out."""

import json

import pytest
from click.testing import CliRunner
from django.utils import translation

from colibri.compute.reading import Reader, Reading
from colibri.config.read_command import read

TEXT = "Je cherche un CDI de comptable à Lyon"


def run(given, *arguments):
    """What the command prints and how it ends, for some input."""
    with translation.override("en"):
        return CliRunner().invoke(read, list(arguments), input=given)


def test_each_line_is_read_and_told_as_one_line_of_json():
    """Plain lines, JSON strings and objects may be mixed; blank lines count but say nothing."""
    item = json.dumps({"text": TEXT, "language": "fr", "id": "a1"})
    done = run(f"{TEXT}\n\n{json.dumps(TEXT)}\n{item}\n")
    assert done.exit_code == 0
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one.get("line", one.get("id")) for one in told] == [1, 3, "a1"]
    assert Reading.from_dict(told[0]) == Reader.load().read(TEXT)


def test_a_file_is_read_as_well(tmp_path):
    """A path stands for standard input, with or without a byte order mark."""
    path = tmp_path / "posts.txt"
    path.write_text(TEXT + "\n", encoding="utf-8-sig")
    assert json.loads(run("", str(path)).stdout)["kind"]["value"] == "search"


def test_hashtags_and_contracts_of_a_collective_count():
    """What a collective relays decides eligibility; its hashtag announces a search."""
    text = "Étudiante, je cherche une alternance à Lyon"
    assert json.loads(run(text, "--accept", "cdi").stdout)["eligibility"]["why"] == "contract_refused"
    assert json.loads(run("#Entraide Fleuriste", "--tag", "#Entraide").stdout)["kind"]["why"] == "hashtag"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": ', "begins as JSON"),
        ('{"texte": "bonjour"}', "text"),
        ('{"text": 3}', "text"),
        ('{"text": "a", "language": 3}', "language"),
        ('{"text": "a", "id": [1]}', "id"),
        pytest.param('{"a":' * 3_000, "begins as JSON", id="deep"),
        (b"caf\xe9", "UTF-8"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_after_those_before_it(line, says):
    """What stands before is told; the error names the line and what to do; no trace of the program."""
    raw = line if isinstance(line, bytes) else line.encode()
    done = run(TEXT.encode() + b"\n" + raw + b"\n")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert "2" in done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
