"""Migrations are complete and safe while the old version serves; every declared state can be reached."""

import ast
import io
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import analyse_sql_statements

from colibri.common.states import LIVES, Life
from tests.house_rules import Source, called_name, sources_of

# These only ask for rows in a state, or declare it; they put nothing into it.
ASKING = {"filter", "exclude", "get", "count", "Q", "Life", "before"}


def room_labels() -> list[str]:
    return [each.label for each in apps.get_app_configs() if each.name.startswith("colibri.")]


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    said = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(f"run django-admin makemigrations:\n{said.getvalue()}")


@pytest.mark.django_db(transaction=True)  # SQLite's schema editor works outside transactions alone
def test_migrations_are_safe_while_the_old_version_serves(capsys):
    linter = MigrationLinter(include_apps=room_labels(), no_cache=True, ignore_initial_migrations=True)
    linter.lint_all_migrations()

    assert not linter.has_errors, capsys.readouterr().out


@pytest.mark.django_db
def test_a_migration_the_old_version_would_stumble_over_is_seen():
    linter = MigrationLinter(no_cache=True, no_output=True)

    errors, _ignored, _warnings = analyse_sql_statements(
        linter.sql_analyser_class, ['ALTER TABLE "x" RENAME COLUMN "a" TO "b";']
    )

    assert errors != []


def entered_in(sources: list[Source]) -> set[str]:
    """Every word handed to a call that may put a row into a state of that name."""
    return {
        word.value
        for source in sources
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and called_name(call) not in ASKING
        for word in [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }


def never_entered(lives: list[Life], entered: set[str]) -> list[str]:
    """States no code ever puts a row into, though they are declared."""
    return [
        f"{life.name}: nothing ever makes it '{state}'"
        for life in lives
        for state in life.moves
        if state != life.start and state not in entered
    ]


def test_every_declared_state_can_be_reached():
    assert LIVES
    assert [life.name for life in LIVES if life.reachable() != set(life.moves)] == []
    assert never_entered(LIVES, entered_in(sources_of("src"))) == []


def test_a_state_no_code_enters_is_seen():
    code = """
rows.filter(state="lost")
LIFE.move(row, "found")
"""
    life = LIVES[0]
    state = next(state for state in life.moves if state != life.start)

    assert entered_in([Source(Path("actions.py"), code)]) == {"found"}
    assert f"{life.name}: nothing ever makes it '{state}'" in never_entered([life], {"found"} - {state})


def test_a_state_nothing_leads_to_cannot_be_declared():
    known = len(LIVES)

    with pytest.raises(ValueError, match="nothing leads to lost"):
        Life("drop", start="new", moves={"new": (), "lost": ()}, labels={"new": "new", "lost": "lost"})

    assert len(LIVES) == known
