"""A learner's progress, for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from grader.exercise import Assignment
from grader.language import _, current

from .line_wrapping import Lines
from .points_text import decimal_text
from .standing import Standing

#: width of a bar, of the text behind it, and minimum width of a title
_CELLS, _POINTS, _TITLE = 10, 9, 8


def progress_view(
    assignment: Assignment,
    points: Mapping[str, tuple[Fraction, Fraction] | None],
    standing: Standing,
) -> RenderableType:
    """Return a line with a bar for each exercise, and what to do next.

    Args:
        points: earned and available points by exercise; None for one never checked.
    """
    rows = [
        _Row(exercise.name, *_known(points[exercise.name]), exercise.title.get(current()))
        for exercise in assignment.exercises
    ]
    return Group(_Rows(rows), Lines(Text(standing.sentence, "bold")))


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    share: float
    points: str
    title: str


def _known(points: tuple[Fraction, Fraction] | None) -> tuple[float, str]:
    """Return the earned share of *points*, and the text for it."""
    if points is None:
        return 0.0, _("not checked yet")
    earned, offered = points
    share = float(earned / offered) if offered else 0.0
    return share, f"{decimal_text(earned)} / {decimal_text(offered)}"


class _Rows:
    """A line for each exercise; in a narrow terminal, without the title, then without the bar."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        names = max(cell_len(row.name) for row in self._rows)
        points = max(_POINTS, *(cell_len(row.points) for row in self._rows))
        bare = names + 2 + points
        for row in self._rows:
            if bare > options.max_width:
                yield Lines(Text(row.name))
                yield Lines(Text(row.points), margin=2)
                continue
            line = Text(_padded(row.name, names) + "  ", no_wrap=True, overflow="fold")
            with_bar = bare + 2 + _CELLS <= options.max_width
            if with_bar:
                line.append(_bar(row.share) + "  ", "green")
            line.append(_padded(row.points, points))
            room = options.max_width - line.cell_len - 2
            if with_bar and room >= _TITLE:
                title = Text(row.title, "dim")
                title.truncate(room, overflow="ellipsis")
                line.append("  ").append_text(title)
            line.rstrip()
            yield line


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


def _bar(share: float) -> str:
    filled = int(share * _CELLS)
    return "█" * filled + "░" * (_CELLS - filled)
