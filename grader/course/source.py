"""The source of an assignment: statements and reference in one percent-format file.

::

    # %% [markdown] lang="en"                       prose of the assignment
    # %% [markdown] lang="en" exercise="softmax"    the statement of an exercise
    # %%                                            given code, shown as it is
    # %% exercise="softmax"                         the reference of an exercise
    # %% story="softmax"                            what shows the use of these exercises
    # %% framework="jax"                            any of these, for one framework alone
    # %% framework="numpy torch"                    or for several

A statement may have a second part for one framework, below the one that all of them share. Code
cells of the same story that follow one another are one cell in the notebook.
Comments before the first cell are notes for authors and are not released.
"""

from __future__ import annotations

import ast
import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

from ..errors import AuthoringError
from ..exercise import FRAMEWORKS, LANGUAGES, Language
from .toml_file import read_text

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
FRAMEWORK_MARKER = "# framework: "

_HEADER = re.compile(r"#\s*%%(?P<rest>.*)")
_REST = re.compile(r'\s*(?P<markdown>\[markdown\])?(?P<attributes>(\s+\w+\s*=\s*"[^"]*")*)\s*')
_ATTRIBUTE = re.compile(r'(\w+)\s*=\s*"([^"]*)"')
# Wider than the markers themselves: a misspelled marker would show learners the solution.
_LIKE_MARKER = re.compile(r"#.*\b(BEGIN|END)[ _-]?SOLUTION", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a source.

    Attributes:
        text: Python as in the file, or Markdown without its comment signs.

        line: the number of the first line of *text* in the file.

        lang: the language of a Markdown cell; None for code.

        exercise: the exercise that it states or solves; None for prose and given code.

        frameworks: the only frameworks whose starters contain it; empty for all.

        story: the exercises whose use it shows; empty for other cells. Such cells are in notebooks
            only, and no part of the reference.
    """

    kind: Literal["markdown", "code"]
    text: str
    line: int
    lang: Language | None = None
    exercise: str | None = None
    frameworks: tuple[str, ...] = ()
    story: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether it is code that everything below it may use."""
        return self.kind == "code" and not self.exercise and not self.story


def read_source(path: Path, framework: str) -> tuple[Cell, ...]:
    """Read the source at *path*, without the cells of other frameworks than *framework*.

    The whole file is checked, as it is for every framework that it names. Raises AuthoringError,
    with the line, for what cannot be handed out: unknown attributes, code that does not parse,
    solution markers that do not pair, a statement or a code cell that is missing or stands twice.
    """
    cells = read_cells(path)
    named = [name for cell in cells for name in cell.frameworks]
    wholes = {name: _for_framework(cells, name) for name in dict.fromkeys([framework, *named])}
    for whole in wholes.values():
        _parse(path, reference_text(whole))
    for cell in cells:
        if cell.kind == "code":
            _check_code(path, cell)
    for name, whole in wholes.items():
        _check_prose(path, whole)
        for exercise in exercises_of(whole):
            only = f" for {name}" if name != framework else ""
            _check_exercise(path, exercise, only, [c for c in whole if c.exercise == exercise])
    return wholes[framework]


def read_cells(path: Path) -> tuple[Cell, ...]:
    """Read the cells of the source at *path*, for all frameworks; raises AuthoringError.

    Unlike :func:`read_source`, this does not check what is in them.
    """
    return tuple(_cell(path, *raw) for raw in split_cells(path))


def _for_framework(cells: Iterable[Cell], framework: str) -> tuple[Cell, ...]:
    return tuple(cell for cell in cells if not cell.frameworks or framework in cell.frameworks)


def exercises_of(cells: Iterable[Cell]) -> list[str]:
    """Return the exercises named by *cells*, in order of first appearance."""
    return list(dict.fromkeys(cell.exercise for cell in cells if cell.exercise))


def code_cell(cells: Iterable[Cell], exercise: str) -> Cell:
    """Return the code cell of *exercise*; raises KeyError."""
    for cell in cells:
        if cell.kind == "code" and cell.exercise == exercise:
            return cell
    raise KeyError(exercise)


def statement(cells: Iterable[Cell], exercise: str, language: Language) -> Cell:
    """Return the statement of *exercise* in *language*, all of it; raises KeyError."""
    parts = statement_parts(cells, exercise, language)
    if not parts:
        raise KeyError(exercise)
    return replace(parts[0], text="\n\n".join(part.text for part in parts))


def statement_parts(cells: Iterable[Cell], exercise: str, language: Language) -> list[Cell]:
    """Return the cells of the statement of *exercise* in *language*."""
    return [cell for cell in cells if cell.lang == language and cell.exercise == exercise]


def parameters(cell: Cell, exercise: str) -> list[str]:
    """Return the parameters of *exercise*, defined in its code *cell*; of a class, of methods."""
    (whole,) = (n for n in ast.parse(cell.text).body if getattr(n, "name", "") == exercise)
    functions = whole.body if isinstance(whole, ast.ClassDef) else [whole]
    names: list[str] = []
    for function in functions:
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            own = function.args
            every = [*own.posonlyargs, *own.args, own.vararg, *own.kwonlyargs, own.kwarg]
            names += [arg.arg for arg in every if arg and arg.arg != "self"]
    return list(dict.fromkeys(names))


def positions(cells: Iterable[Cell], exercise: str, names: Sequence[str]) -> tuple[int, ...]:
    """Return where arguments called *names* stand in the function *exercise*.

    Returns nothing if it is no function of these arguments, or its code does not parse.
    """
    for cell in cells if names else ():
        with contextlib.suppress(SyntaxError):
            for node in ast.parse(cell.text).body if cell.kind == "code" else ():
                if isinstance(node, ast.FunctionDef) and node.name == exercise:
                    known = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
                    places = [known.index(name) for name in names if name in known]
                    return tuple(places) if len(places) == len(names) else ()
    return ()


def reference_text(cells: Iterable[Cell]) -> str:
    """Return the code of all cells as one module.

    Line numbers agree with the file, as long as no cell has become longer.
    """
    lines: list[str] = []
    for cell in cells:
        if cell.kind == "code" and not cell.story:
            lines += [""] * (cell.line - 1 - len(lines))
            lines += cell.text.split("\n")
    return "\n".join(lines) + "\n"


def unsolved(cell: Cell) -> str:
    """Return the text of a code cell with each solution region replaced by a ``raise``."""
    return "\n".join(text for text, _ in _unsolved_lines(cell))


def _unsolved_lines(cell: Cell) -> Iterator[tuple[str, int | None]]:
    """Yield the lines of :func:`unsolved`, each ``raise`` with the line of its region's marker."""
    inside = False
    for number, line in enumerate(cell.text.split("\n"), cell.line):
        marker = line.strip()
        if marker == BEGIN:
            indent = line[: line.index("#")]
            yield f'{indent}raise NotImplementedError("{cell.exercise}")', number
        if marker in (BEGIN, END):
            inside = marker == BEGIN
        elif not inside:
            yield line, None


def exercise_of(header: str) -> str | None:
    """Return the exercise that the rest of a cell's *header* names."""
    return dict(_ATTRIBUTE.findall(header)).get("exercise")


def split_cells(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line number, rest of the header and body of each cell; raises AuthoringError."""
    number, rest, body = 0, "", list[str]()
    for n, line in enumerate(read_text(path).split("\n"), 1):
        header = _HEADER.match(line)
        if header:
            if number:
                yield number, rest, body
            number, rest, body = n, header["rest"], []
        elif number:
            body.append(line)
        elif line.strip() and not line.startswith("#"):
            raise AuthoringError("code before the first cell; put a line '# %%' above it", path, n)
    if not number:
        raise AuthoringError("there is no cell; begin one with a line '# %%'", path)
    yield number, rest, body


def _cell(path: Path, number: int, rest: str, body: list[str]) -> Cell:
    """Build one cell from its header, on line *number*, and its body."""
    parts = _REST.fullmatch(rest)
    if parts is None:
        what = f'cannot read the cell header {rest.strip()!r}; write [markdown], then name="value"'
        raise AuthoringError(what, path, number)
    kind: Literal["markdown", "code"] = "markdown" if parts["markdown"] else "code"
    attributes = dict(_ATTRIBUTE.findall(parts["attributes"]))
    allowed = ["exercise", "framework", "story", *(["lang"] if kind == "markdown" else [])]
    for name in sorted(attributes.keys() - set(allowed)):
        what = f"unknown attribute {name!r}; a {kind} cell may have {', '.join(allowed)}"
        raise AuthoringError(what, path, number)
    if {"exercise", "story"} <= attributes.keys():
        what = "a cell of an exercise is no story; write the story in a cell of its own"
        raise AuthoringError(what, path, number)
    frameworks = tuple(attributes.get("framework", "").split())
    for framework in frameworks or ([""] if "framework" in attributes else []):
        if framework not in FRAMEWORKS:
            known = ", ".join(FRAMEWORKS)
            what = f"{framework!r} is not a framework; write one or several of {known}"
            raise AuthoringError(what, path, number)

    line = number + 1
    while body and not body[0].strip():
        line += 1
        del body[0]
    while body and not body[-1].strip():
        del body[-1]
    if kind == "markdown":
        body = [_uncommented(path, n, text) for n, text in enumerate(body, line)]
    if not any(text.strip() for text in body):
        raise AuthoringError("this cell is empty; fill it or remove it", path, number)
    return Cell(
        kind,
        "\n".join(body),
        line,
        _lang(path, number, kind, attributes),
        attributes.get("exercise"),
        frameworks,
        tuple(attributes.get("story", "").split()),
    )


def _lang(path: Path, number: int, kind: str, attributes: dict[str, str]) -> Language | None:
    """Return the language of a Markdown cell, None for code."""
    if kind == "code":
        return None
    for language in LANGUAGES:
        if attributes.get("lang") == language:
            return language
    raise AuthoringError('a Markdown cell needs lang="en" or lang="zh"', path, number)


def _uncommented(path: Path, number: int, line: str) -> str:
    """Return a line of a Markdown cell without its comment sign."""
    if not line.strip():
        return ""
    if not line.startswith("#"):
        what = "code in a Markdown cell; put '# ' before the line, or a line '# %%' above it"
        raise AuthoringError(what, path, number)
    return line[1:].removeprefix(" ")


def _parse(path: Path, text: str) -> None:
    """Raise AuthoringError unless *text*, whose lines are those of *path*, is valid Python."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise AuthoringError(f"this is not valid Python: {error.msg}", path, error.lineno) from None


def _check_code(path: Path, cell: Cell) -> None:
    """Raise AuthoringError if learners would get a solution, or a cell that cannot run."""
    for number, line in enumerate(cell.text.split("\n"), cell.line):
        if line.startswith(FRAMEWORK_MARKER):
            what = (
                "course.toml sets the framework, and starters get it from there; remove this line"
            )
            raise AuthoringError(what, path, number)
    first = _first_region(path, cell)
    if cell.exercise is None:
        if first:
            what = 'a solution in a cell without exercise; write exercise="..." in its header'
            raise AuthoringError(what, path, first)
        return
    if not first:
        what = f"the cell of {cell.exercise!r} has no solution; put {BEGIN} and {END} around it"
        raise AuthoringError(what, path, cell.line)

    lines = list(_unsolved_lines(cell))
    try:
        tree = ast.parse("\n".join(text for text, _ in lines))
    except SyntaxError as error:
        what = f"without its solutions, this cell is not Python ({error.msg}); move the markers"
        raise AuthoringError(what, path, first) from None
    functions = [
        n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    for number, (_, region) in enumerate(lines, 1):
        # A raise outside a function would stop the whole cell, including code that is right.
        if region and not any(f.lineno < number <= (f.end_lineno or 0) for f in functions):
            what = "a solution must be inside a function, indented like its body; move the markers"
            raise AuthoringError(what, path, region)
    if cell.exercise not in _defined(tree):
        what = f"this cell does not define {cell.exercise!r}; name its function or class so"
        raise AuthoringError(what, path, cell.line)


def _first_region(path: Path, cell: Cell) -> int | None:
    """Return the first solution's line, or None; raises AuthoringError for an unpaired marker."""
    first = opened = None
    for number, line in enumerate(cell.text.split("\n"), cell.line):
        if not _LIKE_MARKER.search(line):
            continue
        marker = line.strip()
        if marker == BEGIN and opened is None:
            opened = number
            first = first or number
        elif marker == END and opened is not None:
            opened = None
        elif marker in (BEGIN, END):
            raise AuthoringError(
                f"{marker} without its counterpart; the two markers must alternate", path, number
            )
        else:
            what = f"this is read as code; write {BEGIN} or {END} and nothing else on the line"
            raise AuthoringError(what, path, number)
    if opened is not None:
        raise AuthoringError(f"{BEGIN} without {END} in the same cell; add it", path, opened)
    return first


def _defined(tree: ast.Module) -> set[str]:
    """Return the functions and classes defined at the top level of *tree*."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


def _check_prose(path: Path, cells: Sequence[Cell]) -> None:
    """Raise AuthoringError if prose is in one language only."""
    prose = [cell for cell in cells if cell.kind == "markdown" and not cell.exercise]
    counts = Counter(cell.lang for cell in prose)
    if counts["en"] != counts["zh"]:
        what = f"{counts['en']} prose cells in English but {counts['zh']} in Chinese; pair them"
        raise AuthoringError(what, path, prose[-1].line)


def _check_exercise(path: Path, exercise: str, only: str, cells: Sequence[Cell]) -> None:
    """Raise AuthoringError unless there are two statements, then one code cell.

    Args:
        only: the words for what all *cells* are for, if that is another framework.
    """
    for lang, title in (
        (None, "code cell"),
        ("en", "English statement"),
        ("zh", "Chinese statement"),
    ):
        found = [cell for cell in cells if cell.lang == lang]
        if not found:
            header = f'[markdown] lang="{lang}" ' if lang else ""
            what = f'{exercise!r} has no {title}{only}; add # %% {header}exercise="{exercise}"'
            raise AuthoringError(what, path, cells[0].line)
        for first, second in pairwise(found):
            if lang and second is found[1] and second.frameworks and not first.frameworks:
                continue  # what all frameworks share, then a part for one
            what = f"{exercise!r} has a second {title}{only}; the first is on line {first.line}"
            raise AuthoringError(f"{what}; keep one", path, second.line)
    parts = [cell for cell in cells if cell.lang and cell.frameworks]
    if len({cell.lang for cell in parts}) == 1:
        what = f"this part of {exercise!r} stands in one language only; add its translation"
        raise AuthoringError(what, path, parts[0].line)
    if cells[-1].kind != "code":
        what = f"the statement of {exercise!r} is below its code; move it above"
        raise AuthoringError(what, path, cells[-1].line)
