"""The short questionnaire of a portrait, and its picture."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from colibri.networks.plain import web_address
from colibri.showcase.forms.choices import offer_trades_and_regions
from colibri.showcase.models import QUESTIONS, Portrait
from colibri.showcase.pictures import BYTES_MOST, Unusable, draw

__all__ = ["PortraitForm", "RemarkForm"]

ANSWERED_LEAST = 2
HEAVY = _("This file is larger than 12 MB. Save a smaller one; 2,000 pixels wide is plenty.")


class PortraitForm(forms.ModelForm):
    """Who is told, in their own words. `others` asks whose story it is, where it may be somebody else's."""

    email = forms.EmailField(
        label=_("Their e-mail address, if it is not you"),
        max_length=254,
        required=False,
        help_text=_(
            "They read the portrait and decide; nobody sees the address. Empty: you tell your own story."
        ),
    )
    picture = forms.FileField(
        label=_("A picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP, up to 12 MB. It is drawn anew, without where, when and with what it was "
            "taken."
        ),
    )
    alt = forms.CharField(
        label=_("What the picture shows"),
        required=False,
        max_length=300,
        help_text=_("For those who cannot see it: who, where, doing what."),
    )
    without = forms.BooleanField(label=_("Take the picture away"), required=False)

    class Meta:
        model = Portrait
        fields = ["kind", "name", "trade", "summary", "family", "region", *QUESTIONS, "link", "language"]
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in QUESTIONS}
        help_texts = {
            "name": _("A first name is enough."),
            "link": _("A profile, a site, a CV: beginning with https://."),
        }

    field_order = ["email", "kind", "name", "trade", "summary", "picture", "alt", "without"]

    def __init__(self, *args: Any, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_trades_and_regions(self.fields, nothing=_("none"))
        picture = getattr(self.instance, "picture", None) if self.instance.pk else None
        if picture is None:
            del self.fields["without"]
        else:
            self.fields["alt"].initial = picture.alt
        if others:
            self.fields["email"].initial = str(self.instance.email or "")
        else:
            del self.fields["email"]

    def clean_link(self) -> str:
        """An address of the web, or none."""
        given = str(self.cleaned_data["link"])
        if given and not web_address(given):
            raise forms.ValidationError(_("Write an address of the web, beginning with https://."))
        return web_address(given)

    def clean_picture(self) -> Any:
        """The file drawn anew, before anything is kept."""
        given = self.cleaned_data["picture"]
        if not isinstance(given, UploadedFile):
            return None
        if (given.size or 0) > BYTES_MOST:
            raise forms.ValidationError(HEAVY)
        try:
            return draw(given.read())
        except Unusable as fault:
            raise forms.ValidationError(fault.args[0]) from fault

    def clean(self) -> dict[str, Any]:
        """A picture has its words, and the questionnaire at least two answers."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stands = "without" in self.fields and not cleaned.get("without")
        if (cleaned.get("picture") or stands) and not cleaned.get("alt", "").strip():
            self.add_error("alt", _("Say in a sentence what the picture shows, for those who cannot see it."))
        if sum(bool(cleaned.get(name, "").strip()) for name in QUESTIONS) < ANSWERED_LEAST:
            self.add_error(QUESTIONS[0], _("Answer at least two of the questions, each in a few sentences."))
        return cleaned

    @property
    def about_picture(self) -> dict[str, Any]:
        """What `change_portrait` is told of the picture."""
        cleaned = self.cleaned_data
        return {
            "alt": cleaned.get("alt", ""),
            "drawn": cleaned.get("picture"),
            "without": bool(cleaned.get("without")) and not cleaned.get("picture"),
        }


class RemarkForm(forms.Form):
    """What is wrong or missing."""

    remark = forms.CharField(
        label=_("What is wrong, or missing?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
