"""Credentials to end and letters to write wait for their turn like every other piece of work."""

from colibri.common import work
from colibri.people.actions.identities import give_up_revocation, revoke
from colibri.people.actions.leaving import erase, give_up_erasing
from colibri.people.actions.noticing import give_up_notice, send_notice
from colibri.people.letters import register
from colibri.people.mails import account_ends, account_refused, animator_ended, animator_named
from colibri.people.models import Leaving, Notice, Revocation

work.register(Revocation, revoke, give_up_revocation)
work.register(Leaving, erase, give_up_erasing, "account")
work.register(Notice, send_notice, give_up_notice, "account")
register("account_refused", "service", account_refused)
register("account_ends", "service", account_ends)
register("animator_named", "service", animator_named)
register("animator_ended", "service", animator_ended)
