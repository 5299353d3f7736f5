"""Accounts on networks, their sealed credentials, and every yes with its whole life."""

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from colibri.common.sealing import Unreadable
from colibri.networks.errors import Unauthorised
from colibri.people.actions import (
    NotYours,
    client_for,
    connect_identity,
    disconnect_identity,
    give_consent,
    give_role,
    withdraw_consent,
)
from colibri.people.charters import FRENCH, Advice, Charter
from colibri.people.models import Consent, Credential, Identity, Role
from colibri.people.queries import has_role, may_act, standing_consents
from tests.rooms import Village, everything_stored


def connect(village: Village, handle: str, **owner: object) -> Identity:
    token = village.world.token_of(handle)
    return connect_identity("memory", handle, token, server=village.address, **owner)


# Credentials


def test_credentials_are_kept_sealed_and_work(village):
    token = village.opens("pic")
    identity = village.connects("pic")

    assert token.encode() not in everything_stored()
    assert client_for(identity).whoami().handle == "pic"


def test_another_key_opens_nothing_and_says_so(village, settings):
    village.opens("pic")
    identity = village.connects("pic")
    settings.KEY = Fernet.generate_key().decode()

    with pytest.raises(Unreadable):
        client_for(Identity.objects.get(pk=identity.pk))


def test_without_the_right_token_nothing_is_connected_and_nothing_written(village):
    village.opens("pic")
    with pytest.raises(Unauthorised):
        connect_identity("memory", "pic", "wrong", server=village.address, account=village.account("pic"))

    assert not Identity.objects.filter(handle="pic").exists()


def test_somebody_elses_account_and_the_collectives_own_cannot_be_taken_over(village):
    village.opens("pic")
    village.connects("pic")
    for handle in ("pic", "collectif"):
        with pytest.raises(NotYours):
            connect(village, handle, account=village.account("autre"))
    with pytest.raises(NotYours):
        connect(village, "pic", collective=village.collective)

    assert Identity.objects.get(handle="collectif").collective == village.collective
    assert Identity.objects.get(handle="pic").account == village.account("pic")


def test_a_disconnected_account_can_no_longer_be_used(village):
    village.opens("pic")
    identity = village.connects("pic")
    disconnect_identity(identity)

    assert not Credential.objects.filter(identity=identity).exists()
    with pytest.raises(Unauthorised):
        client_for(Identity.objects.get(pk=identity.pk))


# Consents


def test_a_yes_is_written_once_and_its_end_beside_it(village):
    account, now = village.account("camille"), timezone.now()
    first = give_consent(village.collective, "be_relayed", account=account, by="page", now=now)
    assert give_consent(village.collective, "be_relayed", account=account, by="page", now=now) == first

    village.later(days=3)
    ended = timezone.now()
    count = withdraw_consent(village.collective, "be_relayed", account=account, by="mail", now=ended)
    first.refresh_from_db()

    assert (count, first.withdrawn_at, first.withdrawn_by) == (1, ended, "mail")
    assert not may_act(village.collective, "be_relayed", account=account, identity=None)
    again = give_consent(village.collective, "be_relayed", account=account, by="page", now=ended)
    assert again != first
    assert Consent.objects.count() == 2


def test_a_yes_by_an_account_on_a_network_counts_for_its_owner_here_and_for_no_other(village):
    village.opens("camille")
    identity = village.connects("camille")
    give_consent(village.collective, "be_relayed", identity=identity, by="reply", now=timezone.now())

    asked = {"collective": village.collective, "purpose": "be_relayed"}
    assert standing_consents(**asked, account=identity.account, identity=None).exists()
    assert not standing_consents(**asked, account=village.account("autre"), identity=None).exists()
    assert not standing_consents(**asked, account=None, identity=None).exists()
    assert not may_act(village.collective, "publish_for_me", account=identity.account, identity=identity)


# Roles


def test_a_role_is_held_until_it_ends_and_not_by_who_may_not_sign_in(village):
    account = village.account("lou")
    role = give_role(account, village.collective, "helper")
    assert give_role(account, village.collective, "helper") == role
    assert has_role(account, village.collective, "helper")
    assert not has_role(account, village.collective, "animator")

    account.is_active = False
    assert not has_role(account, village.collective, "helper")
    account.is_active = True
    Role.objects.filter(pk=role.pk).update(until=timezone.now())
    assert not has_role(account, village.collective, "helper")


# The charter is data


@pytest.mark.parametrize(
    ("contracts", "outcome", "reason"),
    [
        (["cdi"], "accepted", ""),
        (["cdd", "internship"], "accepted", ""),
        (["internship"], "refused", "internship"),
        (["apprenticeship"], "refused", "apprenticeship"),
        (["freelance"], "refused", "freelance"),
        ([], "unsure", "contract_unknown"),
    ],
)
def test_the_french_charter_relays_jobs_and_says_where_others_can_turn(contracts, outcome, reason):
    verdict = FRENCH.judge(contracts)

    assert (verdict.outcome, verdict.reason) == (outcome, reason)
    assert bool(verdict.advice) is (outcome == "refused")


def test_a_charter_survives_being_stored():
    assert Charter.from_dict(FRENCH.to_dict()) == FRENCH


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        ({}, "accepts|refuses"),
        ({"accepts": ["cdi"], "refuses": {"job": []}}, "job"),
        ({"accepts": ["cdi"], "refuses": {"cdi": []}}, "both"),
        ({"accepts": ["cdi"], "refuses": {"freelance": [{"name": "x"}]}}, "url"),
    ],
)
def test_a_charter_that_makes_no_sense_says_why(stored, why):
    with pytest.raises(ValueError, match=why):
        Charter.from_dict(stored)


def test_another_collective_may_relay_internships(village):
    village.collective.charter = Charter(
        accepts=("cdi", "internship"), refuses={"freelance": (Advice("Ici", "https://example.org"),)}
    ).to_dict()
    village.collective.save()
    appeal = village.invited(text="Je cherche un stage de graphiste à Lille. #villageR")

    assert appeal.state == "draft"
