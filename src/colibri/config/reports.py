"""What the reports of commands share: a page in one file, numbers as people write them, axes."""

import math
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.formats import number_format
from django.utils.translation import get_language

__all__ = ["amount", "nice_top", "number", "page", "percent", "tick"]

TEMPLATES = Path(__file__).parent / "templates"


def page(name: str, context: dict[str, Any]) -> str:
    """A report in the language that is on: one file, no script, readable on a phone and in print."""
    engine = Engine(dirs=[str(TEMPLATES)], libraries={"i18n": "django.templatetags.i18n"})
    language = (get_language() or "fr")[:2]
    return engine.get_template(name).render(Context(context | {"language": language}, use_l10n=False))


def number(value: float, digits: int = 0) -> str:
    """A number as it is written in the language: 12 345,6 or 12,345.6."""
    return number_format(round(float(value), digits), digits, use_l10n=True, force_grouping=True)


def amount(value: float) -> str:
    """A visibility: three figures are enough."""
    return number(value, 0 if value >= 100 else 1 if value >= 10 else 2)


def percent(share: float, digits: int = 1) -> str:
    """A share in hundredths, without the sign."""
    return number(100.0 * share, digits)


def nice_top(value: float) -> float:
    """The least of 1, 2, 4, 5 or 10 times a power of ten that is not below the value: an axis ends there."""
    power = 10.0 ** math.floor(math.log10(value)) if value > 0 else 1.0
    return next(step * power for step in (1.0, 2.0, 4.0, 5.0, 10.0) if step * power >= value * (1 - 1e-12))


def tick(value: float) -> str:
    """A label of an axis, with as many decimals as it needs."""
    return number(value, 0 if value == int(value) else 1 if round(value, 1) == value else 2)
