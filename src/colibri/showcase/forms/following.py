"""A list of people to follow, and one person on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.showcase.forms.choices import offer_trades_and_regions
from colibri.showcase.models import FollowList
from colibri.showcase.queries import where_followed

__all__ = ["FollowListForm", "ListedForm"]


class FollowListForm(forms.ModelForm):
    """What a list is called, whom it is for, who signs it."""

    class Meta:
        model = FollowList
        fields = ["title", "summary", "family", "region", "byline", "language"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"title": _("Short: “Welders of Brittany”, “Recruiters who answer”.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_trades_and_regions(self.fields, nothing=_("all"))


class ListedForm(forms.Form):
    """Somebody to follow, as people type them."""

    who = forms.CharField(
        label=_("Whom to follow"),
        max_length=300,
        help_text=_(
            "@name@server for Mastodon, name.bsky.social for Bluesky, or the address of a blog's feed, with "
            "https://."
        ),
    )
    word = forms.CharField(label=_("Why they are worth following"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("Their e-mail address, if you have it"),
        required=False,
        help_text=_("To tell them; it is forgotten then."),
    )

    def clean_who(self) -> tuple[str, str]:
        """Where they are, and their address there."""
        found = where_followed(self.cleaned_data["who"])
        if found is None:
            raise forms.ValidationError(
                _(
                    "Write @name@server, a Bluesky handle such as name.bsky.social, or an address with https://."
                )
            )
        return found
