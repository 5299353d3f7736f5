"""What may go wrong becomes a page that says what to do next."""

import pytest
from django.db import DataError

from colibri.appeals.actions.answers import TooMany
from colibri.appeals.actions.lifecycle import NeedsConsent
from colibri.appeals.models import Appeal
from colibri.common.signing import BadLink
from colibri.common.states import WrongMove
from colibri.config.problems import problem_of
from colibri.networks.errors import Gone, Refused, Retryable, Unauthorised
from colibri.people.actions import NotYours
from colibri.people.models import Account


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (WrongMove(Appeal(state="closed"), "paused"), 409),
        (NeedsConsent(), 409),
        (TooMany(), 429),
        (BadLink("answer"), 410),
        (NotYours("camille"), 403),
        (Unauthorised("no"), 403),
        (Retryable("later"), 503),
        (Refused("no"), 503),
        (Gone("away"), 503),
        (DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"), 400),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_expected_fault_has_its_page(fault, status):
    problem = problem_of(fault)

    assert problem is not None
    assert problem.status == status
    assert problem.heading
    assert problem.words


def test_what_was_not_expected_is_left_to_the_error_page():
    assert problem_of(KeyError("x")) is None
    assert problem_of(DataError("value too long for type character varying(40)")) is None


def test_a_network_s_own_words_are_never_shown():
    problem = problem_of(Refused("token=abc at https://inside"))

    assert problem is not None
    assert "inside" not in problem.heading + problem.words


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused_in_words(client):
    answer = client.post("/language/", {"language": "x" * 3_000_000}, headers={"accept-language": "en"})

    assert answer.status_code == 413
    assert "more than we can take" in answer.content.decode()


@pytest.mark.django_db
def test_operators_come_in_like_everybody_with_the_same_limits(client):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/account/login/code/")
    assert "next=%2Fadmin%2F" in answer.redirect_chain[-1][0]
    assert 'type="password"' not in answer.content.decode()


@pytest.mark.django_db
def test_who_presses_a_button_after_their_session_ended_comes_back_to_its_page(client):
    pressed = client.post("/today/5/", {"do": "give"}, headers={"referer": "http://testserver/today/?x=1"})
    assert pressed.url == "/account/login/code/?next=/today/%3Fx%3D1"

    from_elsewhere = client.post("/today/5/", headers={"referer": "https://evil.example/today/"})
    assert from_elsewhere.url == "/account/login/code/?next=/me/"

    twisted = client.post("/today/5/", headers={"referer": "http://testserver//evil.example/"})
    assert twisted.url == "/account/login/code/?next=/%252Fevil.example/"


@pytest.mark.django_db
def test_the_address_of_a_button_looked_at_says_so(client):
    page = client.get("/hearing/kind/", headers={"accept": "text/html", "accept-language": "en"})
    assert page.status_code == 302  # first, sign in
    client.force_login(Account.objects.create_user("lou@example.org"))
    page = client.get("/hearing/kind/", headers={"accept": "text/html", "accept-language": "en"})

    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "no page to look at" in page.content.decode()
    assert client.get("/hearing/kind/", headers={"accept": "application/json"}).content == b""


@pytest.mark.django_db
def test_what_is_somebodys_own_is_kept_by_no_cache(client):
    assert "no-store" not in client.get("/").get("Cache-Control", "")
    client.force_login(Account.objects.create_user("lou@example.org"))
    for address in ("/today/", "/consents/", "/identities/", "/blocks/", "/account/email/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_another_name_of_this_site_is_told_where_it_answers(client):
    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "http://127.0.0.1:8000" in answer.content.decode()
