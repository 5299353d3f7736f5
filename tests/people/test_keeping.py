"""Credentials that several processes share are renewed by one of them at a time."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from colibri.networks.errors import Unauthorised
from colibri.networks.keeping import Keeper
from colibri.people.actions.keeping import LONGEST_RENEWAL, CredentialKeeper
from colibri.people.models import Credential, Identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def identity() -> Identity:
    identity = Identity.objects.create(network="bluesky", actor_id="did:plc:ada", handle="ada.test")
    Credential.objects.create(identity=identity, secret=json.dumps({"access": "old"}))
    return identity


def test_only_one_may_renew_until_new_ones_are_kept(identity):
    mine, theirs = CredentialKeeper(identity.pk), CredentialKeeper(identity.pk)
    assert isinstance(mine, Keeper)
    assert mine.claim()
    assert not theirs.claim()
    mine({"access": "new"})
    assert theirs.read() == {"access": "new"}
    assert theirs.claim()
    theirs.release()
    assert mine.claim()


def test_whoever_was_killed_while_renewing_holds_nobody_up_for_ever(identity, time_machine):
    assert CredentialKeeper(identity.pk).claim()
    time_machine.move_to(timezone.now() + LONGEST_RENEWAL + timedelta(seconds=1))
    assert CredentialKeeper(identity.pk).claim()


def test_whoever_left_meanwhile_is_not_connected_again_by_a_renewal(identity):
    keeper = CredentialKeeper(identity.pk)
    assert keeper.claim()
    Credential.objects.all().delete()
    with pytest.raises(Unauthorised):
        keeper({"access": "new"})
    with pytest.raises(Unauthorised):
        keeper.read()
    assert not Credential.objects.exists()
