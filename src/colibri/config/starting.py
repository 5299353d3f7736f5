"""From nothing to a program that is set up: settings, key, rooms, and the terminal's language."""

import gettext
import os
import sqlite3
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from environs import EnvError

from colibri.config.keyring import KeyProblem

__all__ = ["CannotStart", "language_wanted", "set_up", "set_up_words"]

LOCALE = Path(__file__).parent.parent / "locale"


class CannotStart(Exception):
    """Why the program cannot be set up and how to mend it, in the terminal's language."""


def set_up() -> None:
    """Settings, key and rooms. Raises `CannotStart`."""
    os.umask(0o077)  # what is kept here is nobody else's to read
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colibri.config.settings")
    # Django's own translations need the settings, which are what may be wrong here.
    _ = gettext.translation("django", LOCALE, [language_wanted()], fallback=True).gettext
    try:
        django.setup()
    except KeyProblem as fault:
        raise CannotStart(_(fault.sentence).format(**fault.words)) from fault
    except sqlite3.Error as fault:
        words = _("The queue's file cannot be used ({why}). Let its folder be written, or set {setting}.")
        raise CannotStart(words.format(why=fault, setting="COLIBRI_QUEUE_URL")) from fault
    except (EnvError, ImproperlyConfigured, OSError) as fault:
        words = _("The settings cannot be used: {why}. Each is described in docs/reference/settings.md.")
        raise CannotStart(words.format(why=str(fault).rstrip("."))) from fault
    translation.activate(language_wanted())


def set_up_words() -> None:
    """Languages alone: no key, no database, no folder of one's own."""
    if not settings.configured:
        settings.configure(LANGUAGE_CODE="fr", LOCALE_PATHS=[LOCALE])
        django.setup()
    translation.activate(language_wanted())


def language_wanted() -> str:
    """The terminal's language where Colibri speaks it, else French."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if said.lower().startswith("en") else "fr"
