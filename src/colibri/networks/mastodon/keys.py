"""Keys of what is written: a moment, so that what was written since can be looked for, and chance."""

import secrets
from datetime import UTC, datetime, timedelta

from colibri.networks.errors import Refused

__all__ = ["made_at", "new_key"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HEX = set("0123456789abcdef")


def new_key(now: datetime) -> str:
    """A fresh key, such as "0192f3c1a2b4-9f86d081884c7d65"."""
    return f"{(now - _EPOCH) // timedelta(milliseconds=1):012x}-{secrets.token_hex(8)}"


def made_at(key: str) -> datetime:
    """When a key was made. Raises `Refused` where it is none."""
    moment, dash, chance = key.partition("-")
    if len(moment) != 12 or not dash or len(chance) != 16 or set(moment + chance) - _HEX:
        raise Refused(f"not a key: {key!r}")
    try:
        return _EPOCH + timedelta(milliseconds=int(moment, 16))
    except OverflowError as fault:
        raise Refused(f"not a key: {key!r}") from fault
