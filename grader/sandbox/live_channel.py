"""The functions of a live notebook behind the same door as a file that was handed in.

What a notebook's functions depend on is its cells as they were run, so these are read where a file
would be: for the framework, for what may not be used, for the line that an error points at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.errors import Forbidden
from grader.exercise import Chunk, Limits
from grader.submission import framework as frameworks
from grader.worker.live_host import LiveHost
from grader.worker.loader import Source
from grader.worker.module_host import Fault
from grader.worker.prints import accepting_prints

from .channel import LocalChannel, place_of, translate
from .from_scratch import as_listed, reason


@dataclass(frozen=True, slots=True)
class Cell:
    """Code that was run.

    Attributes:
        file: what tracebacks call it.

        label: what its learner does.
    """

    file: str
    label: str
    text: str


def framework_of(cells: Sequence[Cell], usual: str) -> str:
    """Return the framework that *cells* ask for, as that of a file is told; without any, *usual*.

    Args:
        cells: in the order in which they were run; the last one that says so counts.
    """
    chunks = [Chunk(cell.label, cell.text) for cell in cells]
    if not chunks:
        return usual
    return frameworks.marked(reversed(chunks)) or frameworks.imported(chunks, usual)


def in_force(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells of which something is left: a later one has not replaced all of it."""
    kept: list[Cell] = []
    replaced: set[str] = set()
    for cell in reversed(cells):
        names = _binds(cell.text)
        if names - replaced:
            kept.append(cell)
            replaced |= names
    return kept[::-1]


@lru_cache(maxsize=2000)
def _binds(text: str) -> frozenset[str]:
    statements = Source.read([("<cell>", 1, text)]).statements
    return frozenset(name for statement in statements for name in statement.binds)


class LiveChannel(LocalChannel):
    """Requests to functions in a live namespace.

    Args:
        forbidden: patterns of the names that each exercise is to do without.
    """

    def __init__(self, framework: str, forbidden: Mapping[str, Sequence[str]]) -> None:
        self._live = LiveHost(framework, forbidden)
        super().__init__(self._live, framework)
        self._forbidden = forbidden
        self._exercise = ""
        self._labels: dict[str, str] = {}
        self._chunks: list[Chunk] = []

    def see(
        self, namespace: Mapping[str, Any], cells: Sequence[Cell], beside: Sequence[Cell] = ()
    ) -> None:
        """Look at *namespace* as it is now; *cells* have made it, with modules from *beside*."""
        self._labels = {cell.file: cell.label for cell in (*cells, *beside)}
        self._chunks = [Chunk(cell.label, cell.text) for cell in (*cells, *beside)]
        pieces = [(cell.file, 1, cell.text) for cell in in_force(cells)]
        self._live.see(namespace, pieces, {cell.file for cell in beside})

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        """Start a check of *exercise*; raises Forbidden if it uses what it must not."""
        super().begin(exercise, seed, limits)
        self._exercise = exercise
        use = self._live.uses.get(exercise)
        if use is not None:
            raise self._offence(use.name, [list(use.place)])

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return the answer; raises SubmissionError."""
        try:
            with accepting_prints():
                return getattr(self._host, op)(**payload)
        except Fault as fault:
            said = fault.payload()
            if fault.kind == "forbidden":
                raise self._offence(fault.message, said["where"]) from fault
            said["where"] = self._as_labelled(said["where"])
            raise translate(said, payload.get("name", ""), self._chunks) from fault

    def _offence(self, name: str, where: list[list[Any]]) -> Forbidden:
        """Return what it means that the exercise uses *name*."""
        listed = as_listed(name, self._forbidden.get(self._exercise, ()))
        text = reason(listed).format(exercise=self._exercise, name=name)
        return Forbidden(text + place_of(self._as_labelled(where), self._chunks))

    def _as_labelled(self, where: list[list[Any]]) -> list[list[Any]]:
        return [[self._labels.get(file, file), *rest] for file, *rest in where]
