"""What animators type about federation: a place to listen at."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from colibri.networks.errors import NetworkError
from colibri.networks.registry import CAPABILITIES, connect

__all__ = ["SourceForm"]


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
