"""What people type about themselves: an account on a network to connect, an account to block."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.networks.plain import plain_line
from colibri.people.models import Account, Collective, Identity
from colibri.people.queries import (
    identity_named,
    memory_server,
    networks_known,
    networks_offered,
    networks_to_sign_in,
)

__all__ = ["BlockForm", "ConnectForm", "DoorForm", "NameForm"]


class NameForm(forms.ModelForm):
    """How somebody wants to be called."""

    class Meta:
        model = Account
        fields = ("name",)
        help_texts = {
            "name": _(
                "Shown to those you talk with, help or are helped by, and to the animators of a collective "
                "you run. A first name or any other is fine."
            )
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "nickname"})}

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])


class ConnectForm(forms.Form):
    """An account on a network and what proves that it is theirs."""

    network = forms.ChoiceField(label=_("Network"))
    handle = forms.CharField(
        label=_("Your handle"),
        max_length=200,
        help_text=_("As others write it: you.bsky.social, for example. The @ may stay away."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "username", "spellcheck": "false"}
        ),
    )
    secret = forms.CharField(
        label=_("App password"),
        max_length=500,
        help_text=_(
            "Not the password of your account: one made for Colibri alone, that you can revoke there."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    server = forms.CharField(
        label=_("Server"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty, unless you were told otherwise."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "inputmode": "url", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = networks_offered()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("network") == "memory":
            cleaned["server"] = memory_server()
        return cleaned


class DoorForm(forms.Form):
    """Who somebody is on a network: their own server says whether it is true."""

    who = forms.CharField(
        label=_("Your account, or your server"),
        max_length=200,
        help_text=_("For example: marie@piaille.fr, piaille.fr, or marie.bsky.social."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "username", "spellcheck": "false"}
        ),
    )
    network = forms.ChoiceField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = networks_to_sign_in()  # type: ignore[attr-defined]


class BlockForm(forms.Form):
    """Somebody whose messages one does not want to meet."""

    collective = forms.ModelChoiceField(
        label=_("In the collective"), queryset=Collective.objects.order_by("name")
    )
    network = forms.ChoiceField(label=_("Network"))
    handle = forms.CharField(label=_("Their handle"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = networks_known()  # type: ignore[attr-defined]
        self.identity: Identity | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.identity = identity_named(cleaned["network"], cleaned["handle"])
            if self.identity is None:
                self.add_error(
                    "handle", _("Colibri does not know this account: nothing of theirs can come to you.")
                )
        return cleaned
