"""What pairing is told of those who ask and of those who offer."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ANY", "Helpers", "Seekers", "Weights"]

ANY = 0
"""No bit set: any trade, any hour. Of languages and kinds of help each side names at least one."""

POINTS_MOST = 1_000_000
DAYS_MOST = 100_000.0


@dataclass(frozen=True, eq=False)
class Seekers:
    """Requests waiting for a helper, N of them, one value each.

    `kind` is the bit of the one kind of help asked for; `languages` and `hours` are sets of bits; `family`,
    `domain` and `region` are numbers, 0 where unknown; `waited` is in days; `known` is the place of the
    helper who helped this person before, -1 where there is none; `own_trade` says that only somebody of
    the trade can help. Arrays are converted where no value changes and are then read-only.

    Raises ValueError naming the field and the first offending index.
    """

    kind: NDArray[np.int64]
    languages: NDArray[np.int64]
    hours: NDArray[np.int64]
    family: NDArray[np.int64]
    domain: NDArray[np.int64]
    region: NDArray[np.int64]
    waited: NDArray[np.float64]
    known: NDArray[np.int64]
    own_trade: NDArray[np.int64]

    def __post_init__(self) -> None:
        size = np.asarray(self.kind).size
        for name in ("kind", "languages", "hours", "family", "domain", "region", "own_trade"):
            _keep(self, name, _integers(name, getattr(self, name), size))
        _refuse("kind", self.kind, (self.kind & (self.kind - 1)) != 0, "is more than one kind")
        _refuse("kind", self.kind, self.kind == 0, "is no kind of help")
        _refuse("languages", self.languages, self.languages == 0, "names no language")
        _refuse("family", self.family, self.family > 62, "is not a family, 0 to 62")
        _refuse("own_trade", self.own_trade, self.own_trade > 1, "is neither 0 nor 1")
        _keep(self, "known", _integers("known", self.known, size, least=-1))
        waited = _reals("waited", self.waited, size)
        _refuse("waited", waited, (waited < 0) | (waited > DAYS_MOST), f"is not 0 to {DAYS_MOST:.0f} days")
        _keep(self, "waited", waited)

    @property
    def count(self) -> int:
        """How many, N."""
        return int(self.kind.size)


@dataclass(frozen=True, eq=False)
class Helpers:
    """Standing offers, M of them, one value each.

    `kinds`, `languages`, `hours` and `families` are sets of bits; the bit of family f is `1 << f`. `domain`
    and `region` are numbers, 0 where unknown. `places` is how many more each takes now, `load` the share (0
    to 1) of what they offered that is taken, `answers` the share of past offers they answered in time.

    Raises ValueError naming the field and the first offending index.
    """

    kinds: NDArray[np.int64]
    languages: NDArray[np.int64]
    hours: NDArray[np.int64]
    families: NDArray[np.int64]
    domain: NDArray[np.int64]
    region: NDArray[np.int64]
    places: NDArray[np.int64]
    load: NDArray[np.float64]
    answers: NDArray[np.float64]

    def __post_init__(self) -> None:
        size = np.asarray(self.kinds).size
        for name in ("kinds", "languages", "hours", "families", "domain", "region", "places"):
            _keep(self, name, _integers(name, getattr(self, name), size))
        _refuse("kinds", self.kinds, self.kinds == 0, "offers no kind of help")
        _refuse("languages", self.languages, self.languages == 0, "names no language")
        _refuse("places", self.places, self.places > 1000, "is more than anybody can give, 1000")
        for name in ("load", "answers"):
            values = _reals(name, getattr(self, name), size)
            _refuse(name, values, (values < 0) | (values > 1), "is not between 0 and 1")
            _keep(self, name, values)

    @property
    def count(self) -> int:
        """How many, M."""
        return int(self.kinds.size)


@dataclass(frozen=True, slots=True)
class Weights:
    """How many points each thing in common is worth: judgements, no measurements.

    A day of waiting is worth `day` points and each further day as much more as `patience` says: after
    `patience` days the next day counts double, and so on without end, so that no fit of somebody new
    outweighs a long wait for ever. Raises ValueError naming the field.
    """

    base: int = 400
    domain: int = 250
    family: int = 150
    region: int = 150
    hours: int = 100
    answers: int = 200
    free: int = 100
    known: int = 300
    day: int = 60
    patience: int = 7

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= POINTS_MOST:
                raise ValueError(f"{field.name}: {value!r} is not a number of points, 0 to {POINTS_MOST}")
        if not self.base or not self.patience:
            raise ValueError(f"{'base' if not self.base else 'patience'}: 0 is too little, at least 1")

    @property
    def fit_most(self) -> int:
        """The most points two people can have in common."""
        shared = self.base + max(self.domain, self.family) + self.region + self.hours
        return shared + self.answers + self.free + self.known

    def urgency(self, waited: NDArray[np.float64]) -> NDArray[np.int64]:
        """Points for having waited so many days."""
        grown = self.day * waited * (1.0 + waited / (2.0 * self.patience))
        points: NDArray[np.int64] = np.floor(grown).astype(np.int64)
        return points


def _keep(row: object, name: str, values: NDArray[Any]) -> None:
    view = np.ascontiguousarray(values).view()
    view.flags.writeable = False
    object.__setattr__(row, name, view)


def _refuse(field: str, values: NDArray[Any], wrong: NDArray[np.bool_], why: str) -> None:
    if wrong.any():
        first = int(np.argmax(wrong))
        raise ValueError(f"{field}[{first}]: {values[first]} {why}")


def _numbers(field: str, values: object, size: int) -> NDArray[Any]:
    array = np.asarray(values)
    if array.ndim != 1 or array.size != size:
        raise ValueError(f"{field}: expected {size} values in a row, found an array of shape {array.shape}")
    if array.size and array.dtype.kind not in "iufb":
        raise ValueError(f"{field}: expected numbers, found {array.dtype}")
    if array.dtype.kind == "f":
        _refuse(field, array, ~np.isfinite(array), "is not a finite number")
    return array


def _reals(field: str, values: object, size: int) -> NDArray[np.float64]:
    return _numbers(field, values, size).astype(np.float64)


def _integers(field: str, values: object, size: int, *, least: int = 0) -> NDArray[np.int64]:
    array = _numbers(field, values, size)
    if array.dtype.kind == "f":
        _refuse(field, array, array != np.floor(array), "is not a whole number")
    _refuse(field, array, (array < least) | (array >= 2**62), f"is not a number from {least} to 2^62")
    return array.astype(np.int64)
