"""What the planner is asked: a day's relays, their audiences and the appeals."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from colibri.compute.planning.kernel import kernel

__all__ = ["PRIOR_LEAST", "Problem"]

PRIOR_LEAST = 1e-6
"""Least prior visibility: lower ones, zero included, are raised to it, since the aim takes a logarithm."""

MEMBERS_MOST = 2**31 - 1
BLOCK_MOST = 30


@dataclass(frozen=True, eq=False)
class Problem:
    """One day to plan: R relays with their audiences, U members in C classes, A appeals.

    `audience_start` (int64, R+1) and `audience_member` (uint32, E) list each relay's audience one
    after the other; `member_class` (int32, U); `relevance` (float32, A×C) is what one member of a
    class is worth to an appeal; `attention` (float32, R) the chance that one member sees one boost;
    `budget` (int32, R) and `appeal_cap` (int32, A) count boosts of the day; `prior` (float64, A) is
    the visibility received so far, raised to `PRIOR_LEAST` where it is less. `allowed` is None
    (every pair) or the appeals each relay may carry, in the same two-array form; `member_cap` is
    None or the most distinct appeals boosted to one member, of which `shown` (int32, U; None: nothing) were
    shown before, and one of those counts again where it is boosted again; `minimum` is None or the boosts
    (int32, A) each appeal gets at least, where that is feasible. `alpha` (0 to infinity) says how fair the
    plan shall be: see `fairness`. `block` says that members whose numbers differ in their last `block` bits
    only are of one class, which makes a pass over the audiences faster: see `numbering`.

    Arrays are converted where no value changes and are then read-only. Raises ValueError naming the
    field and the first offending index.
    """

    audience_start: NDArray[np.int64]
    audience_member: NDArray[np.uint32]
    member_class: NDArray[np.int32]
    relevance: NDArray[np.float32]
    attention: NDArray[np.float32]
    budget: NDArray[np.int32]
    appeal_cap: NDArray[np.int32]
    prior: NDArray[np.float64]
    allowed: tuple[NDArray[np.int64], NDArray[np.int32]] | None = None
    member_cap: int | None = None
    minimum: NDArray[np.int32] | None = None
    alpha: float = 1.0
    shown: NDArray[np.int32] | None = None
    block: int = 0

    def __post_init__(self) -> None:
        relevance = _reals("relevance", self.relevance, np.float32, dimensions=2)
        appeals, classes = relevance.shape
        _refuse("relevance", relevance, relevance < 0, "is negative")
        member_class = _integers("member_class", self.member_class, np.int32)
        outside = (member_class < 0) | (member_class >= classes)
        _refuse("member_class", member_class, outside, f"is not one of the {classes} classes")
        self._check_block(member_class)
        attention = _reals("attention", self.attention, np.float32)
        relays = attention.size
        _refuse("attention", attention, (attention < 0) | (attention > 1), "is not between 0 and 1")
        budget = _integers("budget", self.budget, np.int32, size=relays)
        _refuse("budget", budget, budget < 0, "is negative")
        appeal_cap = _integers("appeal_cap", self.appeal_cap, np.int32, size=appeals)
        _refuse("appeal_cap", appeal_cap, appeal_cap < 0, "is negative")
        prior = _reals("prior", self.prior, np.float64, size=appeals)
        _refuse("prior", prior, prior < 0, "is negative")
        start, member = _groups(
            "audience",
            self.audience_start,
            self.audience_member,
            np.uint32,
            relays,
            member_class.size,
            ("audience_start", "audience_member"),
        )
        fields: dict[str, Any] = {
            "audience_start": start,
            "audience_member": member,
            "member_class": member_class,
            "relevance": relevance,
            "attention": attention,
            "budget": budget,
            "appeal_cap": appeal_cap,
            "prior": _sealed(np.maximum(prior, PRIOR_LEAST)),
        }
        fields |= self._rules(relays, appeals, member_class.size)
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def _rules(self, relays: int, appeals: int, members: int) -> dict[str, Any]:
        """The optional fields that are given, checked."""
        fields: dict[str, Any] = {}
        if self.allowed is not None:
            if len(self.allowed) != 2:
                raise ValueError("allowed: expected two arrays, where each relay starts and the appeals")
            fields["allowed"] = _groups(
                "allowed", *self.allowed, np.int32, relays, appeals, ("allowed[0]", "allowed[1]")
            )
        if self.member_cap is not None:
            if not isinstance(self.member_cap, int | np.integer) or self.member_cap < 0:
                raise ValueError(f"member_cap: {self.member_cap!r} is not a count")
            fields["member_cap"] = int(self.member_cap)
        if self.minimum is not None:
            fields["minimum"] = _integers("minimum", self.minimum, np.int32, size=appeals)
            _refuse("minimum", fields["minimum"], fields["minimum"] < 0, "is negative")
        if self.shown is not None:
            fields["shown"] = _integers("shown", self.shown, np.int32, size=members)
            _refuse("shown", fields["shown"], fields["shown"] < 0, "is negative")
        if isinstance(self.alpha, bool) or not isinstance(self.alpha, int | float) or not self.alpha >= 0:
            raise ValueError(f"alpha: {self.alpha!r} is not a number from 0 to infinity")
        fields["alpha"] = float(self.alpha)
        return fields

    def _check_block(self, member_class: NDArray[np.int32]) -> None:
        if (
            isinstance(self.block, bool)
            or not isinstance(self.block, int)
            or not 0 <= self.block <= BLOCK_MOST
        ):
            raise ValueError(f"block: {self.block!r} is not a count of bits, 0 to {BLOCK_MOST}")
        if self.block:
            first = np.arange(member_class.size, dtype=np.uint32) >> self.block << self.block
            other = member_class != member_class[first]
            _refuse("member_class", member_class, other, "is not the class of its block")

    @property
    def relays(self) -> int:
        """How many relays, R."""
        return int(self.attention.size)

    @property
    def appeals(self) -> int:
        """How many appeals, A."""
        return int(self.prior.size)

    @property
    def members(self) -> int:
        """How many members, U."""
        return int(self.member_class.size)

    def audience(self, relay: int) -> NDArray[np.uint32]:
        """The members of one relay's audience."""
        return self.audience_member[self.audience_start[relay] : self.audience_start[relay + 1]]


