"""Encryption at rest with the installation's key, and text columns that use it."""

from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

__all__ = ["SealedTextField", "Unreadable", "seal", "unseal"]


class Unreadable(Exception):
    """What is stored was sealed with another key."""


def seal(text: str) -> bytes:
    """The text encrypted and signed (Fernet: AES-128-CBC, HMAC-SHA256)."""
    return Fernet(settings.KEY.encode()).encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    """The text again. Raises `Unreadable` where key and text do not fit."""
    try:
        return Fernet(settings.KEY.encode()).decrypt(bytes(sealed)).decode()
    except InvalidToken as fault:
        raise Unreadable("sealed with another key: put the former COLIBRI_KEY back") from fault


class SealedTextField(models.BinaryField):
    """Text that no database dump shows."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(seal(value) if isinstance(value, str) else value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value)

    def to_python(self, value: Any) -> Any:
        return value
