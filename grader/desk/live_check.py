"""Checks in a live namespace, and their report."""

from __future__ import annotations

import contextlib
import linecache
import os
import sys
import traceback
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader import language
from grader.course.source import BEGIN
from grader.errors import UsageError
from grader.exercise import Chunk
from grader.kit.kit import HOME, Kit, chosen_exercises
from grader.language import _
from grader.report.desk_view import Desk
from grader.report.notebook_html import as_html, as_markdown, as_plain
from grader.report.standing import Standing
from grader.sandbox.fault_sentences import place_of
from grader.sandbox.live_channel import Cell, binds
from grader.submission.magics import to_python
from grader.worker.call_effects import changed_by, modes

from .kit_runner import Seen, forget, ready
from .progress import remember


class CheckReport:
    """The result of a check, with views for notebook, Markdown and terminal.

    Attributes:
        result: check by check.

        score: points earned, exact.

        max_score: points on offer.

        passed: whether every check that could run here passed.
    """

    def __init__(self, seen: Seen, standing: Standing, desk: Desk) -> None:
        self.result = seen.result
        self._evidence = seen.evidence
        self._standing = standing
        self._desk = desk

    @property
    def score(self) -> Fraction:
        """Points earned, exact."""
        return self.result.score

    @property
    def max_score(self) -> Fraction:
        """Points on offer."""
        return self.result.max_score

    @property
    def passed(self) -> bool:
        """Whether every check that could run here passed."""
        return self.result.final and self.result.full_marks

    def __repr__(self) -> str:
        return as_plain(self.result, self._standing)

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        shown = self.result, self._standing, self._evidence
        return {
            "text/plain": repr(self),
            "text/markdown": as_markdown(*shown),
            "text/html": as_html(*shown, self._desk),
        }

    def _ipython_display_(self) -> None:
        # nbgrader would read points from a cell's value, and warn if it is not a number.
        if "NBGRADER_EXECUTION" not in os.environ:
            raise NotImplementedError
        from IPython import display

        publish: Any = display.publish_display_data  # it has no type hints
        publish(self._repr_mimebundle_())


class NotPassed(AssertionError):
    """A check failed in a notebook that nbgrader runs; nbgrader then gives the cell no points."""

    def __init__(self, report: CheckReport) -> None:
        self.report = report
        super().__init__("\n" + repr(report))


def check_namespace(
    exercises: Iterable[object],
    namespace: Mapping[str, Any],
    shell: Any = None,
    cell: str | None = None,
) -> CheckReport:
    """Check functions in *namespace*, and remember which passed.

    Args:
        exercises: names or functions; empty for all exercises of the kit.

        shell: the IPython shell whose cells use the namespace, if any.

        cell: a cell whose exercises are checked if none are named.

    Raises:
        UsageError: there is no such exercise, or no kit here.
    """
    kit = Kit.find(*_places(namespace))
    if "GRADPROOF_LANG" in os.environ:
        language.use(language.preferred())
    else:
        language.use(kit.language)
    wanted = list(exercises)
    if cell is not None and not wanted:
        wanted += _defined_in(cell, kit)
    asked = [_named(exercise, namespace, kit) for exercise in wanted]
    names = chosen_exercises(kit, [name for name, _function in asked]) or ()
    given = {name: function for name, function in asked if function is not None}
    cells = list(_cells_of(shell) if shell is not None else _file_of(namespace))
    beside = list(_beside(kit))
    found: list[Seen] = []

    def look() -> None:
        live = ChainMap(given, dict(namespace))
        found.append(ready(kit).check_live(names, live, cells, beside))

    try:
        # A check must not change the notebook's own random numbers and settings.
        changed_by(look, modes())
    except BaseException as error:
        forget(kit)
        if isinstance(error, KeyboardInterrupt):
            error.add_note(_interrupted(error, cells))
        raise
    # nbgrader copies the files beside the instructor's notebook to learners.
    theirs = any(BEGIN in cell.text for cell in cells)
    progress = remember(kit, found[0].result, found[0].submission, keep=not theirs)
    return CheckReport(found[0], progress.standing(kit), kit.desk())


