"""An animator follows accounts of the fediverse from the page of sources, and sees what became of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.federation.actions import following
from colibri.federation.actions.sending import block_server
from colibri.federation.models import Delivery, Following
from colibri.people.actions import give_role
from colibri.people.models import Account, Collective
from tests.peers.process import free_port

PAGE = "/c/hirondelles/sources/"


@pytest.fixture
def animator(home) -> Account:
    made = Account.objects.create_user("sauge@example.org", name="Sauge")
    give_role(made, home.collective, "animator")
    home.client.force_login(made)
    return made


def page(home) -> str:
    return home.get(PAGE).content.decode()


def follows(home, typed):
    return home.client.post(PAGE, {"account": typed}, headers={"host": "colibri.example"}, secure=True)


def ends(home, pk):
    path = reverse("federation:unfollow", args=["hirondelles", pk])
    return home.client.post(path, headers={"host": "colibri.example"}, secure=True)


def shows(camille, page_path="/@camille"):
    """Its server answers WebFinger, and shows the actor to servers that ask for its page."""
    host = camille.town.origin.removeprefix("http://")
    link = {"rel": "self", "type": "application/activity+json", "href": camille.id}
    camille.town.documents[f"/.well-known/webfinger?resource=acct%3Acamille%40{host.replace(':', '%3A')}"] = {
        "links": [link]
    }
    camille.town.documents[page_path] = camille.town.documents["/users/camille"]
    return host


@pytest.mark.parametrize("typed", ["@camille@{host}", " camille@{host} ", "http://{host}/@camille", "{id}"])
def test_an_account_is_followed_by_handle_or_address_and_its_answer_shown(home, animator, camille, typed):
    host = shows(camille)
    assert follows(home, typed.format(host=host, id=camille.id)).status_code == 302
    assert f"@camille@{host}" in page(home)
    assert "pas encore de réponse" in page(home)
    home.work()
    (asked,) = [one for one in camille.town.posted if one["type"] == "Follow"]
    assert (asked["actor"], asked["object"]) == (home.actor.actor_id, camille.id)

    home.told(camille, camille.does("Accept", asked))
    assert '<span class="chip">accepté</span>' in page(home)
    home.told(camille, camille.does("Reject", asked))
    assert '<span class="chip warn">refusé</span>' in page(home)
    follows(home, camille.id)  # asked once more
    assert Following.objects.get().state == "asked"

    assert ends(home, Following.objects.get().pk).status_code == 302
    home.work()
    assert not Following.objects.exists()
    assert camille.town.posted[-1]["type"] == "Undo"


def test_who_was_asked_already_is_not_asked_again(home, animator, camille):
    for _ in range(2):
        assert follows(home, camille.id).status_code == 302
    home.work()

    assert [one["type"] for one in camille.town.posted] == ["Follow"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Ce champ est obligatoire"),
        ("camille", "Écrivez-le"),
        ("@camille@", "Écrivez-le"),
        ("@camille@192.168.0.1", "Écrivez-le"),
        ("javascript:alert(1)", "Écrivez-le"),
        ("@nobody@{host}", "n’existe pas"),
        ("http://{host}/@nobody", "n’existe pas"),
        ("http://{host}/page", "aucun compte du fédivers"),
        ("http://127.0.0.1:{silent}/@camille", "ne répond pas"),
        ("@hirondelles@colibri.example", "ne peut pas être suivi"),
        ("https://colibri.example/actors/hirondelles", "ne peut pas être suivi"),
    ],
)
def test_what_cannot_be_followed_stays_in_the_form_with_the_reason(home, animator, camille, typed, words):
    host = shows(camille)
    camille.town.documents["/page"] = {"id": f"{camille.town.origin}/page", "type": "Note"}
    typed = typed.format(host=host, silent=free_port())
    answer = follows(home, typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert not Following.objects.exists()


def test_who_blocked_us_or_lives_on_a_blocked_server_is_not_asked(home, animator, camille):
    home.told(camille, camille.does("Block", home.actor.actor_id))
    assert follows(home, camille.id).status_code == 422
    home.told(camille, camille.does("Undo", camille.does("Block", home.actor.actor_id)))
    block_server(camille.town.origin.removeprefix("http://"), now=timezone.now())

    assert follows(home, camille.id).status_code == 422
    assert not Following.objects.exists()


def test_so_many_are_followed_and_no_more(home, animator, camille, monkeypatch):
    monkeypatch.setattr(following, "FOLLOWED_MOST", 1)
    assert follows(home, camille.id).status_code == 302

    assert follows(home, camille.town.person("sasha").id).status_code == 422
    assert Following.objects.count() == 1


def test_a_question_that_did_not_arrive_is_said(home, animator, camille):
    follows(home, camille.id)
    Delivery.objects.update(state="failed")

    assert "n’est pas arrivée" in page(home)


def test_a_site_that_does_not_federate_says_so_and_asks_nobody(home, animator, camille, settings):
    settings.FEDERATION = False

    assert "COLIBRI_FEDERATION" in page(home)
    assert follows(home, camille.id).status_code == 422
    assert not Following.objects.exists()


def test_nobody_else_follows_or_ends_it(home, animator, camille):
    follows(home, camille.id)
    asked = Following.objects.get()
    home.client.force_login(Account.objects.create_user("anis@example.org"))

    assert follows(home, camille.id).status_code == 403
    assert ends(home, asked.pk).status_code == 403
    home.client.logout()
    assert ends(home, asked.pk).status_code == 302  # to the door
    assert Following.objects.exists()


def test_an_animator_of_another_collective_ends_nothing_here(home, animator, camille):
    follows(home, camille.id)
    Collective.objects.create(slug="autres", name="Autres", supporters_hashtag="a", seekers_hashtag="aR")
    other = Account.objects.create_user("lou@example.org")
    give_role(other, Collective.objects.get(slug="autres"), "animator")
    home.client.force_login(other)
    path = reverse("federation:unfollow", args=["autres", Following.objects.get().pk])

    assert home.client.post(path, headers={"host": "colibri.example"}, secure=True).status_code == 404
