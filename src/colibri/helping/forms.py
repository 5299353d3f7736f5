"""What helpers offer, what seekers ask, what the two write."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.appeals.forms import clean_words
from colibri.appeals.queries import occupation_label, trade_named
from colibri.audiences.queries import tables
from colibri.helping.models import HOURS, KINDS, LANGUAGES, RHYTHMS, Giving, HelpRequest
from colibri.helping.words import CONFIDENCE
from colibri.networks.plain import plain
from colibri.relays.words import FAMILY_WORDS

__all__ = ["AskForm", "EndForm", "GivingForm", "RemarkForm", "StepForm", "TermsForm"]

TEXT_MOST = 20_000
WORDS_MOST = 2_000


def _many(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more
    )


def _confidence(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=CONFIDENCE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def _region_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False)


def _regions() -> list[tuple[str, Any]]:
    return [("", _("anywhere")), *((one.code, one.name) for one in tables().regions)]


class TradeMixin(forms.Form):
    """A form with a trade typed in everyday words, and a region."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = _regions()  # type: ignore[attr-defined]

    def clean_occupation(self) -> str:
        """The code of the trade, empty where none was typed."""
        typed = self.cleaned_data["occupation"].strip()
        code = trade_named(typed) if typed else ""
        if typed and not code:
            raise forms.ValidationError(
                _("We do not know this trade yet. Try another word for it, or leave it empty.")
            )
        return code


class GivingForm(TradeMixin):
    """An offer of help."""

    kinds = _many(_("I can help with"), KINDS, error_messages={"required": _("Choose at least one thing.")})
    a_week = forms.IntegerField(
        label=_("People at a time, at most"),
        min_value=1,
        max_value=20,
        help_text=_("You are never asked for more, and you can say no each time. One is plenty."),
    )
    languages = _many(
        _("In these languages"), LANGUAGES, error_messages={"required": _("Choose at least one language.")}
    )
    hours = _many(_("When I have time"), HOURS, required=False)
    families = _many(_("Trades I know something of"), list(FAMILY_WORDS.items()), required=False)
    occupation = forms.CharField(label=_("My own trade"), required=False, max_length=120)
    region = _region_field(_("My region"))

    def __init__(self, *args: Any, giving: Giving | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"a_week": 1, "languages": ["fr"], "kinds": []}
        if giving is not None:
            names = ("kinds", "a_week", "languages", "hours", "families", "region")
            kwargs["initial"] = {name: getattr(giving, name) for name in names}
            kwargs["initial"]["occupation"] = occupation_label(giving.occupation)
        super().__init__(*args, **kwargs)


class AskForm(TradeMixin):
    """One thing asked for."""

    kind = forms.ChoiceField(label=_("I would like help with"), choices=KINDS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=WORDS_MOST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("What would help you most? Whoever is asked to help reads this before saying yes."),
    )
    text = forms.CharField(
        label=_("The text to look at"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_(
            "Your message, your CV as text, your profile: paste it here. Only who says yes reads it, and can "
            "write a remark beside each passage. Up to 20,000 characters."
        ),
    )
    languages = _many(
        _("In these languages"), LANGUAGES, error_messages={"required": _("Choose at least one language.")}
    )
    hours = _many(_("When I have time"), HOURS, required=False)
    occupation = forms.CharField(label=_("My trade"), required=False, max_length=120)
    region = _region_field(_("My region"))
    before = _confidence(_("How confident are you about your search today?"))

    def clean_text(self) -> str:
        """The text, within its length."""
        text = plain(self.cleaned_data["text"]).strip()
        return clean_words(text, most=TEXT_MOST) if text else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == "trade" and not cleaned.get("occupation") and "occupation" in cleaned:
            self.add_error("occupation", _("Which trade would you like explained?"))
        return cleaned


class RemarkForm(forms.Form):
    """What one of the two writes."""

    passage = forms.IntegerField(min_value=0, max_value=10_000, required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your words"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write a few words first.")},
    )

    def clean_passage(self) -> int:
        """The passage by its number, 0 for the whole."""
        return self.cleaned_data["passage"] or 0


class TermsForm(forms.Form):
    """What two work towards, how often they meet, and until when."""

    aim = forms.CharField(
        label=_("What we work towards"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("In your own words, small or large. You can change it as you go."),
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=RHYTHMS)
    ends_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most a year from now. Both of you are asked half way and at the end."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_ends_on(self) -> date:
        """A day to come, within a year."""
        day: date = self.cleaned_data["ends_on"]
        if not self.today < day <= self.today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return day


class StepForm(forms.Form):
    """Something to do next."""

    step = forms.CharField(
        label=_("Our next step"), max_length=300, error_messages={"required": _("Write a few words first.")}
    )


class EndForm(forms.Form):
    """How it ended."""

    ending = forms.ChoiceField(
        label=_("How did it go?"), choices=HelpRequest.ENDINGS, widget=forms.RadioSelect
    )
    word = forms.CharField(
        label=_("A word to your helper"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    after = _confidence(_("How confident are you about your search now?"))
