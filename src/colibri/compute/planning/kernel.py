"""How loops are compiled here: one decorator, so that every kernel is cached on disk and typed."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

__all__ = ["kernel"]

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile a function to machine code on its first call, on one core, and keep the code on disk.

    No `fastmath` and no parallel loops: sums are taken in a fixed order, so that a plan is
    the same on any number of cores.
    """
    return cast(F, numba.njit(cache=True, nogil=True)(function))
