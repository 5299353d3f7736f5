"""Collects every sentence a person may read into the French catalogue, and compiles it.

    .venv/bin/python scripts/messages.py            bring django.po and django.mo up to date
    .venv/bin/python scripts/messages.py --check    say what has no French yet, change nothing

Needs Python alone: Babel reads and writes the files, Django turns templates into something Babel can read.
A sentence that is new stands in django.po with an empty msgstr, to be written by hand; one that is no longer
used goes. Translations are never guessed.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src" / "colibri"
FRENCH = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def collect() -> Catalog:
    """Every sentence of the Python files and templates, with where it stands."""
    found = Catalog(locale="fr")
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"locale", "data", "migrations"} & set(path.parts):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = re.sub(r"(?m)^\s+", "", templatize(text, origin=path.name))
        content = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract(
            "python", content, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            # No line numbers: they would change with every commit and say nothing to whoever translates.
            found.add(message, context=context, locations=[(str(path.relative_to(SOURCE)), 0)])
    return found


def merge(collected: Catalog, written: Catalog) -> Catalog:
    """What was collected with the French that was written for it."""
    merged = Catalog(
        locale="fr", project="Colibri", header_comment="# Colibri in French.", fuzzy=False, charset="utf-8"
    )
    for message in sorted(collected, key=lambda one: (str(one.locations[:1]), str(one.id))):
        if message.id:
            known = written.get(message.id if isinstance(message.id, str) else message.id[0], message.context)
            french = known.string if known and type(known.id) is type(message.id) else ""
            merged.add(
                message.id,
                french,
                context=message.context,
                locations=sorted({(name, 0) for name, _line in message.locations}),
                flags=message.flags,
            )
    return merged


def main() -> int:
    settings.configure(USE_I18N=True)
    written = Catalog(locale="fr")
    if FRENCH.exists():
        written = read_po(io.BytesIO(FRENCH.read_bytes()), locale="fr")
    merged = merge(collect(), written)
    missing = [one.id for one in merged if one.id and not (one.string and all(one.string))]
    if "--check" not in sys.argv:
        FRENCH.parent.mkdir(parents=True, exist_ok=True)
        lines = io.BytesIO()
        write_po(lines, merged, width=110, omit_header=False, include_lineno=False)
        header = re.compile(
            rb'(?m)^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team).*\n'
        )
        FRENCH.write_bytes(header.sub(b"", lines.getvalue()))
        compiled = io.BytesIO()
        write_mo(compiled, read_po(io.BytesIO(FRENCH.read_bytes()), locale="fr"))
        FRENCH.with_suffix(".mo").write_bytes(compiled.getvalue())
    for sentence in missing:
        print("no French yet:", sentence)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
