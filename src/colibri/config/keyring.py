"""The one key of an installation: from the environment, or a file of its own made on first start."""

import base64
import hashlib
import os
import stat
from pathlib import Path

from cryptography.fernet import Fernet

__all__ = ["KeyProblem", "derive", "load_key"]


class KeyProblem(Exception):
    """The key cannot be used; the text says how to mend it."""


def load_key(value: str, file: Path) -> str:
    """The key as Fernet writes it: `value` where given, else the file's, made with mode 600 if missing.

    Raises `KeyProblem` for a key that is none, or a file that others may read.
    """
    if not value:
        value = _from_file(file)
    try:
        Fernet(value.encode())
    except ValueError as fault:
        raise KeyProblem(
            "COLIBRI_KEY is not 32 bytes in URL-safe base64: make one with `colibri key`"
        ) from fault
    return value


def derive(key: str, purpose: str) -> str:
    """A secret for one purpose, from which neither the key nor another purpose's secret follows."""
    digest = hashlib.blake2b(purpose.encode(), key=base64.urlsafe_b64decode(key), digest_size=32)
    return base64.urlsafe_b64encode(digest.digest()).decode()


def _from_file(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(Fernet.generate_key() + b"\n")
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise KeyProblem(f"others may read {file} (mode {mode:o}): run chmod 600 {file}")
    return file.read_text(encoding="ascii").strip()
