"""The one key of an installation: from the environment, or a file of its own made on first start."""

import base64
import contextlib
import getpass
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet
from django.utils.translation import gettext_noop

__all__ = ["KeyProblem", "derive", "load_key", "new_key"]


class KeyProblem(Exception):
    """The key cannot be used. `sentence` says how to mend it, to be translated, and `words` fill it in.

    The settings need the key before any language is known, so whoever shows this translates it.
    """

    def __init__(self, sentence: str, **words: object) -> None:
        super().__init__(sentence.format(**words))
        self.sentence, self.words = sentence, words


def load_key(value: str, file: Path) -> str:
    """The key as Fernet writes it: `value` where given, else the file's, made with mode 600 if missing.

    Raises `KeyProblem` for a key that is none, and for a file that cannot be used or that others may read.
    """
    place = str(file)
    try:
        if value:
            place = "COLIBRI_KEY"
        else:
            value = _from_file(file)
        Fernet(value.encode())
    except OSError as fault:
        raise KeyProblem(
            gettext_noop(
                "The key file {file} cannot be used ({why}). Let {user} read it, and write to its folder on "
                "first start; or give the key in {setting}."
            ),
            file=file,
            why=fault.strerror,
            user=_whoami(),
            setting="COLIBRI_KEY",
        ) from fault
    except ValueError as fault:
        raise KeyProblem(
            gettext_noop(
                "{place} holds no key (32 bytes in URL-safe base64). Put the former key back; where nothing "
                "was stored yet, “colibri key” makes a new one."
            ),
            place=place,
        ) from fault
    return value


def new_key() -> str:
    """A fresh key."""
    return Fernet.generate_key().decode()


def derive(key: str, purpose: str) -> str:
    """A secret for one purpose, from which neither the key nor another purpose's secret follows."""
    digest = hashlib.blake2b(purpose.encode(), key=base64.urlsafe_b64decode(key), digest_size=32)
    return base64.urlsafe_b64encode(digest.digest()).decode()


def _from_file(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _make(file)
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise KeyProblem(
            gettext_noop("Others may read the key file {file} (mode {mode}): run chmod 600 {file}"),
            file=file,
            mode=f"{mode:o}",
        )
    return file.read_text(encoding="utf-8").strip()


def _make(file: Path) -> None:
    """Write the key aside and give it its name in one go: two first starts at once agree on one key."""
    descriptor, aside = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(new_key() + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, file)
    finally:
        os.unlink(aside)


def _whoami() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        return "Colibri"
