"""What animators write of a white paper, and what its authors write for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colibri.showcase.models import Contribution, Paper

__all__ = ["ContributionForm", "PaperForm"]

MARKDOWN = _(
    "Markdown: an empty line between paragraphs, two signs ## and a space before a heading, "
    "a dash and a space before each point, "
    "[words](https://address) for a link. Up to 20,000 characters, no images."
)


class PaperForm(forms.ModelForm):
    """A white paper's frame."""

    class Meta:
        model = Paper
        fields = ["title", "call", "until", "foreword", "language"]
        widgets = {
            "call": forms.Textarea(attrs={"rows": 6}),
            "foreword": forms.Textarea(attrs={"rows": 10}),
            "until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "call": _("What is it about, who should write, how long? Everybody reads this call."),
            "until": _("The last day; leave it empty to close the call yourself."),
            "foreword": MARKDOWN,
        }


class ContributionForm(forms.ModelForm):
    """One author's chapter."""

    class Meta:
        model = Contribution
        fields = ["title", "text", "byline"]
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}
        help_texts = {"text": MARKDOWN}
