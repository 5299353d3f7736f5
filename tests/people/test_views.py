"""People's own pages, walked through as their visitors do."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.common.signing import token
from colibri.networks.memory import worlds
from colibri.networks.memory.world import World as MemoryWorld
from colibri.people.actions import connect_identity, forget_unused_accounts
from colibri.people.forms.entering import ADDRESSES
from colibri.people.models import Account, Block, Collective, Consent, Credential, Identity, NoticeOff
from colibri.people.views.connecting import TRIES_MOST
from tests.sample_world import EVENING, World, sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_knocked_yet():
    cache.clear()


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def network(settings, world):
    """The network in memory, offered as in the demonstration, with one account on it."""
    settings.DEMO = True
    made = MemoryWorld()
    address = worlds.register("people-pages", made)
    made.open_account("mesange", "Mésange")
    Identity.objects.create(network="memory", actor_id="memory:ours", handle="ours", server=address)
    yield made
    worlds.forget(address)


@pytest.fixture
def stranger(client, world) -> Account:
    client.force_login(world.people["stranger"])
    return world.people["stranger"]


def code_in(message) -> str:
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]*)\s*$", message.body, flags=re.MULTILINE)[1]


def connect(client, secret: str, handle: str = "mesange", **more: str):
    typed = {"network": "memory", "handle": handle, "secret": secret, "server": "", **more}
    return client.post(reverse("people:identities"), typed)


# Coming in


@pytest.mark.parametrize(("language", "words"), [("fr", "Bonjour"), ("en", "Hello,")])
def test_somebody_new_comes_in_with_an_address_and_a_code(client, language, words):
    headers = {"Accept-Language": language}

    asked = client.post(reverse("account_request_login_code"), {"email": "New@example.org"}, headers=headers)
    (sent,) = mail.outbox
    came = client.post(asked.url, {"code": code_in(sent)}, headers=headers)

    made = Account.objects.get(email="new@example.org")
    assert words in sent.body
    assert code_in(sent) in sent.subject
    assert came.status_code == 302
    assert client.session["_auth_user_id"] == str(made.pk)
    assert made.language == language
    assert not made.has_usable_password()
    assert EmailAddress.objects.get(user=made).verified


def test_somebody_known_comes_in_with_a_code_and_goes_where_they_wanted(client, world):
    wanted = reverse("people:consents")
    asked = client.post(
        reverse("account_request_login_code"), {"email": "stranger@example.org", "next": wanted}
    )

    came = client.post(asked.url, {"code": code_in(mail.outbox[0]), "next": wanted})

    assert came.url == wanted
    assert client.session["_auth_user_id"] == str(world.people["stranger"].pk)


def test_a_wrong_code_lets_nobody_in(client, world):
    asked = client.post(reverse("account_request_login_code"), {"email": "stranger@example.org"})

    answer = client.post(asked.url, {"code": "WRONG1"})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_not_told_apart_by_page_or_mail(client, world):
    known = client.post(reverse("account_request_login_code"), {"email": "stranger@example.org"})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert code_in(mail.outbox[0]) != code_in(mail.outbox[1])


def ask(client: Client, place: str, email: str = "stranger@example.org"):
    address = reverse("account_request_login_code")
    return client.post(address, {"email": email}, REMOTE_ADDR=place, headers={"accept-language": "en"})


def test_a_flood_of_codes_ends_and_shuts_out_neither_its_victim_nor_their_browser(client, world):
    statuses = [ask(Client(), "192.0.2.1").status_code for _ in range(8)]
    assert statuses == [302] * 5 + [200] * 3
    assert len(mail.outbox) == 5
    assert ask(Client(), "192.0.2.2").status_code == 302, "from elsewhere the address still gets its code"

    client.force_login(world.people["stranger"])
    client.get("/consents/")
    client.post(reverse("account_logout"))
    for number in range(40):
        ask(Client(), f"198.51.100.{number}")
    assert "Many codes" in ask(Client(), "203.0.113.9").content.decode()
    assert ask(client, "203.0.113.9").status_code == 302, "a browser that came in before still does"


def test_an_address_of_ipv6_is_one_with_its_household(world):
    statuses = [ask(Client(), f"2001:db8:1:2::{number}").status_code for number in range(7)]

    assert statuses == [302] * 5 + [200] * 2


def test_accounts_made_by_asking_alone_are_forgotten(world, time_machine):
    ask(Client(), "192.0.2.1", "nobody@example.org")
    before = Account.objects.count()
    assert forget_unused_accounts(now=timezone.now()) == 0
    forget_unused_accounts(now=timezone.now() + timedelta(days=3))

    assert not Account.objects.filter(email="nobody@example.org").exists()
    assert Account.objects.filter(email="animator@example.org").exists()
    assert Account.objects.count() < before


def test_knocking_too_often_is_answered_kindly(world):
    answers = [ask(Client(), "192.0.2.1", f"{number}@example.org") for number in range(ADDRESSES + 1)]

    assert answers[-2].status_code == 302
    assert "Please wait an hour" in answers[-1].content.decode()
    assert not Account.objects.filter(email=f"{ADDRESSES}@example.org").exists()


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_nobody_is_asked_for_a_password(client, address):
    assert client.get(address).url == reverse("account_request_login_code")


def test_passkeys_are_reached_by_scripts_of_our_own_alone(client):
    text = client.get(reverse("account_request_login_code")).content.decode()

    assert "mfa/js/webauthn.js" in text
    for script in re.findall(r"<script([^>]*)>", text):
        assert 'src="/static/' in script or 'type="application/json"' in script


def test_a_language_chosen_is_also_the_one_of_the_mails(client, stranger):
    client.post(reverse("set_language"), {"language": "en", "next": "/identities/"})

    assert Account.objects.get(pk=stranger.pk).language == "en"
    assert 'lang="en"' in client.get(reverse("people:identities")).content.decode()


def test_the_demonstration_lets_one_come_in_as_somebody_by_a_button(client, world, settings):
    settings.DEMO = True
    link = reverse("people:demo", args=[token("demo", world.people["relay"].pk)])

    client.get(link)
    assert "_auth_user_id" not in client.session
    assert client.post(link).status_code == 302
    assert client.session["_auth_user_id"] == str(world.people["relay"].pk)


def test_outside_the_demonstration_there_is_no_such_door(client, world):
    link = reverse("people:demo", args=[token("demo", world.people["operator"].pk)])

    assert client.post(link).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_link_for_something_else_is_no_key(client, world, settings):
    settings.DEMO = True

    assert client.post(reverse("people:demo", args=[token("unsubscribe", 1)])).status_code == 410


# Accounts on networks


def test_a_connected_account_is_kept_sealed_and_the_person_returns_where_they_were(client, stranger, network):
    secret = network.token_of("mesange")

    answer = connect(client, secret, next="/c/hirondelles/relay/")

    made = Identity.objects.get(handle="mesange")
    assert answer.url == "/c/hirondelles/relay/"
    assert made.account == stranger
    assert made.connected
    page = client.get(reverse("people:identities")).content.decode()
    assert "@mesange" in page
    assert secret not in page


def test_nobody_is_sent_away_from_here_after_connecting(client, stranger, network):
    answer = connect(client, network.token_of("mesange"), next="https://evil.example/")

    assert answer.url == reverse("people:identities")


def test_a_wrong_secret_is_told_beside_its_field_and_the_handle_stays(client, stranger, network):
    answer = connect(client, "wrong")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="mesange"' in text
    assert 'value="wrong"' not in text
    assert answer.context["form"].errors["secret"]
    assert not Credential.objects.exists()


def test_a_network_that_does_not_answer_is_told_apart_from_a_refusal(client, stranger, network):
    network.fail("whoami", "rate_limit")

    answer = connect(client, network.token_of("mesange"))

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert not Credential.objects.exists()


def test_an_account_of_somebody_else_here_stays_theirs(client, stranger, network, world):
    secret = network.token_of("mesange")
    connect_identity(
        "memory", "mesange", secret, server="memory:people-pages", account=world.people["seeker"]
    )

    answer = connect(client, secret)

    assert answer.context["form"].errors["handle"]
    assert Identity.objects.get(handle="mesange").account == world.people["seeker"]


def test_guessing_secrets_through_us_is_stopped(client, stranger, network):
    answers = [connect(client, "wrong").status_code for _try in range(TRIES_MOST + 1)]

    assert answers[0] == 422
    assert answers[-1] == 429


def test_the_network_in_memory_is_offered_in_the_demonstration_only(client, stranger):
    answer = connect(client, "anything", server="http://127.0.0.1:1")

    assert answer.context["form"].errors["network"]


def test_disconnecting_forgets_the_secret(client, stranger, network):
    connect(client, network.token_of("mesange"))
    made = Identity.objects.get(handle="mesange")

    client.post(reverse("people:disconnect", args=[made.pk]))

    assert not Credential.objects.exists()
    assert Identity.objects.filter(pk=made.pk, account=stranger).exists()


def test_nobody_disconnects_the_account_of_another(client, stranger, world):
    theirs = world.values["identity"]

    assert client.post(reverse("people:disconnect", args=[theirs])).status_code == 404


def test_a_refused_account_says_so_and_can_be_connected_again(client, stranger, network):
    connect(client, network.token_of("mesange"))
    Identity.objects.filter(handle="mesange").update(refused_at=EVENING)

    assert "note warn" in client.get(reverse("people:identities")).content.decode()
    connect(client, network.token_of("mesange"))
    assert Identity.objects.get(handle="mesange").refused_at is None


# Consents, mails, blocks


def test_a_yes_is_shown_with_its_history_and_withdrawn_by_a_button(client, world):
    client.force_login(world.people["relay"])
    consent = Consent.objects.get(pk=world.values["consent"])

    assert len(client.get(reverse("people:consents")).context["standing"]) == 1
    client.post(reverse("people:withdraw", args=[consent.pk]))

    consent.refresh_from_db()
    after = client.get(reverse("people:consents")).context
    assert consent.withdrawn_at is not None
    assert consent.withdrawn_by == "page"
    assert (len(after["standing"]), len(after["withdrawn"])) == (0, 1)


def test_nobody_withdraws_the_yes_of_another(client, stranger, world):
    answer = client.post(reverse("people:withdraw", args=[world.values["consent"]]))

    assert answer.status_code == 404
    assert Consent.objects.get(pk=world.values["consent"]).withdrawn_at is None


def test_mails_are_silenced_and_wanted_again(client, stranger):
    client.post(reverse("people:notice"), {"ways": "mail", "mail": ["news"]})
    assert NoticeOff.objects.filter(account=stranger, kind="digest").exists()

    client.post(reverse("people:notice"), {"ways": "mail", "mail": list(dict(NoticeOff.KINDS))})
    assert not NoticeOff.objects.filter(account=stranger).exists()


def test_somebody_is_blocked_by_their_handle_and_unblocked(client, stranger, network):
    collective = Collective.objects.get()
    typed = {"collective": collective.pk, "network": "memory", "handle": "@Seeker"}

    client.post(reverse("people:blocks"), typed)
    made = Block.objects.get(account=stranger)
    assert made.identity.handle == "seeker"

    client.post(reverse("people:end_block", args=[made.pk]))
    assert not Block.objects.filter(account=stranger).exists()


def test_blocking_an_unknown_handle_says_that_nothing_of_theirs_comes(client, stranger, network):
    typed = {"collective": Collective.objects.get().pk, "network": "memory", "handle": "ghost"}

    answer = client.post(reverse("people:blocks"), typed)

    assert answer.context["form"].errors["handle"]
    assert 'value="ghost"' in answer.content.decode()


# The administration


def test_operators_see_that_a_secret_is_kept_and_never_the_secret(client, network, world):
    secret = network.token_of("mesange")
    made = connect_identity(
        "memory", "mesange", secret, server="memory:people-pages", account=world.people["stranger"]
    )
    client.force_login(world.people["operator"])

    page = client.get(reverse("admin:people_credential_change", args=[made.credential.pk]))

    assert page.status_code == 200
    assert secret not in page.content.decode()
