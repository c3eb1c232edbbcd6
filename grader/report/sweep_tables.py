"""What became of the repositories of a class, as a table, as Markdown and as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from rich.table import Table
from rich.text import Text as Line

from grader.exercise import Text
from grader.language import CLAUSES, _, current, listed
from grader.outcome import Result

from .class_summary import trouble
from .points_text import decimal_text, nearest_decimal
from .safe_text import markdown_text, one_line


class Listed(Protocol):
    """A line of the list of repositories."""

    @property
    def name(self) -> str:
        """As the list says it."""

    @property
    def learners(self) -> tuple[str, ...]:
        """Whose work it holds."""

    @property
    def repository(self) -> str:
        """The address."""


class Commit(Protocol):
    """A commit."""

    @property
    def name(self) -> str:
        """Its digest."""

    @property
    def made(self) -> datetime:
        """When, as the machine says that made it."""


#: a line of the list, the commit that counts, why nothing was collected, what else to know
Row = tuple[Listed, Commit | None, str, tuple[str, ...]]


def sweep_table(rows: Iterable[Row], results: Sequence[Result]) -> Table:
    """Return the table for a terminal."""
    table = Table(_("learner"), _("commit"), _("made"), _("points"), _("remarks"))
    for row in rows:
        table.add_row(*(Line(cell) for cell in _cells(row, results)), style=_style(row))
    return table


def sweep_markdown(rows: Sequence[Row], results: Sequence[Result], title: Text) -> str:
    """Return the summary of a job in CI."""
    faults = sum(bool(fault) for _listed, _commit, fault, _notes in rows)
    text = _("{graded} graded; {faults} of {total} repositories gave nothing to grade.")
    said = text.format(graded=len(results), faults=faults, total=len(rows))
    heads = (_("learner"), _("commit"), _("made"), _("points"), _("remarks"))
    lines = [f"# {one_line(title.get(current()))}", "", said, ""]
    lines += [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for row in rows:
        lines.append(f"| {' | '.join(markdown_text(one_line(c)) for c in _cells(row, results))} |")
    return "\n".join(lines) + "\n"


def sweep_payload(rows: Iterable[Row], results: Sequence[Result]) -> list[dict[str, Any]]:
    """Return plain values for JSON."""
    scores = {result.learner: result for result in results}
    return [
        {
            "learners": list(entry.learners),
            "repository": entry.repository,
            "commit": commit.name if commit else None,
            "made": commit.made.isoformat() if commit else None,
            "score": {
                who: nearest_decimal(scores[who].score)
                for who in entry.learners
                if who in scores and not fault
            },
            "fault": fault,
            "notes": list(notes),
        }
        for entry, commit, fault, notes in rows
    ]


def _cells(row: Row, results: Sequence[Result]) -> list[str]:
    entry, commit, fault, notes = row
    mine = [] if fault else [one for one in results if one.learner in entry.learners]
    points = {f"{decimal_text(one.score)} / {decimal_text(one.max_score)}" for one in mine}
    remarks = filter(None, [fault, *notes, *dict.fromkeys(map(trouble, mine))])
    return [
        one_line(entry.name),
        commit.name[:12] if commit else "–",
        commit.made.strftime("%Y-%m-%d %H:%M UTC") if commit else "–",
        listed(sorted(points)) or "–",
        one_line(listed(remarks, CLAUSES)),
    ]


def _style(row: Row) -> str:
    return "red" if row[2] else ""
