"""The life of a row: its states and moves, declared once and checked when declared."""

from collections.abc import Mapping
from typing import Any

from django.db import models

__all__ = ["LIVES", "ChangedMeanwhile", "Life", "WrongMove"]

LIVES: list["Life"] = []


class WrongMove(Exception):
    """The row is no longer in a state that allows this: somebody else was first, or it is over."""

    def __init__(self, row: models.Model, to: str) -> None:
        super().__init__(f"{row._meta.label} {row.pk} is {row.state}, not ready to be {to}")  # type: ignore[attr-defined]
        self.row = row
        self.to = to


class ChangedMeanwhile(Exception):
    """The version somebody read is no longer the one that stands."""


class Life:
    """A small graph of states. `moves` says which states follow each, `labels` how people read them.

    Raises ValueError for a state nothing leads to, or a move to a state that is not declared.
    """

    def __init__(
        self, name: str, *, start: str, moves: Mapping[str, tuple[str, ...]], labels: Mapping[str, Any]
    ) -> None:
        self.name, self.start, self.moves, self.labels = name, start, dict(moves), dict(labels)
        known = set(self.moves)
        for state, following in self.moves.items():
            for other in following:
                if other not in known:
                    raise ValueError(f"{name}: {state} leads to {other}, which is not declared")
        unreached = known - self.reachable()
        if unreached:
            raise ValueError(f"{name}: nothing leads to {', '.join(sorted(unreached))}")
        if set(self.labels) != known:
            raise ValueError(f"{name}: labels and states differ: {sorted(set(self.labels) ^ known)}")
        LIVES.append(self)

    def reachable(self) -> set[str]:
        """Every state one can come to from the start."""
        seen, ahead = {self.start}, [self.start]
        while ahead:
            for following in self.moves.get(ahead.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    ahead.append(following)
        return seen

    def before(self, state: str) -> list[str]:
        """The states that lead to this one."""
        return [origin for origin, following in self.moves.items() if state in following]

    def field(self) -> "models.CharField[str, str]":
        """The column that holds the state."""
        return models.CharField(
            max_length=20, choices=list(self.labels.items()), default=self.start, db_index=True
        )

    def move(self, row: models.Model, to: str, **changes: Any) -> None:
        """Move the row, and change columns with it, in one statement that only one caller wins.

        Raises `WrongMove`, with the row freshly read, where its state does not allow it.
        """
        rows = type(row)._default_manager.filter(pk=row.pk, state__in=self.before(to))
        if not rows.update(state=to, **changes):
            row.refresh_from_db()
            raise WrongMove(row, to)
        row.state = to  # type: ignore[attr-defined]
        for column, value in changes.items():
            setattr(row, column, value)
