"""Links that carry a right: signed, for one purpose, ending on their day."""

from datetime import timedelta

from django.core import signing

__all__ = ["BadLink", "read_token", "token"]


class BadLink(Exception):
    """The link was altered, belongs to another purpose, or its time is over."""


def token(purpose: str, subject: object) -> str:
    """A token for a purpose ("boost", "claim") about one subject, usually a row's number."""
    return signing.dumps(str(subject), salt=f"colibri.{purpose}")


def read_token(purpose: str, value: str, *, lasts: timedelta) -> str:
    """The subject a token is about. Raises `BadLink`."""
    try:
        return str(signing.loads(value, salt=f"colibri.{purpose}", max_age=lasts))
    except signing.BadSignature as fault:
        raise BadLink(purpose) from fault
