"""The context of the running check: settings for its assertions, and their notes for the caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.numerics.closeness import PRECISION
from grader.sandbox.proxy import Record
from grader.worker.values import identical, leaves, name_of, parts

from .draws import Draw

Array = NDArray[Any]


@dataclass
class CheckContext:
    """Settings and notes of one check.

    Attributes:
        draw: draws the inputs; its dtype is the one of a call without floating-point arrays.

        calls: the calls of the submission so far, last one last.

        precision: relative tolerance by dtype, as calibrated for the exercise.

        errors: by dtype, the largest accepted error, relative to
            ``sqrt(terms) * condition * scale``.

        says: what the check's sentence speaks of, if not of values; see :func:`.marks.says`.

        doubts: what else was found wrong meanwhile.

        asserted: what was asserted besides values, among the same subjects.

        chances: the number of assertions that a right answer fails once in 10⁹ runs.

        compared: the first result that was not as expected, and what was.
    """

    draw: Draw
    calls: Sequence[Record] = ()
    precision: Mapping[str, float] = field(default_factory=lambda: PRECISION)
    errors: dict[str, float] = field(default_factory=dict)
    says: frozenset[str] = frozenset()
    doubts: list[Exception] = field(default_factory=list)
    asserted: set[str] = field(default_factory=set)
    chances: int = 0
    compared: tuple[Array, Array] | None = None

    def dtype_of(self, result: Array) -> str:
        """Return the dtype in which the submission computed *result*, whatever dtype it has.

        It is the coarsest one among the arguments of the call that returned *result*, or changed
        it in place. A call in float32 does not make a later one in float64 less exact. What no
        call returned, such as a sum of several results, may come from any call so far; and so may
        what an object returned, which has arrays of its own.
        """
        base = result
        while isinstance(base.base, np.ndarray):
            base = base.base
        for call in reversed(self.calls):
            if any(identical(one, whole) for one in _results(call) for whole in (result, base)):
                return self._coarsest(self.calls if "id" in call.rest else [call])
        return self._coarsest(self.calls)

    def dtype_of_last_call(self) -> str:
        """Return the dtype in which the submission computed in its last call."""
        return self._coarsest(self.calls[-1:])

    def _coarsest(self, calls: Iterable[Record]) -> str:
        """Return the coarsest floating dtype among the arguments of *calls*."""
        arrays = (array for call in calls for array in leaves(list(call.args)))
        found = {name_of(array.dtype) for array in arrays if array.dtype.kind == "f"}
        return max(found or {self.draw.dtype}, key=lambda name: np.finfo(name).eps)

    def speaks_of(self, subject: str) -> bool:
        """Whether the check's sentence is untrue if something is wrong with *subject*."""
        # A value in the wrong shape is a wrong value.
        subjects = {"shape", "values"} if subject == "shape" else {subject}
        return not self.says or bool(subjects & self.says)

    def note_error(self, dtype: str, error: float) -> None:
        """Note the relative *error* of a result that was accepted."""
        self.errors[dtype] = max(error, self.errors.get(dtype, 0.0))


def _results(call: Record) -> list[Array]:
    """Return the arrays and numbers that *call* returned, and the arrays that it changed."""
    numbers = [part for part in parts(call.value) if isinstance(part, (bool, int, float))]
    return [*leaves(call.value), *map(np.asarray, numbers), *(array for _i, array in call.after)]


_current: ContextVar[CheckContext | None] = ContextVar("current_check", default=None)


@contextmanager
def running(context: CheckContext) -> Iterator[CheckContext]:
    """Let assertions within the ``with`` use *context* and note their findings there."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)


def current_check() -> CheckContext:
    """Return the context of the running check.

    Outside any check, for example where an author tries an assertion, it is a new one: results
    count as computed in float64, tolerances are the usual ones, and notes are lost.
    """
    return _current.get() or CheckContext(Draw(0))
