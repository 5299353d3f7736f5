"""What organisers write of a programme, its steps, cohorts and partners."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.audiences.queries import tables
from colibri.programme.forms.workshops import AddressField
from colibri.programme.models import Cohort, Gift, Partner, Programme, Step

__all__ = ["CohortForm", "GiftForm", "MarkForm", "PartnerForm", "ProgrammeForm", "StepForm"]


class ProgrammeForm(forms.ModelForm):
    """A programme's name and what it is."""

    class Meta:
        model = Programme
        fields = ["name", "summary", "language"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}


class StepForm(forms.ModelForm):
    """One step; it may open after another of the same programme."""

    class Meta:
        model = Step
        fields = ["position", "title", "text", "kind", "after"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Step.objects.filter(programme=self.instance.programme_id).exclude(pk=self.instance.pk)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]
        self.fields["after"].empty_label = _("at once")  # type: ignore[attr-defined]

    def clean_after(self) -> Step | None:
        """No step waits, over others, for itself."""
        chosen: Step | None = self.cleaned_data["after"]
        before = chosen
        while before is not None:
            if before.pk == self.instance.pk:
                raise forms.ValidationError(_("That step waits for this one: they would never open."))
            before = before.after
        return chosen


class CohortForm(forms.ModelForm):
    """A cohort: where, when, how many, and with whom."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    class Meta:
        model = Cohort
        fields = ["name", "region", "begins_on", "ends_on", "places", "partners"]
        day = {"type": "date"}
        widgets = {
            "begins_on": forms.DateInput(attrs=day, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs=day, format="%Y-%m-%d"),
            "partners": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = [(one.code, one.name) for one in tables().regions]
        self.fields["region"].choices = [("", _("everywhere")), *regions]  # type: ignore[attr-defined]
        partners = Partner.objects.filter(collective=self.instance.programme.collective_id)
        self.fields["partners"].queryset = partners  # type: ignore[attr-defined]
        if not partners:
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends after it begins."))
        return cleaned

    def clean_places(self) -> int:
        """At least as many as people walk with it."""
        places: int = self.cleaned_data["places"]
        if places < self.instance.walkers:
            words = _("%(held)d people have a place already: it cannot have fewer.")
            raise forms.ValidationError(words, params={"held": self.instance.walkers})
        return places


class MarkForm(forms.Form):
    """A step done or left out, with a word where one likes."""

    kind = forms.ChoiceField(choices=[("done", ""), ("skipped", ""), ("", "")], required=False)
    word = forms.CharField(
        label=_("A word for yourself"),
        required=False,
        max_length=300,
        help_text=_("Why you leave it out, for example. Nobody else reads it."),
    )


class PartnerForm(forms.ModelForm):
    """An organisation, and who speaks for it."""

    site = AddressField(label=_("Its site"), max_length=500, required=False)

    class Meta:
        model = Partner
        fields = ["name", "about", "site", "contact_name", "contact_email"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "contact_email": _("Whoever has an account here with this address sees the partner's page.")
        }

    def clean_name(self) -> str:
        """One partner of a name in a collective."""
        name: str = self.cleaned_data["name"]
        same = Partner.objects.filter(collective=self.instance.collective_id, name=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("A partner of this name is there already."))
        return name


class GiftForm(forms.ModelForm):
    """What a partner gave."""

    class Meta:
        model = Gift
        fields = ["kind", "number", "word", "given_on"]
        widgets = {"given_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
