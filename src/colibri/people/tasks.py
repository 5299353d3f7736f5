"""Credentials to end wait for their turn like every other piece of work."""

from colibri.common import work
from colibri.people.actions.identities import give_up_revocation, revoke
from colibri.people.models import Revocation

work.register(Revocation, revoke, give_up_revocation)
