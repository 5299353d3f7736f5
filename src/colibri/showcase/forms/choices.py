"""Kinds of trades and regions to choose among, as every form of the showcase offers them."""

from collections.abc import MutableMapping

from django import forms
from django.utils.functional import Promise

from colibri.relays.words import FAMILY_WORDS
from colibri.showcase.queries import region_names

__all__ = ["offer_trades_and_regions"]


def offer_trades_and_regions(fields: MutableMapping[str, forms.Field], *, nothing: Promise | str) -> None:
    """Make `family` and `region` choices, none of them under the words `nothing`; their labels stay."""
    for name, choices in (("family", FAMILY_WORDS), ("region", region_names())):
        offered = [("", nothing), *choices.items()]
        fields[name] = forms.ChoiceField(label=fields[name].label, choices=offered, required=False)
