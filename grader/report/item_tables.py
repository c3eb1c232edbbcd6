"""Item analysis for the terminal and as JSON."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.language import CLAUSES, _, listed
from grader.outcome import Outcome

from .item_statistics import Analysis, Finding, Item
from .line_wrapping import Lines
from .outcome_text import outcome_word
from .safe_text import clean

SCHEMA = "gradproof/items/v1"

#: width of a whole bar, and its glyphs by eighths of one column
_BAR, _EIGHTHS = 10, " ▏▎▍▌▋▊▉█"

#: a share of passes or a discrimination below this is highlighted
_LOW_SHARE, _LOW_DISCRIMINATION = 0.25, 0.2

#: outcomes that the other columns show
_ELSEWHERE = (Outcome.PASSED, Outcome.FAILED, Outcome.NOT_IMPLEMENTED)


def items_view(analysis: Analysis) -> RenderableType:
    """Return a table of all checks by exercise, followed by the findings."""
    title = _("{assignment}: {count} learners")
    parts: list[RenderableType] = [
        Text(title.format(assignment=analysis.assignment, count=analysis.learners), "bold"),
        _table(analysis),
    ]
    for _kind, findings in itertools.groupby(analysis.findings, lambda finding: finding.kind):
        parts += _finding_views(list(findings))
    if not analysis.findings:
        parts.append(Lines(Text(_("Nothing stands out."), "green")))
    return Group(*parts)


def _finding_views(findings: Sequence[Finding]) -> Iterator[Lines]:
    """Yield the findings of one kind, followed by the advice."""
    for finding in findings:
        yield Lines(Text(clean(finding.text)), Text("• "))
    yield Lines(Text(findings[0].advice, "cyan"), Text("  → ", "cyan"))


def items_payload(analysis: Analysis) -> dict[str, Any]:
    """Return the same data as values that ``json`` can write."""
    return {
        "schema": SCHEMA,
        "assignment": analysis.assignment,
        "learners": analysis.learners,
        "starters": dict(analysis.starters),
        "checks": [
            {
                "exercise": item.exercise,
                "name": item.name,
                "hidden": item.hidden,
                "outcomes": {o.value: item.outcomes[o] for o in Outcome if item.outcomes[o]},
                "share": _rounded(item.share),
                "discrimination": _rounded(item.discrimination),
            }
            for item in analysis.items
        ],
        "findings": [
            {"kind": f.kind, "what": list(f.what), "text": f.text, "advice": f.advice}
            for f in analysis.findings
        ],
    }


def bar(share: float) -> str:
    """Return a bar of ten columns, filled to *share* in steps of an eighth of a column."""
    eighths = round(share * _BAR * 8)
    # "Nobody passed" must look different from "one passed", and "all" from "all but one".
    eighths = min(max(eighths, int(share > 0)), _BAR * 8 - int(share < 1))
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(_BAR)


def _table(analysis: Analysis) -> Table:
    hidden = any(item.hidden for item in analysis.items)
    table = Table(header_style="bold", caption=_("* hidden") if hidden else None)
    table.caption_justify = "left"
    table.add_column(_("check"), overflow="fold")
    table.add_column(_("passed by"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=_BAR)
    table.add_column(_("discr."), justify="right")
    table.add_column(_("otherwise"), overflow="fold")
    exercise = None
    for item in analysis.items:
        if item.exercise != exercise:
            exercise = item.exercise
            wrote = _("{count} wrote it").format(count=analysis.starters.get(exercise, 0))
            table.add_row(Text(clean(exercise), "bold"), "", Text(wrote, "dim"))
        table.add_row(*_cells(item))
    return table


def _cells(item: Item) -> tuple[Text, ...]:
    others = [
        f"{outcome_word(outcome)} {item.outcomes[outcome]}"
        for outcome in Outcome
        if outcome not in _ELSEWHERE and item.outcomes[outcome]
    ]
    share, discrimination = item.share, item.discrimination
    return (
        Text(f"  {clean(item.name)}{' *' if item.hidden else ''}"),
        Text(f"{item.outcomes[Outcome.PASSED]} / {item.judged}"),
        Text("" if share is None else bar(share), _style(share, _LOW_SHARE)),
        Text(
            "–" if discrimination is None else f"{discrimination:.2f}".replace("-", "−"),
            _style(discrimination, _LOW_DISCRIMINATION),
        ),
        Text(listed(others, CLAUSES), "dim"),
    )


def _style(value: float | None, low: float) -> str:
    return "" if value is None else "red" if value < low else "green"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
