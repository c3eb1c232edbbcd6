"""A check in a live namespace, and what comes of it."""

from __future__ import annotations

import linecache
import os
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader import language
from grader.course.kit import Kit, named
from grader.course.source import BEGIN
from grader.report.notebook import Standing, as_html, as_markdown, as_plain
from grader.sandbox.live import Cell
from grader.worker.effects import changed_by, modes

from .bench import Seen, forget, ready
from .progress import remember


class CheckReport:
    """What a check saw, shown as well as a page can show it.

    Attributes:
        result: check by check.

        score: points earned, exact.

        max_score: points on offer.

        passed: whether every check passed that could be run here.
    """

    def __init__(self, seen: Seen, standing: Standing) -> None:
        self.result = seen.result
        self._evidence = seen.evidence
        self._standing = standing

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
        """Whether every check passed that could be run here."""
        return self.result.final and self.score == self.max_score

    def __repr__(self) -> str:
        return as_plain(self.result, self._standing)

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        shown = self.result, self._standing, self._evidence
        return {
            "text/plain": repr(self),
            "text/markdown": as_markdown(*shown),
            "text/html": as_html(*shown),
        }

    def _ipython_display_(self) -> None:
        # nbgrader would read points off a cell's value, and remark on one that is no number
        if "NBGRADER_EXECUTION" not in os.environ:
            raise NotImplementedError
        from IPython import display

        publish: Any = display.publish_display_data  # it carries no types
        publish(self._repr_mimebundle_())


class NotPassed(AssertionError):
    """A check failed in a notebook that nbgrader runs, which gives the cell no points then."""

    def __init__(self, report: CheckReport) -> None:
        self.report = report
        super().__init__("\n" + repr(report))


def check_namespace(
    exercises: Iterable[object], namespace: Mapping[str, Any], shell: Any = None
) -> CheckReport:
    """Check functions in *namespace*, and remember what has passed.

    Args:
        exercises: names or functions; all of the kit's if there are none.

        shell: IPython's, if the namespace is that of its cells.

    Raises:
        UsageError: there is no such exercise, or no kit here.
    """
    kit = Kit.find(*_places(namespace))
    if "GRADPROOF_LANG" in os.environ:
        language.use(language.preferred())
    else:
        language.use(kit.language)
    asked = [_named(exercise, namespace) for exercise in exercises]
    names = named(kit, [name for name, _function in asked]) or ()
    given = {name: function for name, function in asked if function is not None}
    cells = list(_cells_of(shell) if shell is not None else _file_of(namespace))
    found: list[Seen] = []

    def look() -> None:
        found.append(ready(kit).check_live(names, ChainMap(given, dict(namespace)), cells))

    try:
        # the notebook's own random numbers and settings go on as if nothing had happened
        changed_by(look, modes())
    except BaseException:
        forget(kit)
        raise
    # nbgrader copies what lies beside the instructor's notebook for learners
    theirs = any(BEGIN in cell.text for cell in cells)
    progress = remember(kit, found[0].result, keep=not theirs)
    return CheckReport(found[0], progress.standing(kit))


def _named(exercise: object, namespace: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the name of what is asked for, and the function if it was given itself."""
    if isinstance(exercise, str):
        return exercise, None
    names = [name for name, value in namespace.items() if value is exercise]
    own = str(getattr(exercise, "__name__", exercise))
    return own if own in names or not names else names[0], exercise


def _places(namespace: Mapping[str, Any]) -> Iterator[Path]:
    """Yield where the notebook may lie: where it runs, and what its editor says."""
    yield Path.cwd()
    said = (
        namespace.get("__vsc_ipynb_file__"),
        os.environ.get("JPY_SESSION_NAME"),
        namespace.get("__file__"),
    )
    yield from (Path(path).absolute().parent for path in said if isinstance(path, str) and path)


def _cells_of(shell: Any) -> Iterator[Cell]:
    """Yield the cells that were run, in their order; one that was run twice is at its last."""
    numbers: dict[str, int] = getattr(shell.compile, "_filename_map", {})
    for file, number in sorted(numbers.items(), key=lambda item: item[1]):
        text = "".join(linecache.getlines(file))
        if text.strip():
            yield Cell(file, f"In [{number}]", text)


def _file_of(namespace: Mapping[str, Any]) -> Iterator[Cell]:
    """Yield the file that *namespace* is the module of, if there is one."""
    file = namespace.get("__file__")
    text = "".join(linecache.getlines(file)) if isinstance(file, str) else ""
    if text.strip():
        yield Cell(str(file), Path(str(file)).name, text)
