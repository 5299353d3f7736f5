"""Whom to ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.conversations.actions import MOST_MEMBERS
from colibri.conversations.queries import shown_name
from colibri.people.models import Account

__all__ = ["AskForm"]


class AskForm(forms.Form):
    """One to four people among those somebody may ask."""

    people = forms.MultipleChoiceField(
        label=_("With whom would you like to talk?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One person, or up to four together. Each is asked first."),
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, data: Any, *, known: list[Account]) -> None:
        super().__init__(data, initial={"people": [known[0].pk]} if len(known) == 1 else {})
        self.known = {str(one.pk): one for one in known}
        self.fields["people"].choices = [(pk, shown_name(one)) for pk, one in self.known.items()]  # type: ignore[attr-defined]

    def clean_people(self) -> list[Account]:
        """The accounts chosen."""
        chosen = self.cleaned_data["people"]
        if len(chosen) >= MOST_MEMBERS:
            raise forms.ValidationError(_("Four people at most, five with you."))
        return [self.known[pk] for pk in chosen]
