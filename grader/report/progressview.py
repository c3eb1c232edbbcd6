"""How far a learner has come, for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.exercise import Assignment
from grader.language import _, current

from .exact import decimal_text
from .notebook import Standing

#: of a bar, and of what stands behind it
_CELLS, _POINTS = 10, 9


def progress_view(
    assignment: Assignment,
    points: Mapping[str, tuple[Fraction, Fraction] | None],
    standing: Standing,
) -> RenderableType:
    """Return a line for each exercise, with a bar, and what to do next.

    Args:
        points: earned and on offer, by exercise; None for one that was never checked.
    """
    table = Table.grid(padding=(0, 2))
    longest = max(cell_len(exercise.name) for exercise in assignment.exercises)
    for least in (longest, _CELLS, _POINTS):
        table.add_column(no_wrap=True, min_width=least)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for exercise in assignment.exercises:
        known = points[exercise.name]
        title = Text(exercise.title.get(current()), "dim")
        if known is None:
            cells = _bar(0.0), _("not checked yet")
        else:
            earned, offered = known
            share = float(earned / offered) if offered else 0.0
            cells = _bar(share), f"{decimal_text(earned)} / {decimal_text(offered)}"
        table.add_row(Text(exercise.name), Text(cells[0], "green"), Text(cells[1]), title)
    return Group(table, Text(standing.sentence, "bold"))


def _bar(share: float) -> str:
    filled = int(share * _CELLS)
    return "█" * filled + "░" * (_CELLS - filled)
