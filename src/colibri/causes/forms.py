"""What is written about a cause."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.causes.models import PUBLIC_WORDS, Ally, Cause, Change, Material, News

__all__ = ["CauseForm", "EndForm", "JoinForm", "MaterialForm", "NewsForm"]

A_YEAR = timedelta(days=366)
MESSAGE_MOST = 300
"""What the shortest of the networks takes, hashtag included."""


class CauseForm(forms.ModelForm):
    """The words of a cause; title and message are settled once an animator has accepted it."""

    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("“Let us save the Bellac sawmill”"))
    text = forms.CharField(
        label=_("The message that is relayed"),
        max_length=MESSAGE_MOST - 60,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Up to 240 characters: title and hashtag are added. The collective's accounts post it."),
    )

    name = forms.CharField(
        label=_("Your name"), max_length=80, help_text=_("As those whom you invite read it.")
    )

    class Meta:
        model = Cause
        fields = ["goal", "deadline", "story", "needs", "media_contact"]
        widgets = {
            "deadline": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "story": forms.Textarea(attrs={"rows": 14}),
            "needs": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "goal": _("In a few words: a buyer, thirty-two jobs kept."),
            "deadline": _("The court's date, say. It can move; you will change it here."),
            "story": _(
                "Markdown: an empty line between paragraphs, two signs ## and a space before a heading, "
                "a dash and a space before each point."
            ),
            "needs": _("A name, a meeting room, a buyer of planks: what could a reader bring today?"),
        }

    field_order = ("name", "title", "goal", "deadline", "text", "story", "needs", "media_contact")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appeal = self.instance.appeal if self.instance.pk else None
        if appeal is not None:
            del self.fields["name"]
            self.initial = {**self.initial, "title": appeal.title, "text": appeal.message.text}
            change = Change.objects.filter(cause=self.instance).values(*PUBLIC_WORDS).first()
            self.initial |= change or {}
        if appeal is not None and appeal.accepted_at is not None:
            for name in ("title", "text"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("As it was accepted: it does not change any more.")

    def clean_deadline(self) -> Any:
        """A day to come, not farther than a year ahead; or the one it had."""
        day = self.cleaned_data["deadline"]
        if day < timezone.localdate() and "deadline" in self.changed_data:
            raise forms.ValidationError(_("This day has passed: write one that is to come."))
        if day > timezone.localdate() + A_YEAR and "deadline" in self.changed_data:
            raise forms.ValidationError(_("A cause is urgent: write a day within the coming year."))
        return day


class JoinForm(forms.ModelForm):
    """Coming into the group."""

    class Meta:
        model = Ally
        fields = ["name", "named"]
        labels = {
            "name": _("Your name, or your organisation's"),
            "named": _("My name may stand on the public page"),
        }


class NewsForm(forms.ModelForm):
    """A step on the way."""

    class Meta:
        model = News
        fields = ["text", "public"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"public": _("Otherwise the group alone reads it.")}


class MaterialForm(forms.ModelForm):
    """Words to take along."""

    class Meta:
        model = Material
        fields = ["place", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class EndForm(forms.Form):
    """How it ended."""

    ending = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            ("saved", _("saved")),
            ("postponed", _("postponed, without a new date")),
            ("lost", _("lost")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In your words, for those who carried it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
