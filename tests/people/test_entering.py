"""The one door: a mistyped address, a code that is over, a second address, a name of one's own."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from colibri.people.actions import account_at
from colibri.people.models import Account

pytestmark = pytest.mark.django_db

ASK = "/account/login/code/"
TYPE = "/account/login/code/confirm/"


def code_of_last() -> str:
    found = re.search(r"^([A-Z0-9]{4,}(?:-?[A-Z0-9]+)*)$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group(1)


def test_an_address_too_long_to_be_one_is_refused_beside_the_field(client: Client):
    long = f"{'x' * 250}@example.org"  # a mail field takes 320 characters, PostgreSQL 254

    answer = client.post(ASK, {"email": long})

    assert "254" in answer.content.decode()
    assert not Account.objects.exists()
    client.force_login(Account.objects.create_user("lou@example.org"))
    assert "254" in client.post("/account/email/", {"email": long, "action_add": ""}).content.decode()


def test_who_mistyped_their_address_types_another(client: Client):
    client.post(ASK + "?next=/today/", {"email": "typo@example.org", "next": "/today/"})

    again = client.post("/account/login/code/again/", {"next": "/today/"})
    assert again.url == "/account/login/code/?next=%2Ftoday%2F"
    client.post(again.url, {"email": "right@example.org", "next": "/today/"})

    assert mail.outbox[-1].to == ["right@example.org"]
    assert client.post(TYPE, {"code": code_of_last(), "next": "/today/"}).url == "/today/"


def test_a_code_lives_a_quarter_of_an_hour_and_then_says_so(client: Client, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    client.post(ASK, {"email": "late@example.org"})
    time_machine.shift(timedelta(minutes=14))
    assert client.get(TYPE).status_code == 200

    time_machine.shift(timedelta(minutes=2))
    over = client.post(TYPE, {"code": code_of_last(), "next": "/today/"}, follow=True)

    assert over.redirect_chain[0][0] == "/account/login/code/?next=%2Ftoday%2F"
    assert "Ce code n’est plus valable" in over.content.decode()


def test_a_code_that_got_lost_is_sent_once_more(client: Client):
    client.post(ASK, {"email": "lost@example.org"})

    assert "Envoyer un autre code" in client.get(TYPE).content.decode()
    client.post(TYPE, {"action": "resend"})

    assert len(mail.outbox) == 2
    assert client.post(TYPE, {"code": code_of_last()}).status_code == 302
    assert client.session["_auth_user_id"]


def test_any_confirmed_address_leads_to_the_same_account(client: Client):
    account = account_at("first@example.org")
    EmailAddress.objects.create(user=account, email="second@example.org", verified=True)
    Account.objects.filter(pk=account.pk).update(email="third@example.org")  # changed since

    assert account_at("second@example.org") == account
    client.post(ASK, {"email": "second@example.org"})
    client.post(TYPE, {"code": code_of_last()})

    assert client.session["_auth_user_id"] == str(account.pk)


def test_an_address_somebody_only_wrote_down_is_still_its_owners():
    other = account_at("other@example.org")
    EmailAddress.objects.create(user=other, email="mine@example.org", verified=False)

    mine = account_at("mine@example.org")

    assert mine != other
    assert EmailAddress.objects.get(email="mine@example.org").user == mine


def test_a_name_of_ones_own(client: Client):
    account = account_at("anis@example.org")
    client.force_login(account)

    client.post(reverse("people:name"), {"name": " Anis \n Geai "})

    account.refresh_from_db()
    assert account.name == "Anis Geai"
    assert "Anis Geai" in client.get("/me/?all").content.decode()


def test_passkeys_are_found_and_named_in_our_words(client: Client):
    client.force_login(account_at("anis@example.org"))

    assert reverse("mfa_list_webauthn") in client.get("/me/?all").content.decode()
    page = client.get(reverse("mfa_list_webauthn")).content.decode()
    assert "Mes clés d’accès" in page
