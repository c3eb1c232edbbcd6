"""The command line's output for authors: counts of an audit, and the checks that a draft passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.outcome import CheckResult, Outcome, Result

from .line_wrapping import Lines
from .outcome_text import MARKS
from .safe_text import clean

#: what a draft is given, by framework
_ARRAYS = {"numpy": "NumPy arrays", "torch": "PyTorch tensors", "jax": "JAX arrays"}


def audit_tables(
    rows: Sequence[tuple[str | int, ...]],
    mutations: Sequence[tuple[str | int, ...]],
    by_exercise: bool = False,
) -> RenderableType:
    """Return an audit as tables of counts, each with a sum.

    Args:
        rows: assignment, exercises, checks, mistakes, variants, findings.

        mutations: exercise, mutants, killed, equivalent, survivors; no table if there are none.

        by_exercise: whether each of the *rows* is of one exercise, without a count of exercises.
    """
    names = ["assignment", "exercises", "checks", "mistakes", "accepted", "findings"]
    tables = [_counts(["exercise", *names[2:]] if by_exercise else names, rows)]
    if mutations:
        tables.append(
            _counts(["exercise", "mutants", "killed", "equivalent", "survivors"], mutations)
        )
    return Group(*tables)


def _counts(names: Sequence[str], rows: Sequence[tuple[str | int, ...]]) -> Table:
    """Return counts below *names*, and their sums; the last should be 0."""
    table = Table(header_style="bold", show_footer=len(rows) > 1)
    table.add_column(names[0], footer="all")
    for column, name in enumerate(names[1:], 1):
        total = sum(int(row[column]) for row in rows)
        table.add_column(name, justify="right", footer=str(total))
    for row in rows:
        style = "red" if row[-1] else "green"
        table.add_row(*map(str, row[:-1]), Text(str(row[-1]), style))
    return table


def draft_view(
    result: Result, framework: str, likenesses: Mapping[tuple[str, str], str]
) -> RenderableType:
    """Return a draft's result with one line for each check.

    Args:
        framework: the framework of the arrays that the draft is given.

        likenesses: known mistakes that give the same answers in a check, by exercise and check.
    """
    return Group(*_draft_lines(result, framework, likenesses))


def _draft_lines(
    result: Result, framework: str, likenesses: Mapping[tuple[str, str], str]
) -> Iterator[RenderableType]:
    for exercise, group in groupby(result.checks, key=lambda check: check.exercise):
        checks = list(group)
        passed = sum(check.outcome is Outcome.PASSED for check in checks)
        arrays = _ARRAYS.get(framework, framework)
        yield Text(f"{exercise}: {passed} of {len(checks)} checks pass on {arrays}", "bold")
        for check in checks:
            mark, style = MARKS[check.outcome]
            line = Text(check.name)
            line.append(" (hidden)" if check.hidden else "", "dim")
            if check.outcome is not Outcome.PASSED:
                line.append(f": {check.outcome.value}: {clean(check.message)}", style)
            yield Lines(line, Text(f"  {mark} ", style))
        yield from _likeness_lines(checks, likenesses)


def _likeness_lines(
    checks: Sequence[CheckResult], likenesses: Mapping[tuple[str, str], str]
) -> Iterator[RenderableType]:
    """Yield the known mistakes whose answers a draft gives; a mistake is known by all of them."""
    found = (likenesses.get((check.exercise, check.name)) for check in checks)
    for mistake in dict.fromkeys(mistake for mistake in found if mistake):
        yield Text(f"  It gives the same answers as the known mistake {mistake}.", "cyan")
