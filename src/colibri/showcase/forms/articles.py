"""What members write and animators choose."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.networks.plain import web_address
from colibri.showcase.models import STEPS, Article

__all__ = ["ArticleForm", "FeedForm", "PassForm", "ReviewForm"]


class ArticleForm(forms.ModelForm):
    """A member's article."""

    class Meta:
        model = Article
        fields = ["title", "summary", "text", "step", "language", "byline"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18}), "summary": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "summary": _("What somebody who looks for work will know after reading."),
            "text": _(
                "Markdown: an empty line between paragraphs, two signs ## and a space before a heading, "
                "a dash and a space before each point, "
                "[words](https://address) for a link. Up to 20,000 characters, no images."
            ),
        }


class ReviewForm(forms.Form):
    """An animator's decision: publish now or at a moment, or give it back with a word."""

    at = forms.DateTimeField(
        label=_("Publish on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("By the collective's clocks. Leave it empty to publish at once."),
    )
    remark = forms.CharField(
        label=_("A word to the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If you give it back: what would make it better?"),
    )

    def clean_at(self) -> Any:
        """A moment, now where none was chosen."""
        return self.cleaned_data["at"] or timezone.now()


class FeedForm(forms.Form):
    """The address of another site's feed."""

    url = forms.CharField(
        label=_("Address of an Atom or RSS feed"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean_url(self) -> str:
        """An address of the web."""
        found = web_address(self.cleaned_data["url"])
        if not found or not settings.GUARD.admits(found):
            raise forms.ValidationError(
                _("Write a public address of the web, beginning with https://, without a user name.")
            )
        return found


class PassForm(forms.Form):
    """Why an entry is worth reading, and at which step of a search."""

    word = forms.CharField(
        label=_("Why it is worth reading"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    step = forms.ChoiceField(label=_("It helps to"), choices=STEPS)
