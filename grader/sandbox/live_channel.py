"""A channel to the functions of a live notebook, so that checks treat it like a submitted file.

The cells that were run take the place of the file: they determine the framework, are searched for
forbidden functions, and are quoted in errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from grader.errors import Forbidden
from grader.exercise import Chunk, Limits
from grader.submission import framework as frameworks
from grader.worker.call_arrays import Changes
from grader.worker.fault import Fault
from grader.worker.live_host import LiveHost
from grader.worker.loader import Source
from grader.worker.prints import accepting_prints

from .channel import LocalChannel
from .fault_sentences import place_of, translate
from .from_scratch import as_listed, reason


@dataclass(frozen=True, slots=True)
class Cell:
    """Code that was run.

    Attributes:
        file: its file name in tracebacks.

        label: its name for the learner, such as ``In [3]``.
    """

    file: str
    label: str
    text: str


def framework_of(cells: Sequence[Cell], usual: str) -> str:
    """Return the framework of *cells* by the rules for files; *usual* if there are no cells.

    Args:
        cells: in the order in which they were run; the last ``# framework`` line counts.
    """
    chunks = [Chunk(cell.label, cell.text) for cell in cells]
    if not chunks:
        return usual
    return frameworks.marked(reversed(chunks)) or frameworks.imported(chunks, usual)


def in_force(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells that define a name which no later cell defines again."""
    kept: list[Cell] = []
    replaced: set[str] = set()
    for cell in reversed(cells):
        names = binds(cell.text)
        if names - replaced:
            kept.append(cell)
            replaced |= names
    return kept[::-1]


@lru_cache(maxsize=2000)
def binds(text: str) -> frozenset[str]:
    """Return the names that a cell defines."""
    statements = Source.read([("<cell>", 1, text)]).statements
    return frozenset(name for statement in statements for name in statement.binds)


class LiveChannel(LocalChannel):
    """Sends requests to functions in a live namespace.

    Args:
        forbidden: for each exercise, patterns of names that it must not use.

        changes: the arguments that each exercise changes in place.
    """

    def __init__(
        self,
        framework: str,
        forbidden: Mapping[str, Sequence[str]],
        changes: Changes = MappingProxyType({}),
    ) -> None:
        self._live = LiveHost(framework, forbidden, changes)
        super().__init__(self._live, framework)
        self._forbidden = forbidden
        self._exercise = ""
        self._labels: dict[str, str] = {}
        self._chunks: list[Chunk] = []

    def update(
        self, namespace: Mapping[str, Any], cells: Sequence[Cell], helpers: Sequence[Cell] = ()
    ) -> None:
        """Use the current *namespace*, made by *cells*, which import *helpers*."""
        self._labels = {cell.file: cell.label for cell in (*cells, *helpers)}
        self._chunks = [Chunk(cell.label, cell.text) for cell in (*cells, *helpers)]
        pieces = [(cell.file, 1, cell.text) for cell in in_force(cells)]
        self._live.update(namespace, pieces, {cell.file for cell in helpers})

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        """Start a check of *exercise*; raises Forbidden if it uses a forbidden function."""
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
            details = fault.payload()
            if fault.kind == "forbidden":
                raise self._offence(fault.message, details["where"]) from fault
            details["where"] = self._as_labelled(details["where"])
            raise translate(details, payload.get("name", ""), self._chunks) from fault

    def _offence(self, name: str, where: list[list[Any]]) -> Forbidden:
        """Return the error for a use of *name*."""
        listed = self._forbidden.get(self._exercise, ())
        text = reason(as_listed(name, listed), listed).format(exercise=self._exercise, name=name)
        return Forbidden(text + place_of(self._as_labelled(where), self._chunks))

    def _as_labelled(self, where: list[list[Any]]) -> list[list[Any]]:
        return [[self._labels.get(file, file), *rest] for file, *rest in where]
