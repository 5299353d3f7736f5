"""A charter as animators write it: for each contract whether it is relayed, and where else to turn."""

import hashlib
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from colibri.compute.reading import CONTRACTS
from colibri.people.charters import Advice, Charter
from colibri.people.models import Collective

__all__ = ["AnimatorForm", "CollectiveForm"]

CHOICES = [("accepts", _("relayed")), ("refuses", _("not relayed")), ("", _("an animator looks at each"))]
RULED = [contract for contract in CONTRACTS if not contract.endswith("_time")]
"""Hours are no kind of contract: no charter speaks of them."""
ADVICE_MOST = 5
_address = URLValidator(schemes=["http", "https"])


class AdviceField(forms.CharField):
    """Lines of a name and an address, as a tuple of `Advice`."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> tuple[Advice, ...]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > ADVICE_MOST:
            raise ValidationError(_("At most %(most)s addresses."), params={"most": ADVICE_MOST})
        return tuple(map(advice_of, lines))


def advice_of(line: str) -> Advice:
    """One line, its address last. Raises `ValidationError` that quotes it."""
    name, _space, url = line.rpartition(" ")
    try:
        _address(url)
    except ValidationError:
        words = _("“%(line)s” should be a name and then an address: “ONISEP https://www.onisep.fr”.")
        raise ValidationError(words, params={"line": line[:60]}) from None
    return Advice(name.strip() or re.sub(r"^https?://(www\.)?|/.*$", "", url), url)


class CollectiveForm(forms.ModelForm):
    """What animators decide for their collective."""

    class Meta:
        model = Collective
        fields = (
            "name",
            "description",
            "colour",
            "auto_accept",
            "plan_hour",
            "digest_hour",
            "cause_share",
            "member_cap",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "colour": forms.TextInput(attrs={"type": "color"}),
        }
        help_texts = {
            "colour": _(
                "Behind the words of the pictures; black or white is chosen for these, to be legible."
            ),
            "auto_accept": _("Where the message is clear and the charter says yes, nobody has to click."),
            "digest_hour": _("After the hour of the plan."),
        }

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = self.instance.rules
        self.stands = _fingerprint(self.instance)
        hours = [(hour, f"{hour}:00") for hour in range(24)]
        for name in ("plan_hour", "digest_hour"):
            initial = getattr(self.instance, name)
            label = self.fields[name].label
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=hours, initial=initial, help_text=self.fields[name].help_text
            )
        for contract in RULED:
            standing = (
                "accepts" if contract in rules.accepts else "refuses" if contract in rules.refuses else ""
            )
            self.fields[f"rule_{contract}"] = forms.ChoiceField(
                choices=CHOICES, required=False, initial=standing
            )
            self.fields[f"advice_{contract}"] = AdviceField(
                required=False,
                max_length=600,
                initial="\n".join(f"{one.name} {one.url}" for one in rules.refuses.get(contract, ())),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("seen") and cleaned["seen"] != self.stands:
            self.add_error(
                None,
                _(
                    "Somebody changed the rules meanwhile. Nothing of yours is kept yet: look at the page in "
                    "another window, then keep yours again if you still want it."
                ),
            )
        if not any(cleaned.get(f"rule_{contract}") == "accepts" for contract in RULED):
            self.add_error(None, _("A collective relays something: say “relayed” for one contract at least."))
        if cleaned.get("digest_hour", 24) < cleaned.get("plan_hour", 0):
            self.add_error("digest_hour", _("The mail of the evening comes after the plan."))
        return cleaned

    @property
    def charter(self) -> Charter:
        """The rules as chosen."""
        chosen = {contract: self.cleaned_data[f"rule_{contract}"] for contract in RULED}
        return Charter(
            accepts=tuple(one for one, rule in chosen.items() if rule == "accepts"),
            refuses={
                one: self.cleaned_data[f"advice_{one}"] for one, rule in chosen.items() if rule == "refuses"
            },
        )

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Those that are not of the charter."""
        return [self[name] for name in self.Meta.fields]

    @property
    def rules(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each contract with the fields of its rule and of where else to turn."""
        return [(one, self[f"rule_{one}"], self[f"advice_{one}"]) for one in RULED]


def _fingerprint(collective: Collective) -> str:
    """What a page showed of a collective, so that two pages at once do not undo each other."""
    shown = [getattr(collective, name) for name in CollectiveForm.Meta.fields]
    return hashlib.sha256(repr((shown, collective.charter)).encode()).hexdigest()[:16]


class AnimatorForm(forms.Form):
    """Who is to animate the collective too."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=200,
        help_text=_("They sign in with a code sent there. Write it carefully: it opens this collective."),
    )
