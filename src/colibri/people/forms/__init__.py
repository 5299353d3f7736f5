"""What people type about themselves, and animators about their collective."""

from colibri.people.forms.accounts import BlockForm, ConnectForm, DoorForm, NameForm
from colibri.people.forms.collectives import AnimatorForm, CollectiveForm

__all__ = ["AnimatorForm", "BlockForm", "CollectiveForm", "ConnectForm", "DoorForm", "NameForm"]
