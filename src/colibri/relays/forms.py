"""What relays choose: their standing offer, and what to do with one message."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colibri.audiences.queries import tables
from colibri.people.queries import may_act
from colibri.relays.models import Boost, Offer
from colibri.relays.words import DAY_WORDS, FAMILY_WORDS

__all__ = ["DecisionForm", "OfferForm"]

MODES = [
    ("ask", _("By one tap: each evening I am shown my messages, and I decide for each")),
    ("automatic", _("Automatically: Colibri boosts for me, within the limits below")),
]


class OfferForm(forms.Form):
    """The terms of a standing offer for one identity in one collective, with the yes they need."""

    mode = forms.ChoiceField(label=_("How I lend my account"), choices=MODES, widget=forms.RadioSelect)
    boosts_a_day = forms.IntegerField(
        label=_("Boosts a day, at most"), min_value=1, max_value=20, help_text=_("Three is plenty for most.")
    )
    first_hour = forms.TypedChoiceField(
        label=_("From"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)]
    )
    last_hour = forms.TypedChoiceField(
        label=_("Until"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(1, 25)]
    )
    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=list(DAY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day, or pause below.")},
    )
    families = forms.MultipleChoiceField(
        label=_("Only these trades"),
        required=False,
        choices=list(FAMILY_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        label=_("Only these regions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    causes = forms.BooleanField(
        label=_("Urgent causes too"),
        required=False,
        help_text=_("A factory looking for a buyer, say: at most one boost a day, the others go to people."),
    )
    paused_until = forms.DateField(
        label=_("Pause until this day, included"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty to start now."),
    )
    agree = forms.BooleanField(required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        self.offer = offer
        new = offer.pk is None or offer.ended_at is not None
        terms = ("boosts_a_day", "first_hour", "last_hour", "days", "families", "regions", "paused_until")
        kwargs["initial"] = {name: getattr(offer, name) for name in terms}
        kwargs["initial"] |= {"mode": "automatic" if offer.automatic else "ask", "agree": not new}
        kwargs["initial"]["causes"] = offer.pk is not None and may_act(
            offer.collective, "relay_causes", account=None, identity=offer.identity
        )
        super().__init__(*args, **kwargs)
        self.fields["regions"].choices = [(one.code, one.name) for one in tables().regions]  # type: ignore[attr-defined]
        self.fields["agree"].label = _(
            "Yes, I agree: the messages I accept are boosted from %(account)s or, if I chose "
            "“automatically”, Colibri boosts from %(account)s without asking me each time, "
            "never more than I wrote above. I can change it, pause or end it at any time, "
            "and take back what was boosted."
        ) % {"account": offer.identity}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_hour"), cleaned.get("last_hour")
        if first is not None and last is not None and first >= last:
            self.add_error("last_hour", _("The last hour comes after the first."))
        if "mode" in cleaned and not cleaned.get("agree"):
            words = _("Without your yes nothing is boosted. Tick the box if you agree.")
            if self._agreed(cleaned["mode"]):
                words = _("To take your yes back, use “Stop” below; nothing was changed.")
            self.add_error("agree", words)
        until = cleaned.get("paused_until")
        if until and until < timezone.localdate() and "paused_until" in self.changed_data:
            self.add_error("paused_until", _("This day is over: choose a day to come, or leave it empty."))
        return cleaned

    def _agreed(self, mode: str) -> bool:
        purpose = "boost_for_me" if mode == "automatic" else "be_asked"
        return may_act(self.offer.collective, purpose, account=None, identity=self.offer.identity)

    @property
    def terms(self) -> dict[str, Any]:
        """The columns of the offer."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name not in ("mode", "agree")}
        return {**chosen, "automatic": self.cleaned_data["mode"] == "automatic"}


class DecisionForm(forms.Form):
    """What a relay does with one message."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("give", "decline", "undo", "block")])
    why = forms.ChoiceField(choices=Boost.DECLINES, required=False)
