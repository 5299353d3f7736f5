"""What animators type about federation: a place to listen at, an account to follow."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from colibri.networks.errors import NetworkError
from colibri.networks.plain import web_address
from colibri.networks.registry import CAPABILITIES, connect

__all__ = ["FollowForm", "SourceForm"]

_HANDLE = re.compile(r"@?([\w.-]{1,100})@([^\s@/?#]+)")


class SourceForm(forms.Form):
    """A network and, where one place does not hear all of it, a server."""

    network = forms.ChoiceField(label=_("Network"))
    server = forms.CharField(
        label=_("Server"),
        max_length=200,
        required=False,
        help_text=_(
            "For Mastodon: piaille.fr, for example. For Bluesky leave it empty: one place hears all of it."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "inputmode": "url", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = [  # type: ignore[attr-defined]
            (name, known.label) for name, known in CAPABILITIES.items() if known.listens and name != "memory"
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        network = cleaned.get("network")
        if network is None or self.errors:
            return cleaned
        server = cleaned["server"].strip().removeprefix("@").removeprefix("https://").rstrip("/").lower()
        if not server and not CAPABILITIES[network].one_stream:
            self.add_error("server", _("Which server? One place hears only its own part of this network."))
            return cleaned
        if server and network != "memory" and not settings.GUARD.admits(f"https://{server}"):
            self.add_error("server", _("This is not the address of a server."))
            return cleaned
        try:
            connect(network, credentials=None, address=server, guard=settings.GUARD).close()
        except NetworkError:
            self.add_error("server", _("This is not the address of a server."))
        return {**cleaned, "server": server}


class FollowForm(forms.Form):
    """An account of the fediverse, by handle or by address."""

    account = forms.CharField(
        label=_("Account"),
        max_length=300,
        help_text=_("@name@server, or the address of its page."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "inputmode": "url", "spellcheck": "false"}),
    )

    def clean_account(self) -> str:
        """user@host, or an address of the web."""
        typed = str(self.cleaned_data["account"]).strip()
        named = _HANDLE.fullmatch(typed)
        found = f"{named[1]}@{named[2].lower()}" if named else web_address(typed)
        if not found or not settings.GUARD.admits(f"https://{named[2]}" if named else found):
            raise forms.ValidationError(_("Write it as @name@server, or paste the address of its page."))
        return found
