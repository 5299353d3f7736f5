"""The one door: an address, known here or not, gets a code."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colibri.common.actions import count
from colibri.common.origin import origin
from colibri.people.actions import account_at
from colibri.people.middleware import is_known_browser

__all__ = ["CodeForm"]

A_WHILE, CODES_FROM_ONE_PLACE = timedelta(minutes=10), 5
A_DAY, CODES_A_DAY = timedelta(days=1), 30
"""Codes one place may ask for one address, and all places together: more fills somebody's mailbox."""
AN_HOUR, ADDRESSES = timedelta(hours=1), 60
"""Codes one place may ask for all addresses together: a household, a library, a workshop."""


class CodeForm(RequestLoginCodeForm):
    """Ask for a code. Who comes for the first time is made known; without the code nobody comes in."""

    def clean_email(self) -> str:
        email = str(get_adapter().clean_email(self.cleaned_data["email"].strip().lower()))
        here = origin(context.request)
        if count(f"codes from {here}", lasts=AN_HOUR) > ADDRESSES:
            raise forms.ValidationError(
                _("Many codes were asked for from your network. Please wait an hour.")
            )
        account = account_at(email, language=(get_language() or "fr")[:2])
        from_here = count(f"codes for {email} from {here}", lasts=A_WHILE)
        together = count(f"codes for {email}", lasts=A_DAY)
        flooded = from_here > CODES_FROM_ONE_PLACE or together > CODES_A_DAY
        if flooded and not (is_known_browser(context.request, account.pk) and from_here <= CODES_A_DAY):
            raise forms.ValidationError(
                _(
                    "Many codes were asked for this address. Look into your mail, wait ten minutes, or come "
                    "in with a passkey or your network's account."
                )
            )
        self.cleaned_data["email"] = email
        return str(super().clean_email())
