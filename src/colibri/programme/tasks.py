"""Reminders wait for their moment; letters of this room."""

from colibri.common import work
from colibri.people.letters import register
from colibri.programme import mails
from colibri.programme.actions import give_up_reminder, remind
from colibri.programme.models import Registration

work.register(Registration, remind, give_up_reminder, "account", "workshop__collective")
for name in ("proposed", "agreed", "returned", "called_off"):
    register(f"workshop_{name}", "service", getattr(mails, f"workshop_{name}"))
for name in ("eve", "hour", "place", "moved", "cancelled"):
    register(f"workshop_{name}", "workshops", getattr(mails, f"workshop_{name}"), prompt=True)
for name in ("after", "replay"):
    register(f"workshop_{name}", "workshops", getattr(mails, f"workshop_{name}"))
