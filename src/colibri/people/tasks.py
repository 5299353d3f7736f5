"""Credentials to end, letters to write and devices to ring wait for their turn like all other work."""

from colibri.common import work
from colibri.people.actions.devices import give_up_ring, ring_device
from colibri.people.actions.identities import give_up_revocation, revoke
from colibri.people.actions.leaving import erase, give_up_erasing
from colibri.people.actions.noticing import give_up_notice, send_notice
from colibri.people.letters import register
from colibri.people.mails import account_ends, account_refused, animator_ended, animator_named
from colibri.people.models import Device, Leaving, Notice, Revocation

work.register(Revocation, revoke, give_up_revocation)
work.register(Leaving, erase, give_up_erasing, "account")
work.register(Notice, send_notice, give_up_notice, "account")
work.register(Device, ring_device, give_up_ring, "account")
register("account_refused", "service", account_refused)
register("account_ends", "service", account_ends)
register("animator_named", "service", animator_named)
register("animator_ended", "service", animator_ended)
