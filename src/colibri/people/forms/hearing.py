"""When somebody may be rung, and the browser in which they are."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.networks.addresses import Forbidden
from colibri.networks.webpush import Subscription

__all__ = ["DeviceForm", "HoursForm"]

HOURS = [(hour, f"{hour}:00") for hour in range(24)]


class HoursForm(forms.Form):
    """From which hour to which no device rings and mails wait."""

    quiet_from = forms.TypedChoiceField(label=gettext_lazy("Silence from"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(
        label=gettext_lazy("until"),
        choices=HOURS,
        coerce=int,
        help_text=gettext_lazy("The same hour twice: no silence."),
    )


class DeviceForm(forms.Form):
    """What a browser says of itself when its owner asks to be told in it; the script fills it in."""

    endpoint = forms.CharField(max_length=1_000)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)
    subscription: Subscription

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            settings.GUARD.check(cleaned["endpoint"])
            self.subscription = Subscription(**cleaned)
        except (Forbidden, ValueError) as fault:
            raise forms.ValidationError(
                _("What your browser said cannot be used. Please press the button again.")
            ) from fault
        return cleaned
