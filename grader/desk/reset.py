"""Restores an exercise to the starter's version; a copy of the learner's file is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from grader.atomic_write import write_whole
from grader.errors import SubmissionError, UsageError
from grader.kit.kit import HOME, STARTER, Kit, chosen_exercises
from grader.language import _, listed
from grader.submission.choice import choose
from grader.submission.magics import to_python
from grader.submission.percent_cells import chunks
from grader.submission.read import code_files, main_file
from grader.submission.source_text import decode, rewritten
from grader.worker.definitions import defines, last_defining, lines_defining

from .progress import Progress


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a reset.

    Attributes:
        file: the learner's file, with the exercise restored.

        kept: a copy of the previous file.

        lacking: the encoding that the file had, if it lacks a character of the starter; the file
            is in UTF-8 now. Otherwise empty.
    """

    file: Path
    kept: Path
    lacking: str = ""

    def told(self, kept: Path | str | None) -> list[str]:
        """Return what to say of it, where the copy is called *kept*."""
        said = [_("Copy of your previous file: {path}").format(path=kept)]
        if self.lacking:
            text = _(
                "{file} is in UTF-8 now: its encoding, {encoding}, lacks a character of the "
                "starter. Open it again in your editor."
            )
            said.append(text.format(file=self.file.name, encoding=self.lacking))
        return said


def file_of(kit: Kit, exercise: str) -> Path:
    """Return the learner's file that *exercise* is taken from; raises SubmissionError, UsageError.

    A file that is too damaged to be searched for it may be the one.
    """
    choice = choose(code_files(kit.directory, kit.assignment.name), kit.slot())
    several = choice.candidates.get(exercise)
    return kit.directory / (several[0].file if several else choice.main).name


def reset(kit: Kit, exercise: str, now: datetime, file: Path | None = None) -> Restored:
    """Restore the starter's cell of *exercise* in the learner's file.

    Args:
        now: the time in the name of the copy.

        file: the learner's file, if not the one that the exercise is taken from.

    Raises:
        UsageError: there is no such exercise, or the kit has no starter.

        SubmissionError: the file cannot be read, or is too broken to restore one exercise.
    """
    chosen_exercises(kit, [exercise])
    path = main_file(file, kit.assignment.name) if file else file_of(kit, exercise)
    starter = kit.directory / HOME / STARTER / f"{kit.assignment.name}{path.suffix}"
    if not starter.is_file():
        raise UsageError(_no_starter())
    others = [e.name for e in kit.assignment.exercises if e.name != exercise]
    put_back = _in_notebook if path.suffix == ".ipynb" else _in_module
    before = path.read_bytes()
    text = put_back(decode(before), decode(starter.read_bytes()), exercise, others)
    after = rewritten(before, text)
    kept = _free(kit.directory / HOME / "kept" / f"{path.stem}-{now:%Y%m%d-%H%M%S}{path.suffix}")
    write_whole(kept, before)
    write_whole(path, after.data)
    progress = Progress.of(kit)
    progress.forget(exercise)
    progress.keep(kit)
    return Restored(path, kept, after.lacking)


def _no_starter() -> str:
    return _("This kit has no starter to restore. Unpack the kit again.")


def _free(path: Path) -> Path:
    """Return *path*, or a similar path that is not taken: earlier copies are kept."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], numbered) if not one.exists())


def _in_module(text: str, starter: str, exercise: str, others: Sequence[str]) -> str:
    """Return *text*, in percent format, with the starter's version of *exercise*."""
    given = [cell.text for cell in chunks(starter, "")]
    fresh = given[_given(given, exercise)]
    cells = chunks(text, "")
    index = last_defining([cell.text for cell in cells], exercise)
    if index is None:
        return f"{text.rstrip()}\n\n# %%\n{fresh.strip()}\n"
    cell, lines = cells[index], text.split("\n")
    place = slice(cell.line - 1, cell.line + cell.text.count("\n"))
    # The text as typed: a cell's text has IPython's magic lines replaced.
    typed = "\n".join(lines[place])
    lines[place] = _restored(typed, fresh, exercise, others).split("\n")
    return "\n".join(lines)


def _in_notebook(text: str, starter: str, exercise: str, others: Sequence[str]) -> str:
    """Return the notebook *text* with the starter's version of *exercise*."""
    notebook = _cells_in(text)
    given = _code_cells(_cells_in(starter))
    fresh = given[_given([to_python(_source(cell)) for cell in given], exercise)]
    cells = _code_cells(notebook)
    index = last_defining([to_python(_source(cell)) for cell in cells], exercise)
    if index is None:
        notebook["cells"].append(fresh)
    else:
        restored = _restored(_source(cells[index]), _source(fresh), exercise, others)
        cells[index] |= {"source": restored, "outputs": [], "execution_count": None}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _given(texts: Sequence[str], exercise: str) -> int:
    """Return the index of the starter's cell that defines *exercise*; raises UsageError."""
    index = last_defining(texts, exercise)
    if index is None:
        raise UsageError(_no_starter())
    return index


def _restored(text: str, fresh: str, exercise: str, others: Sequence[str]) -> str:
    """Return a cell with its definition of *exercise* replaced by that in *fresh*.

    Raises:
        SubmissionError: one of the *others* would be lost, too: they are one statement, or the cell
            is so broken that only the whole cell can be replaced.
    """
    lines = text.split("\n")
    own = lines_defining(to_python(text), exercise)
    new = lines_defining(to_python(fresh), exercise)
    going = to_python("\n".join(lines[own] if own else lines))
    lost = [name for name in others if defines(going, name)]
    if lost:
        what = _(
            "{exercise} shares a cell with {others}, and Python cannot separate them. Move it to "
            "its own cell (in a .py file, put a line # %% before it)."
        )
        raise SubmissionError(what.format(exercise=exercise, others=listed(lost)))
    if own is None or new is None:
        return fresh.strip("\n")
    lines[own] = fresh.split("\n")[new]
    return "\n".join(lines)


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


def _code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))
