"""The reader for other programs."""

import json

import pytest
from django.test import Client

from colibri.appeals.views import reading
from colibri.appeals.words import LINE_WORDS
from colibri.compute.reading import Reading
from colibri.compute.reading.lines import LINE_PROBLEMS

pytestmark = pytest.mark.django_db
TEXT = "Je cherche un CDI de comptable à Lyon"


def ask(body: bytes | str, query: str = "", client: Client | None = None):
    client = client or Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    return client.post(f"/api/read/{query}", body, content_type="text/plain")


def test_lines_are_answered_as_the_command_answers_them():
    answer = ask(f"{TEXT}\n\n{json.dumps({'text': TEXT, 'id': 'a1'})}\n")

    told = [json.loads(line) for line in answer.content.decode().splitlines()]
    assert answer["Content-Type"] == "application/x-ndjson"
    assert [one.get("line", one.get("id")) for one in told] == [1, "a1"]
    assert Reading.from_dict(told[0]).places[0].value.name == "Lyon"


def test_hashtags_and_contracts_of_a_collective_count():
    text = "Étudiante, je cherche une alternance à Lyon"
    assert json.loads(ask(text, "?accept=cdi").content)["eligibility"]["why"] == "contract_refused"
    assert json.loads(ask("#Entraide Fleuriste", "?tag=Entraide").content)["kind"]["why"] == "hashtag"


@pytest.mark.parametrize(
    ("body", "query", "status", "said"),
    [
        (b"caf\xe9", "", 400, "Line 1 cannot be read: it is not UTF-8"),
        ('ok\n{"text": ', "", 400, "Line 2 cannot be read: it begins as JSON"),
        (r'{"text": "ok", "id": "\ud800"}', "", 400, "Line 1 cannot be read: it begins as JSON"),
        (TEXT, "?accept=nothing", 400, "No contract is called “nothing”"),
        ("a\n" * 501, "", 413, "send them in parts"),
        ("a" * 250_001, "", 413, "send them in parts"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(body, query, status, said):
    answer = ask(body, query)
    assert answer.status_code == status
    assert said in answer.json()["error"]


def test_nothing_is_answered_to_a_mere_look():
    assert Client().get("/api/read/").status_code == 405


def test_whoever_asks_too_often_waits(monkeypatch):
    monkeypatch.setattr(reading, "ASKED_MOST", 2)
    assert [ask(TEXT).status_code for _ in range(3)] == [200, 200, 429]


def test_every_problem_of_a_line_has_its_words():
    assert set(LINE_WORDS) == set(LINE_PROBLEMS)