def _sealed(values: NDArray[Any]) -> NDArray[Any]:
    view = np.ascontiguousarray(values).view()
    view.flags.writeable = False
    return view


def _refuse(field: str, values: NDArray[Any], wrong: NDArray[np.bool_], why: str) -> None:
    if wrong.any():
        first = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
        place = ", ".join(str(int(index)) for index in first)
        raise ValueError(f"{field}[{place}]: {values[first]} {why}")


def _shaped(field: str, values: object, dimensions: int, size: int | None) -> NDArray[Any]:
    array = np.asarray(values)
    if array.ndim != dimensions:
        raise ValueError(f"{field}: expected {dimensions} dimension(s), found {array.ndim}")
    if size is not None and array.size != size:
        raise ValueError(f"{field}: expected {size} values, found {array.size}")
    if array.size and array.dtype.kind not in "iufb":
        raise ValueError(f"{field}: expected numbers, found {array.dtype}")
    return array


def _reals(
    field: str, values: object, kind: type[Any], *, dimensions: int = 1, size: int | None = None
) -> NDArray[Any]:
    array = _shaped(field, values, dimensions, size)
    with np.errstate(over="ignore"):
        converted = array.astype(kind, copy=False)
    _refuse(field, array, ~np.isfinite(converted), "is not a finite number")
    return _sealed(converted)


def _integers(field: str, values: object, kind: type[Any], *, size: int | None = None) -> NDArray[Any]:
    array = _shaped(field, values, 1, size)
    if array.dtype.kind == "f":
        _refuse(field, array, ~np.isfinite(array) | (array != np.floor(array)), "is not a whole number")
    limits = np.iinfo(kind)
    if array.size and (array.dtype.kind == "f" or not np.can_cast(array.dtype, kind)):
        beyond = (array < limits.min) | (array > limits.max)
        _refuse(field, array, beyond, f"does not fit in {limits.bits} bits")
    return _sealed(array.astype(kind, copy=False))


def _groups(
    what: str, start: object, item: object, kind: type[Any], groups: int, items: int, names: tuple[str, str]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    if items > MEMBERS_MOST:
        raise ValueError(f"{names[1]}: at most {MEMBERS_MOST} can be told apart, found {items}")
    starts = _integers(names[0], start, np.int64, size=groups + 1)
    _refuse(names[0], starts[:1], starts[:1] != 0, "is not 0, where the first one starts")
    falls = np.zeros(starts.size, dtype=np.bool_)
    falls[1:] = starts[1:] < starts[:-1]
    _refuse(names[0], starts, falls, "is less than the one before it")
    given = _shaped(names[1], item, 1, None)
    if given.size != starts[-1]:
        raise ValueError(f"{names[0]}[{groups}]: {starts[-1]} is not the number of {names[1]}, {given.size}")
    if given.dtype.kind in "if":
        _refuse(names[1], given, (given < 0) | (given >= items), f"is not below {items}")
    else:
        _refuse(names[1], given, given >= items, f"is not below {items}")
    sealed = _integers(names[1], given, kind)
    twice = int(_first_repeat(starts, sealed, items))
    if twice >= 0:
        group = int(np.searchsorted(starts, twice, side="right")) - 1
        raise ValueError(f"{names[1]}[{twice}]: {sealed[twice]} comes twice in the {what} of relay {group}")
    return starts, sealed


@kernel
def _first_repeat(start: Any, item: Any, items: int) -> int:
    seen = np.full(items, -1, dtype=np.int32)
    for group in range(start.size - 1):
        for place in range(start[group], start[group + 1]):
            if seen[item[place]] == group:
                return place
            seen[item[place]] = group
    return -1
