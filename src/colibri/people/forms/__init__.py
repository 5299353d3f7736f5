"""What people type about themselves, and animators about their collective."""

from colibri.people.forms.accounts import BlockForm, ConnectForm, DoorForm
from colibri.people.forms.collectives import AnimatorForm, CollectiveForm
from colibri.people.forms.hearing import DeviceForm, HoursForm

__all__ = [
    "AnimatorForm",
    "BlockForm",
    "CollectiveForm",
    "ConnectForm",
    "DeviceForm",
    "DoorForm",
    "HoursForm",
]
