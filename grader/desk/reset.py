"""Putting a starter's cell back; what stood there is kept."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from grader.atomic_write import write_whole
from grader.errors import SubmissionError, UsageError
from grader.kit.kit import HOME, STARTER, Kit, chosen_exercises
from grader.language import _
from grader.submission.magics import to_python
from grader.submission.percent_cells import chunks
from grader.submission.read import main_files
from grader.submission.source_text import decode

from .progress import Progress


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        file: the learner's, in which it stands now.

        kept: a copy of that file as it was.
    """

    file: Path
    kept: Path


def file_of(kit: Kit) -> Path:
    """Return the learner's file, the one changed last; raises SubmissionError, UsageError."""
    return main_files(kit.directory, kit.assignment.name)[0]


def reset(kit: Kit, exercise: str, now: datetime, file: Path | None = None) -> Restored:
    """Put the starter's cell of *exercise* back into the learner's file.

    Args:
        now: dates the copy of the file as it was.

        file: another one of the learner's files.

    Raises:
        UsageError: there is no such exercise, or the kit holds no starter.

        SubmissionError: the file cannot be read, or is too broken for it.
    """
    chosen_exercises(kit, [exercise])
    path = main_files(file, kit.assignment.name)[0] if file else file_of(kit)
    starter = kit.directory / HOME / STARTER / f"{kit.assignment.name}{path.suffix}"
    if not starter.is_file():
        text = _("This kit holds no starter to go back to. Unpack the kit again.")
        raise UsageError(text)
    others = [e.name for e in kit.assignment.exercises if e.name != exercise]
    put_back = _in_notebook if path.suffix == ".ipynb" else _in_module
    found = put_back(decode(path.read_bytes()), decode(starter.read_bytes()), exercise, others)
    kept = _free(kit.directory / HOME / "kept" / f"{path.stem}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    write_whole(kept, path.read_bytes())
    write_whole(path, found.encode())
    progress = Progress.of(kit)
    progress.forget(exercise)
    progress.keep(kit)
    return Restored(path, kept)


def _free(path: Path) -> Path:
    """Return *path*, or one like it where no copy lies yet: what is kept stays kept."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if not one.exists())


def _in_module(text: str, starter: str, exercise: str, others: Sequence[str]) -> str:
    """Return *text*, in percent format, with *exercise* as the starter has it."""
    fresh = next(c.text for c in chunks(starter, "") if _defines(c.text, exercise))
    cells = [cell for cell in chunks(text, "") if _defines(cell.text, exercise)]
    if not cells:
        return f"{text.rstrip()}\n\n# %%\n{fresh.strip()}\n"
    cell, lines = cells[-1], text.split("\n")
    end = cell.line - 1 + cell.text.count("\n") + 1
    lines[cell.line - 1 : end] = _restored(cell.text, fresh, exercise, others).split("\n")
    return "\n".join(lines)


def _in_notebook(text: str, starter: str, exercise: str, others: Sequence[str]) -> str:
    """Return the notebook *text* with *exercise* as the starter has it."""
    notebook = _cells_in(text)
    fresh = next(c for c in _cells_in(starter)["cells"] if _is_code(c, exercise))
    cells = [cell for cell in notebook["cells"] if _is_code(cell, exercise)]
    if cells:
        restored = _restored(_source(cells[-1]), _source(fresh), exercise, others)
        cells[-1] |= {"source": restored, "outputs": [], "execution_count": None}
    else:
        notebook["cells"].append(fresh)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _restored(text: str, fresh: str, exercise: str, others: Sequence[str]) -> str:
    """Return a cell that has the definition of *exercise* in *fresh* instead of its own.

    Raises:
        SubmissionError: it is so broken that only the whole cell can go, and one of the *others*
            would go with it.
    """
    own, new = _span(text, exercise), _span(fresh, exercise)
    if own is not None and new is not None:
        lines = text.split("\n")
        lines[own] = fresh.split("\n")[new]
        return "\n".join(lines)
    lost = [name for name in others if _defines(text, name)]
    if lost:
        what = _(
            "{exercise} stands in one cell with {others}, and Python cannot tell them apart. Put "
            "it into a cell of its own (in a .py file: a line # %% before it)."
        )
        raise SubmissionError(what.format(exercise=exercise, others=", ".join(lost)))
    return fresh.strip("\n")


def _span(text: str, name: str) -> slice | None:
    """Return the lines of the last definition of *name*; None if *text* is not valid Python."""
    try:
        tree = ast.parse(to_python(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [node for node in tree.body if isinstance(node, kinds) and node.name == name]
    if not found:
        return None
    first = min(node.lineno for node in (found[-1], *found[-1].decorator_list))
    return slice(first - 1, found[-1].end_lineno)


def _cells_in(text: str) -> dict[str, Any]:
    try:
        notebook = json.loads(text)
        good = isinstance(notebook["cells"], list) and all(
            isinstance(cell, dict) for cell in notebook["cells"]
        )
    except (ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise SubmissionError(_("the notebook is damaged; unpack the kit again."))
    return dict(notebook)


def _is_code(cell: dict[str, Any], exercise: str) -> bool:
    return cell.get("cell_type") == "code" and _defines(_source(cell), exercise)


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))


def _defines(text: str, name: str) -> bool:
    """Whether *text* defines *name*, also where it is not valid Python."""
    pattern = rf"^(?:async\s+def|def|class)\s+{re.escape(name)}\b"
    return re.search(pattern, text, re.MULTILINE) is not None
