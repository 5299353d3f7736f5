"""A workshop as its host writes it, and what those who take part say."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.networks.plain import web_address
from colibri.programme.models import Registration, Workshop
from colibri.programme.words import CLOCKS

__all__ = [
    "AttendanceForm",
    "ClocksForm",
    "FeedbackForm",
    "RemarkForm",
    "ReplayForm",
    "WorkshopForm",
]

LONGEST = timedelta(days=3)
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"]
AGREED_WORDS = ("title", "learn", "host_name", "series")
"""What an animator agreed to: only an animator changes it afterwards."""


class MomentField(forms.DateTimeField):
    """A day and an hour by the collective's clocks."""

    def __init__(self, **given: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        wrong = _("Write the day and the hour, for example 2026-12-01 18:30.")
        super().__init__(widget=widget, input_formats=MOMENTS, error_messages={"invalid": wrong}, **given)


class AddressField(forms.CharField):
    """An address of the web."""

    widget = forms.URLInput(attrs={"placeholder": "https://"})

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        found = web_address(written) if written else ""
        if written and not found:
            raise forms.ValidationError(_("Write an address of the web, beginning with https://."))
        return found


class WorkshopForm(forms.ModelForm):
    """Everything a host says of a workshop."""

    starts_at = MomentField(label=_("Begins"), help_text=_("By the collective's clocks."))
    ends_at = MomentField(label=_("Ends"))
    link = AddressField(
        label=_("Link, where people meet on line"),
        max_length=500,
        required=False,
        help_text=_("Shown only to who has a place."),
    )

    class Meta:
        model = Workshop
        fields = [
            "title", "learn", "starts_at", "ends_at", "venue", "link", "places", "language", "captions",
            "host_name", "series",
        ]  # fmt: skip
        widgets = {"learn": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "learn": _("What somebody will know or be able to do afterwards, in a few plain sentences."),
            "captions": _("Tick it if what is said can be read as it is said."),
            "series": _("The name of the series it belongs to, where there is one."),
        }

    def __init__(self, *args: Any, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            for name in AGREED_WORDS:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if begins and ends and begins >= ends:
            self.add_error("ends_at", _("It ends after it begins."))
        elif begins and ends and ends - begins > LONGEST:
            self.add_error("ends_at", _("A workshop lasts three days at most: make several of a longer one."))
        if begins and begins < timezone.now() and begins != self.instance.starts_at:
            self.add_error("starts_at", _("This moment has passed: choose one ahead."))
        if not cleaned.get("venue") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("venue", _("Say where people meet: a place, a link, or both."))
        return cleaned

    def clean_places(self) -> int:
        """At least as many as people have already."""
        places: int = self.cleaned_data["places"]
        held = self.instance.registrations.filter(state="held").count() if self.instance.pk else 0
        if places < held:
            words = _("%(held)d people have a place already: it cannot have fewer.")
            raise forms.ValidationError(words, params={"held": held})
        return places


class ReplayForm(forms.Form):
    """Where it can be watched again."""

    replay = AddressField(label=_("Link to watch it again"), max_length=500, required=False)


class RemarkForm(forms.Form):
    """A word to go with a decision."""

    remark = forms.CharField(
        label=_("A word to go with it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ClocksForm(forms.Form):
    """By whose clocks somebody is told the hour."""

    time_zone = forms.ChoiceField(label=_("My clocks"), required=False)

    def __init__(self, *args: Any, collective_zone: str, own: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"time_zone": own}, **kwargs})
        theirs = CLOCKS.get(collective_zone, collective_zone.rsplit("/", 1)[-1].replace("_", " "))
        others: list[tuple[str, Any]] = [
            (zone, label) for zone, label in CLOCKS.items() if zone != collective_zone
        ]
        if own and own not in CLOCKS:
            others.append((own, own))
        self.fields["time_zone"].choices = [("", theirs), *others]  # type: ignore[attr-defined]


class FeedbackForm(forms.ModelForm):
    """What it brought, in one choice and a word."""

    useful = forms.ChoiceField(
        label=_("Was it useful to you?"), choices=Registration.USEFUL, widget=forms.RadioSelect
    )

    class Meta:
        model = Registration
        fields = ["useful", "word"]
        widgets = {"word": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"word": _("Your name is not shown with it.")}


class AttendanceForm(forms.Form):
    """Who came."""

    came = forms.TypedMultipleChoiceField(
        label=_("Who came?"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, registrations: list[Registration], **kwargs: Any) -> None:
        initial = {"came": [one.pk for one in registrations if one.came]}
        super().__init__(*args, **{"initial": initial, **kwargs})
        names = [(one.pk, one.account.name or _("somebody without a name here")) for one in registrations]
        self.fields["came"].choices = names  # type: ignore[attr-defined]
