"""A series of workshops read from a table: all of its lines, or what is wrong with which."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.compute.sheets import BadSheet, Line, folded, read_sheet
from colibri.programme.forms.workshops import WorkshopForm
from colibri.programme.models import Workshop

__all__ = ["SeriesForm", "TableForm", "read_series", "sheet_words"]

BYTES_MOST = 300_000
LINES_MOST = 300
FAULTS_SHOWN = 20
COLUMNS = {
    "title": ("title", "titre"),
    "learn": ("learn", "what you will learn", "ce que vous apprendrez", "contenu", "description"),
    "starts_at": ("begins", "start", "debut", "commence"),
    "ends_at": ("ends", "end", "fin"),
    "venue": ("place", "lieu"),
    "link": ("link", "lien"),
    "places": ("places", "nombre de places"),
    "language": ("language", "langue"),
    "captions": ("captions", "sous-titres", "sous titres"),
    "host_name": ("host", "led by", "anime par", "animateur", "animatrice", "intervenant", "intervenante"),
}
NEEDED = frozenset({"title", "learn", "starts_at", "ends_at"})
YES = {"yes", "oui", "1", "x", "true", "vrai"}
LANGUAGES = {"francais": "fr", "french": "fr", "anglais": "en", "english": "en"}


class TableForm(forms.Form):
    """A table pasted or uploaded; `cleaned_data["table"]` is its text."""

    bytes_most = BYTES_MOST

    table = forms.CharField(
        label=gettext_lazy("The table, pasted here"),
        required=False,
        strip=False,
        max_length=BYTES_MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Copied from a spreadsheet, or as CSV. Its first line names the columns."),
    )
    file = forms.FileField(label=gettext_lazy("Or a CSV file"), required=False)

    def clean_file(self) -> str:
        """Its text, of any of the encodings spreadsheets write."""
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > self.bytes_most:
            words = _("This file is too large: %(most)d kB at most. Cut it in several.")
            raise forms.ValidationError(words, params={"most": self.bytes_most // 1000})
        content: bytes = given.read()
        if b"\0" in content:
            raise forms.ValidationError(_("This is no CSV file. In a spreadsheet: save as, CSV."))
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        pasted, file = cleaned.get("table", ""), cleaned.get("file", "")
        if not self.errors and not pasted.strip() and not file.strip():
            self.add_error("table", _("Paste a table or choose a file."))
        cleaned["table"] = file if file.strip() else pasted
        return cleaned


class SeriesForm(TableForm):
    """A series: its name and its table."""

    series = forms.CharField(label=gettext_lazy("Name of the series"), max_length=80)
    field_order = ["series", "table", "file"]


def read_series(table: str, empty: Workshop) -> tuple[list[Workshop], list[str]]:
    """A workshop for each line, like `empty` where the table says nothing; and what is wrong, line by line.

    Moments are read by the clocks that are active.
    """
    try:
        lines = read_sheet(table, COLUMNS, NEEDED, most=LINES_MOST)
    except BadSheet as fault:
        return [], [sheet_words(fault, COLUMNS)]
    found: list[Workshop] = []
    faults: list[str] = []
    seen: dict[tuple[str, Any], int] = {}
    for line in lines:
        form = WorkshopForm(_as_written(line, empty), instance=_like(empty))
        if not form.is_valid():
            faults += _faults(line, form)
            continue
        one = form.instance
        before = seen.setdefault((folded(one.title), one.starts_at), line.number)
        if before != line.number:
            faults.append(
                _("Line {number}: the same as line {before}.").format(number=line.number, before=before)
            )
        found.append(one)
    if len(faults) > FAULTS_SHOWN:
        rest = _("… and {number} more.").format(number=len(faults) - FAULTS_SHOWN)
        faults = [*faults[:FAULTS_SHOWN], rest]
    return found, faults


def sheet_words(fault: BadSheet, columns: dict[str, tuple[str, ...]]) -> str:
    """What is wrong with a table as a whole, and what to do."""
    column = columns.get(fault.column, (fault.column,))
    said = {
        "empty": _("The table has no line below its heading."),
        "column": _("Line {line}: no column is named “{column}”. The first line names the columns."),
        "twice": _("Line {line}: two columns are named “{column}”."),
        "cells": _("Line {line}: it has more cells than there are columns. Is a separator inside a text?"),
        "long": _("Line {line}: a table has so many lines at most. Cut it in several."),
    }[fault.code]
    return said.format(line=fault.line, column=" / ".join(column[:2]))


def _as_written(line: Line, empty: Workshop) -> dict[str, Any]:
    cells = dict(line.cells)
    cells["captions"] = "on" if folded(cells["captions"]) in YES else ""
    language = folded(cells["language"])
    cells["language"] = LANGUAGES.get(language, language) or empty.language
    cells["places"] = cells["places"] or str(empty.places)
    cells["host_name"] = cells["host_name"] or empty.host_name
    return {**cells, "series": empty.series}


def _like(empty: Workshop) -> Workshop:
    return Workshop(collective=empty.collective, host=empty.host)


def _faults(line: Line, form: WorkshopForm) -> list[str]:
    return [
        _("Line {number}, {column}: {fault}").format(
            number=line.number, column=form.fields[name].label if name in form.fields else name, fault=fault
        )
        for name, errors in form.errors.items()
        for fault in errors
    ]