def _interrupted(error: BaseException, cells: Sequence[Cell]) -> str:
    """Return the message for an interrupted check, with the learner's line that was running."""
    labels = {cell.file: cell.label for cell in cells}
    where = [
        [labels[step.filename], step.lineno, step.name, step.line or ""]
        for step in traceback.extract_tb(error.__traceback__)
        if step.filename in labels
    ]
    chunks = [Chunk(cell.label, cell.text) for cell in cells]
    return _("The check was interrupted.") + place_of(where, chunks)


def _defined_in(cell: str, kit: Kit) -> list[str]:
    """Return the exercises that *cell* defines; raises UsageError if it defines none."""
    names = binds(to_python(cell))
    found = [one.name for one in kit.assignment.exercises if one.name in names]
    if not found:
        text = _("This cell defines no exercise of the kit. Name those to check: %%check {name}")
        raise UsageError(text.format(name=kit.assignment.exercises[0].name))
    return found


def _named(exercise: object, namespace: Mapping[str, Any], kit: Kit) -> tuple[str, Any]:
    """Return the name of an exercise, and the function if that was given.

    Raises:
        UsageError: it is neither a name nor callable.
    """
    if isinstance(exercise, str):
        return exercise, None
    known = [one.name for one in kit.assignment.exercises]
    if not callable(exercise):
        text = _(
            "check takes an exercise, not a value of type {kind}: "
            'write check({name}) or check("{name}").'
        )
        raise UsageError(text.format(kind=type(exercise).__name__, name=known[0]))
    own = str(getattr(exercise, "__name__", type(exercise).__name__))
    names = [name for name, value in namespace.items() if value is exercise]
    # A notebook has its own names for the values of cells: _, _5.
    names.sort(key=lambda name: (name not in known, name != own, name.startswith("_")))
    elsewhere = own in known and (not names or names[0] not in known)
    return own if elsewhere or not names else names[0], exercise


def _places(namespace: Mapping[str, Any]) -> Iterator[Path]:
    """Yield possible folders of the notebook: current, reported by its editor, earlier."""
    # A folder that was deleted (to unpack the kit again) no longer exists.
    with contextlib.suppress(OSError):
        yield Path.cwd()
    said = (
        namespace.get("__vsc_ipynb_file__"),
        os.environ.get("JPY_SESSION_NAME"),
        namespace.get("__file__"),
    )
    yield from (Path(path).absolute().parent for path in said if isinstance(path, str) and path)
    been = namespace.get("_dh")
    yield from map(Path, reversed(been) if isinstance(been, list) else ())


def _cells_of(shell: Any) -> Iterator[Cell]:
    """Yield the cells in the order in which they ran; of repeated cells, the last run counts."""
    numbers: dict[str, int] = getattr(shell.compile, "_filename_map", {})
    for file, number in sorted(numbers.items(), key=lambda item: item[1]):
        text = "".join(linecache.getlines(file))
        if text.strip():
            yield Cell(file, f"In [{number}]", text)


def _file_of(namespace: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the file of the module whose namespace is *namespace*, if there is one."""
    file = namespace.get("__file__")
    text = "".join(linecache.getlines(file)) if isinstance(file, str) else ""
    if text.strip():
        yield Cell(str(file), Path(str(file)).name, text)


def _beside(kit: Kit) -> Iterator[Cell]:
    """Yield the imported modules of the kit's folder, in their current state."""
    folder = str(kit.directory) + os.sep
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        # Compared as strings: a kernel has thousands of modules, and creating a Path takes 10 µs.
        if name == "__main__" or not isinstance(file, str) or not file.startswith(folder):
            continue
        if file.endswith(".py") and HOME not in Path(file).parts:
            linecache.checkcache(file)
            yield Cell(file, Path(file).name, "".join(linecache.getlines(file)))
