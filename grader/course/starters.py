"""Starters: the part of a source that learners get, as a percent-format file and as a notebook.

Only the notebook has check cells: one that imports ``check``, and one below each exercise. Only it
has stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count
from typing import Any

import nbformat

from grader.sandbox.from_scratch import examples

from ..errors import AuthoringError
from ..exercise import Assignment, Exercise, Language, Text
from ..language import listed
from .catalogue import Course
from .editions import EDITIONS, in_edition, unbound
from .source import FRAMEWORK_MARKER, Cell, statement, statement_parts, unsolved
from .stories import in_one, story_text

#: Without gradproof, a notebook still runs from top to bottom and says what is missing.
_IMPORT = Text(
    en="""\
# Run this cell first: below each exercise, a cell checks what you have written.
try:
    from grader import check
except ImportError:
    def check(exercise):
        print("Not checked: gradproof is missing. Run this, then all cells again:")
        print({install})""",
    zh="""\
# 请先运行这个单元格：每道习题下面都有一个单元格，用来检查你写的代码。
try:
    from grader import check
except ImportError:
    def check(exercise):
        print("没有检查：这里没有安装gradproof。请运行下面这一行，再重新运行所有单元格：")
        print({install})""",
)


#: forbidden entries that a statement names, of the first; the kit has the whole list
_NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """One cell of a starter; *name* is its id in the notebook.

    *checks* is the exercise that a check cell checks; empty for the import of ``check``. *story*
    are the exercises of a story.
    """

    name: str
    kind: str
    text: str
    exercise: str | None = None
    checks: str | None = None
    story: tuple[str, ...] = ()


def render(
    course: Course, assignment: Assignment, language: Language, framework: str = ""
) -> dict[str, str]:
    """Return the starters of *assignment* in *language*: text by file name.

    Rendering twice gives the same bytes.

    Args:
        framework: that of the starters; empty for that of the reference.

    Raises:
        AuthoringError: the source cannot be used, or its code is for another framework.
    """
    framework = framework or assignment.framework
    cells = starter_cells(course, assignment, framework)
    pieces = list(_pieces(assignment, cells, language, framework))
    first = next(i for i, piece in enumerate(pieces) if piece.kind == "code")
    marked = f"{FRAMEWORK_MARKER}{framework}\n{pieces[first].text}"
    pieces[first] = replace(pieces[first], text=marked)
    edition = EDITIONS[framework]
    command = edition.installed_by(assignment.install)
    # A notebook runs pip in its own Python by this sign, and any other program by that.
    sign = "%" if command.startswith("pip ") else "!"
    imports = _IMPORT.get(language).format(install=repr(sign + command))
    return {
        f"{assignment.name}.py": _percent([piece for piece in pieces if not piece.story]),
        f"{assignment.name}.ipynb": _notebook(_with_checks(pieces, imports, edition.late)),
    }


def starter_cells(course: Course, assignment: Assignment, framework: str) -> list[Cell]:
    """Return the cells of the source as starters of *framework* have them, without solutions.

    Raises AuthoringError if the source cannot be used, or its code is for another framework.
    """
    cells = in_edition(course.source(assignment, framework), assignment.framework, framework)
    unsolved_cells = [replace(c, text=unsolved(c)) if c.kind == "code" else c for c in cells]
    if framework != assignment.framework:
        code = [cell for cell in unsolved_cells if cell.kind == "code"]
        for index, name in unbound([cell.text for cell in code]):
            what = (
                f"starters of {framework} have no {name!r} here; write a cell with "
                f'framework="{framework}" in its header, and name the others in that of this one'
            )
            raise AuthoringError(what, course.reference(assignment), code[index].line)
    return unsolved_cells


def checked_by(cell: Any) -> str | None:
    """Return the exercise that *cell* of a starter's notebook checks; None if it checks nothing.

    Empty for the cell that imports ``check``.
    """
    ours = cell.metadata.get("gradproof")
    name = ours.get("check") if isinstance(ours, Mapping) else None
    return name if isinstance(name, str) else None


def _pieces(
    assignment: Assignment, cells: Sequence[Cell], language: Language, framework: str
) -> Iterator[_Piece]:
    """Yield the cells of a starter in order."""
    yield _Piece("title", "markdown", f"# {assignment.title.get(language)}")
    prose, given, stories = count(1), count(1), count(1)
    for cell in in_one(cell for cell in cells if cell.lang in (None, language)):
        if cell.kind == "code" and cell.exercise:
            yield _Piece(f"{cell.exercise}-code", "code", cell.text, cell.exercise)
        elif cell.story:
            text = cell.text if cell.lang else story_text(cell, language)
            yield _Piece(f"story-{next(stories)}", cell.kind, text, story=cell.story)
        elif cell.kind == "code":
            yield _Piece(f"given-{next(given)}", "code", cell.text)
        elif cell.exercise:
            if cell is not statement_parts(cells, cell.exercise, language)[0]:
                continue  # The first has the whole statement.
            exercise, said = (
                assignment.exercise(cell.exercise),
                statement(cells, cell.exercise, language),
            )
            heading = _heading(exercise, language)
            text = f"{heading}\n\n{said.text}{_from_scratch(exercise, framework, language)}"
            yield _Piece(f"{cell.exercise}-statement", "markdown", text)
        else:
            yield _Piece(f"prose-{next(prose)}", "markdown", cell.text)


def _with_checks(pieces: Sequence[_Piece], imports: str, early: bool) -> Iterator[_Piece]:
    """Yield the cells of a notebook: *pieces* and the check cells.

    Args:
        imports: the code that imports ``check``, or replaces it where gradproof is not installed.

        early: whether it must run before everything else.
    """
    # After the existing imports; otherwise at the top, and never between a statement and its code.
    code = next(i for i, piece in enumerate(pieces) if piece.kind == "code")
    place = 0 if early or pieces[code].exercise else code
    for index, piece in enumerate(pieces):
        yield piece
        if piece.exercise:
            name, call = f"{piece.exercise}-check", f'check("{piece.exercise}")'
            yield _Piece(name, "code", call, checks=piece.exercise)
        if index == place:
            yield _Piece("check-import", "code", imports, checks="")


def _from_scratch(exercise: Exercise, framework: str, language: Language) -> str:
    """Return the paragraph on forbidden names; empty if nothing is forbidden."""
    if not exercise.forbidden:
        return ""
    first = examples(exercise.forbidden, framework)[:_NAMES_SHOWN]
    names = listed((f"`{name}`" for name in first), said=language)
    if language == "zh":
        return f"\n\n请亲手实现：不允许使用{names}之类现成的实现。"
    rest = "and the like are not allowed"
    return f"\n\nWrite it yourself: {names} {rest}."


def _heading(exercise: Exercise, language: Language) -> str:
    """Return the heading of a statement."""
    points = _decimal(exercise.points)
    kind = {"bonus": ("bonus ", "加分题，"), "optional": ("optional, ", "选做，")}
    en, zh = kind.get(exercise.counts, ("", ""))
    if language == "zh":
        worth = f"（{zh}{points} 分）"
    elif exercise.counts == "bonus":
        worth = f" ({points} {en}point{'' if exercise.points == 1 else 's'})"
    else:
        worth = f" ({en}{points} point{'' if exercise.points == 1 else 's'})"
    return f"## {exercise.name} · {exercise.title.get(language)}{worth}"


def _decimal(points: Fraction) -> str:
    """Return *points* as a decimal number if that is exact, otherwise as a fraction."""
    decimal = f"{float(points):f}".rstrip("0").rstrip(".")
    return decimal if Fraction(decimal) == points else str(points)


def _percent(pieces: Sequence[_Piece]) -> str:
    """Return *pieces* in percent format, as jupytext reads it."""
    blocks = []
    for piece in pieces:
        if piece.kind == "markdown":
            lines = [f"# {line}" if line else "#" for line in piece.text.split("\n")]
            blocks.append("\n".join(["# %% [markdown]", *lines]))
        else:
            blocks.append(f"# %%\n{piece.text}")
    return "\n\n".join(blocks) + "\n"


def _notebook(pieces: Iterable[_Piece]) -> str:
    """Return *pieces* as a notebook, format 4.5."""
    v4: Any = nbformat.v4  # nbformat's functions have no type hints
    writes: Any = nbformat.writes
    cells: list[Any] = []
    for piece in pieces:
        story = " ".join(piece.story) or None
        ours = {"exercise": piece.exercise, "check": piece.checks, "story": story}
        said = {key: name for key, name in ours.items() if name is not None}
        metadata = {"gradproof": said} if said else {}
        new = v4.new_code_cell if piece.kind == "code" else v4.new_markdown_cell
        cells.append(new(piece.text, id=piece.name, metadata=metadata))
    notebook = v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {
                "file_extension": ".py",
                "mimetype": "text/x-python",
                "name": "python",
            },
        },
    )
    # The minor version is pinned, so that a later nbformat does not change the bytes.
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return str(writes(notebook, version=nbformat.NO_CONVERT)).rstrip("\n") + "\n"
