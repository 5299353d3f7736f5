"""A language model of the operator's: asked only on request, told nothing personal, checked, never obeyed."""

import json
import re
import threading
from html import unescape

import pytest
from django.urls import reverse

from colibri.appeals import proposing
from colibri.appeals.models import Appeal
from tests.appeals.model_stand_in import model
from tests.networks.local_server import allowing, serving
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

TEXT = (
    "Soudeuse à Brest depuis dix ans, je suis en recherche active d'un emploi en CDI. "
    "Appelez relay au 06 12 34 56 78, https://example.org/moi"
)
BETTER = ("je suis en recherche active d'un emploi en CDI", "je cherche un emploi en CDI")


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def stand_in(settings):
    with model() as made:
        settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY = f"{made.address}/v1", "small", "sk-test"
        settings.GUARD = allowing(made.address)
        yield made


@pytest.fixture
def ask(client, world):
    client.force_login(world.people["relay"])
    client.cookies["django_language"] = "en"

    def asked(do: str = "propose", text: str = TEXT, **more: object):
        return client.post(reverse("appeals:new", args=["hirondelles"]), {"text": text, "do": do, **more})

    return asked


def offered(answer) -> list[str]:
    return [one.put for one in answer.context["look"].proposals]


def test_without_an_address_nothing_is_offered_and_nothing_is_asked(client, ask):
    page = ask("look").content.decode()
    assert "language model" not in page

    answer = ask("propose")

    assert answer.status_code == 200
    assert offered(answer) == []


def test_the_page_says_where_the_words_go_and_sends_none_before_the_button(client, ask, stand_in):
    page = client.get(reverse("appeals:new", args=["hirondelles"])).content.decode()
    assert "your message goes to 127.0.0.1" in page

    ask("look")

    assert stand_in.asked == []


def test_the_model_sees_no_personal_data_and_its_proposal_is_a_change_to_take(ask, stand_in):
    stand_in.propose(BETTER)

    answer = ask()

    sent = stand_in.asked[0]["messages"][1]["content"]
    assert sent == (
        "Soudeuse à Brest depuis dix ans, je suis en recherche active d'un emploi en CDI. "
        "Appelez […] au […], […]"
    )
    assert stand_in.keys == ["Bearer sk-test"]
    assert offered(answer) == [BETTER[1]]
    assert answer.context["form"]["text"].value() == TEXT, "nothing is changed by itself"
    assert not Appeal.objects.filter(messages__text__contains="Soudeuse à Brest depuis dix").exists()

    names = [
        unescape(name) for name in re.findall(r'name="do" value="(take:[^"]*)"', answer.content.decode())
    ]
    taken = ask(names[0])

    assert taken.context["form"]["text"].value() == TEXT.replace(*BETTER)
    assert taken.context["before"] == TEXT
    assert len(stand_in.asked) == 1


def test_what_was_not_taken_is_offered_on_while_it_fits(ask, stand_in):
    stand_in.propose(BETTER, ("depuis dix ans", "depuis dix années"))
    shown = ask().context["look"].proposals
    written = [one.written for one in shown]

    taken = ask(f"take:{written[0]}", proposed=written)

    assert [one.put for one in taken.context["look"].proposals] == ["depuis dix années"]


@pytest.mark.parametrize(
    "pair",
    [
        ("emploi en CDI", "emploi en CDD"),
        ("à Brest", "à Lyon"),
        ("Soudeuse", "Comptable"),
        ("dix ans", "15 ans"),
        ("dix ans", "dix ans, moi@example.org"),
        ("je suis", "désolée de vous déranger, je suis"),
        ("depuis dix ans", "DEPUIS TOUJOURS AVEC UNE PASSION IMMENSE"),
        ("https://example.org/moi", "https://evil.example/?utm_source=x"),
        ("06 12 34 56 78", "[…]"),
        ("words that do not stand there", "others"),
        ("e", "a"),
        ("", "anything"),
    ],
)
def test_a_proposal_that_breaks_the_coachs_rules_is_not_shown(ask, stand_in, pair):
    stand_in.propose(pair)

    answer = ask()

    assert offered(answer) == []
    assert "broke the coach&#x27;s rules" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        ("Certainly! Here is your text.", 200, "could not be read"),
        ('{"changes": "none"}', 200, "could not be read"),
        ("[" * 15_000, 200, "could not be read"),
        ('{"changes": []}', 200, "proposes nothing"),
        ("", 500, "does not answer"),
        ("", 401, "does not answer"),
        ("x" * 300_000, 200, "does not answer"),
    ],
)
def test_whatever_the_model_answers_the_page_says_it_and_the_coach_is_there(
    ask, stand_in, content, status, said
):
    stand_in.content, stand_in.status = content, status

    answer = ask()

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page
    assert "What the coach sees" in page
    assert answer.context["form"]["text"].value() == TEXT


def test_json_in_a_fence_is_read_too(ask, stand_in):
    stand_in.content = f"```json\n{json.dumps({'changes': [{'find': BETTER[0], 'put': BETTER[1]}]})}\n```"
    assert offered(ask()) == [BETTER[1]]


def test_a_model_that_is_silent_is_not_waited_for_long(ask, settings, monkeypatch):
    monkeypatch.setattr(proposing, "SECONDS_MOST", 0.3)
    released = threading.Event()
    with serving(lambda handler: released.wait(30)) as (address, _asked):
        settings.MODEL_URL, settings.MODEL_NAME, settings.GUARD = address, "slow", allowing(address)
        answer = ask()
        released.set()
    assert "does not answer" in answer.content.decode()


def test_a_model_inside_that_the_operator_did_not_allow_is_not_reached(ask, stand_in, settings):
    settings.GUARD = allowing()
    assert "does not answer" in ask().content.decode()
    assert stand_in.asked == []


def test_one_person_asks_so_often_and_no_more(ask, stand_in, monkeypatch):
    monkeypatch.setattr("colibri.appeals.views.writing.ASKED_MOST", 2)
    pages = [ask().content.decode() for _ in range(3)]
    assert ["often" in page for page in pages] == [False, False, True]
    assert len(stand_in.asked) == 2


@pytest.mark.parametrize(
    "written", ["", "{}", "[1, 2]", '["a"]', "[" * 9_000, '["Soudeuse", "Comptable 99"]']
)
def test_what_no_page_of_ours_wrote_changes_nothing(ask, stand_in, written):
    answer = ask(f"take:{written}", proposed=[written])
    assert answer.context["form"]["text"].value() == TEXT
    assert offered(answer) == []
