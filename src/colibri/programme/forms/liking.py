"""What somebody likes to do: a word to each question, or none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from colibri.programme.words import LIKED_WORDS

__all__ = ["LikingForm"]

CHOICES = [("2", gettext_lazy("A lot")), ("1", gettext_lazy("A little")), ("0", gettext_lazy("No"))]


class LikingForm(forms.Form):
    """One choice for each question; what is left out counts nowhere."""

    def __init__(self, *args: Any, answers: dict[str, int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in LIKED_WORDS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=CHOICES,
                coerce=int,
                empty_value=None,
                required=False,
                initial=(answers or {}).get(name),
                widget=forms.RadioSelect,
            )

    @property
    def answers(self) -> dict[str, int]:
        """What was answered."""
        return {name: one for name, one in self.cleaned_data.items() if one is not None}
