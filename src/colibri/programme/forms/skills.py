"""What somebody can do, and the tables of skills and of training bodies, read whole or not at all."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colibri.audiences.queries import tables
from colibri.compute.sheets import BadSheet, folded, read_sheet
from colibri.networks.plain import plain_line, web_address
from colibri.programme.forms.series import FAULTS_SHOWN, YES, TableForm, sheet_words
from colibri.programme.models import Ability, Skill

__all__ = ["AbilityForm", "SkillTableForm", "read_skills", "read_training"]

SKILL_COLUMNS = {
    "code": ("code rome", "rome", "rome code"),
    "trade": ("metier", "trade", "libelle rome"),
    "skill": ("competence", "savoir-faire", "skill", "libelle competence"),
}
TRAINING_COLUMNS = {
    "name": ("nom", "name", "organisme"),
    "teaches": ("formations", "teaches", "domaines"),
    "region": ("region",),
    "town": ("ville", "town", "commune"),
    "site": ("site", "lien", "link"),
    "without_diploma": ("sans diplome", "without a diploma", "open without a diploma"),
    "seen_on": ("vu le", "seen on", "mise a jour"),
}
NO = {"no", "non", "0", "false", "faux"}
SKILL_LINES = 200_000
TRAINING_LINES = 5_000


class AbilityForm(forms.Form):
    """Skills ticked among those found, one in one's own words, and how well."""

    skills = forms.ModelMultipleChoiceField(
        queryset=Skill.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Which trades ask it is then unknown, unless the table has these very words."),
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("How well?"), coerce=int, choices=Ability.LEVEL_CHOICES, initial=2
    )

    def __init__(self, *args: Any, found: list[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = [(one.pk, one.label) for one in found]  # type: ignore[attr-defined]
        self.fields["skills"].label = _("I can do this")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("skills") and not cleaned.get("words"):
            self.add_error("words", _("Tick what you can do, or write it."))
        return cleaned


class SkillTableForm(TableForm):
    """The official table, as large as it is."""

    bytes_most = 30_000_000


def read_skills(table: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """(ROME code, trade, skill) of each line, and what is wrong."""
    try:
        lines = read_sheet(table, SKILL_COLUMNS, frozenset({"code", "skill"}), most=SKILL_LINES)
    except BadSheet as fault:
        return [], [sheet_words(fault, SKILL_COLUMNS)]
    labels = {one.code: one.label_fr for one in tables().trades}
    rows: list[tuple[str, str, str]] = []
    faults: list[str] = []
    for line in lines:
        code = line.cells["code"].upper()
        if not re.fullmatch(r"[A-N]\d{4}", code):
            faults.append(_("Line {number}: “{word}” is no ROME code.").format(number=line.number, word=code))
        elif not line.cells["skill"]:
            faults.append(_("Line {number}: no skill stands there.").format(number=line.number))
        rows.append((code, line.cells["trade"] or labels.get(code, code), line.cells["skill"]))
    return rows, faults[:FAULTS_SHOWN]


def read_training(table: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The columns of `TrainingBody` of each line, and what is wrong."""
    needed = frozenset({"name", "region", "seen_on"})
    try:
        lines = read_sheet(table, TRAINING_COLUMNS, needed, most=TRAINING_LINES)
    except BadSheet as fault:
        return [], [sheet_words(fault, TRAINING_COLUMNS)]
    regions = {folded(one.name): one.code for one in tables().regions}
    regions |= {one.code: one.code for one in tables().regions}
    day = forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        cells, number = line.cells, line.number
        row: dict[str, Any] = {name: plain_line(cells[name]) for name in ("name", "teaches", "town")}
        diploma = folded(cells["without_diploma"])
        row["without_diploma"] = True if diploma in YES else False if diploma in NO else None
        row["region"], row["site"] = regions.get(folded(cells["region"]), ""), web_address(cells["site"])
        if not row["name"] or len(row["name"]) > 200 or len(row["teaches"]) > 400 or len(row["town"]) > 120:
            faults.append(_("Line {number}: a name is missing, or a text is too long.").format(number=number))
        if not row["region"]:
            said = _("Line {number}: “{word}” is no region.")
            faults.append(said.format(number=number, word=cells["region"]))
        if cells["site"] and (not row["site"] or len(row["site"]) > 500):
            said = _("Line {number}: “{word}” is no address of the web.")
            faults.append(said.format(number=number, word=cells["site"][:60]))
        try:
            row["seen_on"] = day.clean(cells["seen_on"])
        except forms.ValidationError:
            said = _("Line {number}: “{word}” is no day, for example 2026-12-01.")
            faults.append(said.format(number=number, word=cells["seen_on"][:60]))
        before = seen.setdefault((row["name"], row["town"]), number)
        if before != number:
            said = _("Line {number}: the same as line {before}.")
            faults.append(said.format(number=number, before=before))
        rows.append(row)
    return rows, faults[:FAULTS_SHOWN]
