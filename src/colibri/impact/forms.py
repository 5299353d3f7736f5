"""What a person taps and adds about the end of their search."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.impact.models import SITUATIONS, FollowUp, Outcome
from colibri.impact.queries import namable_relays

__all__ = ["DetailsForm", "SituationForm", "TapForm"]

TAPS = [
    ("found_here", _("I found work, through the collective")),
    ("found_elsewhere", _("I found work, otherwise")),
    ("business", _("I started a business of my own")),
    ("training", _("I began a training")),
    ("looking", _("I am still looking")),
    ("stopped", _("I stopped looking")),
    ("unsaid", _("I would rather not say")),
]
"""Each a button; every one but two ends the search."""


class TapForm(forms.Form):
    """One button of the page."""

    answer = forms.ChoiceField(choices=[*TAPS, *FollowUp.CHANNELS])


class DetailsForm(forms.Form):
    """Since when, through whom, and a word to those who carried the message: all of it as one likes."""

    since = forms.DateField(
        label=_("Since when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    through: Any = forms.ModelChoiceField(
        label=_("Through which relay, if you know?"),
        queryset=None,
        required=False,
        empty_label=_("I do not know, or prefer not to say"),
        help_text=_("Only relays who agreed to be named are here."),
    )
    word = forms.CharField(
        label=_("A word to those who carried your message"),
        required=False,
        max_length=Outcome._meta.get_field("word").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read it without your name."),
    )
    word_public = forms.BooleanField(
        label=_("The collective may show this word to everybody, without my name"), required=False
    )

    def __init__(self, *given: Any, outcome: Outcome, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self._outcome, self._today = outcome, today
        through: Any = self.fields["through"]
        through.queryset = namable_relays(outcome.appeal)
        through.label_from_instance = lambda offer: str(offer.identity)
        if outcome.kind != "found_here" or not through.queryset.exists():
            del self.fields["through"]

    def clean_since(self) -> date | None:
        """Not in the future, and not before anybody could have been asked."""
        since: date | None = self.cleaned_data["since"]
        if since is not None and since > self._today:
            raise forms.ValidationError(_("This day is still to come."))
        return since


class SituationForm(forms.Form):
    """What somebody likes to say of their situation; nothing ticked is an answer too."""

    said = forms.MultipleChoiceField(
        label=_("What is true of you, if you like to say"),
        choices=[(name, own) for name, own, _group in SITUATIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
