"""The syllabus as a table: for the terminal, and as Markdown for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled

from grader.exercise import FRAMEWORKS, Text
from grader.language import _, current, listed

from .points_text import decimal_text

#: what stands where there is nothing
_NONE = "–"


@dataclass(frozen=True, slots=True)
class SyllabusRow:
    """What a course holds for one exercise, or for several in sum.

    Attributes:
        public: how many checks learners get.

        hidden: how many they do not get.

        mistakes: how many known mistakes there are.

        variants: how many accepted variants there are, by framework; none for one without any.

        mutation: how many mutants were killed, and how many there are that are not equivalent; None
            if that is not known.
    """

    assignment: str
    exercise: str
    title: Text
    points: Fraction
    public: int
    hidden: int
    mistakes: int
    variants: Mapping[str, int]
    mutation: tuple[int, int] | None = None

    def payload(self) -> dict[str, object]:
        """Return it as values that JSON can express."""
        found: dict[str, object] = {
            "assignment": self.assignment,
            "exercise": self.exercise,
            "title": {"en": self.title.en, "zh": self.title.zh},
            "points": str(self.points),
            "checks": {"public": self.public, "hidden": self.hidden},
            "mistakes": self.mistakes,
            "accepted": dict(self.variants),
        }
        if self.mutation is not None:
            found["mutants"] = {"killed": self.mutation[0], "counted": self.mutation[1]}
        return found


#: what a row has in a column
Cell = Callable[[SyllabusRow], str]


def syllabus_table(rows: Sequence[SyllabusRow]) -> RenderableType:
    """Return *rows* as a table with a sum below, a section for each assignment.

    It fits into 80 columns: accepted variants are summed, and only what has none is named.
    """
    columns: list[tuple[str, Cell]] = [
        (_("exercise"), lambda row: row.exercise),
        (_("points"), lambda row: decimal_text(row.points)),
        (_("checks"), lambda row: str(row.public + row.hidden)),
        (_("mistakes"), lambda row: str(row.mistakes)),
        (_("accepted"), lambda row: str(sum(row.variants.values()))),
        *_scores(rows),
    ]
    if any(map(_missing, rows)):
        columns.append((_("none accepted in"), lambda row: listed(_missing(row))))
    total = _total(rows)
    table = Table(header_style="bold", show_footer=True)
    for number, (name, cell) in enumerate(columns):
        table.add_column(name, footer=cell(total), justify="right" if number else "left")
    for assignment, group in groupby(rows, key=lambda row: row.assignment):
        table.add_section()
        table.add_row(Styled(assignment, "bold"))
        for row in group:
            table.add_row(*(cell(row) for _name, cell in columns))
    return table


def syllabus_markdown(rows: Sequence[SyllabusRow]) -> str:
    """Return *rows* as a Markdown table with a sum below, a column for each framework."""
    words: list[tuple[str, Cell]] = [
        (_("assignment"), lambda row: row.assignment),
        (_("exercise"), lambda row: row.exercise),
        (_("title"), lambda row: row.title.get(current())),
    ]
    numbers: list[tuple[str, Cell]] = [
        (_("points"), lambda row: decimal_text(row.points)),
        (_("public checks"), lambda row: str(row.public)),
        (_("hidden checks"), lambda row: str(row.hidden)),
        (_("mistakes"), lambda row: str(row.mistakes)),
        *((framework, _count_in(framework)) for framework in FRAMEWORKS),
        *_scores(rows),
    ]
    columns = words + numbers
    lines = [[name for name, _cell in columns]]
    lines.append(["---"] * len(words) + ["--:"] * len(numbers))
    lines += [[cell(row) for _name, cell in columns] for row in (*rows, _total(rows))]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _scores(rows: Sequence[SyllabusRow]) -> list[tuple[str, Cell]]:
    return [(_("mutation score"), _mutation_score)] if any(row.mutation for row in rows) else []


def _count_in(framework: str) -> Cell:
    return lambda row: str(row.variants.get(framework) or _NONE)


def _missing(row: SyllabusRow) -> list[str]:
    return [framework for framework in FRAMEWORKS if not row.variants.get(framework)]


def _mutation_score(row: SyllabusRow) -> str:
    if not row.mutation or not row.mutation[1]:
        return _NONE
    killed, counted = row.mutation
    return f"{100 * killed / counted:.4g} %"


def _total(rows: Sequence[SyllabusRow]) -> SyllabusRow:
    known = [row.mutation for row in rows if row.mutation]
    return SyllabusRow(
        _("all"),
        _("all: {count}").format(count=len(rows)),
        Text("", ""),
        sum((row.points for row in rows), Fraction(0)),
        sum(row.public for row in rows),
        sum(row.hidden for row in rows),
        sum(row.mistakes for row in rows),
        {name: sum(row.variants.get(name, 0) for row in rows) for name in FRAMEWORKS},
        (sum(killed for killed, _n in known), sum(n for _killed, n in known)) if known else None,
    )
