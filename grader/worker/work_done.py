"""How much Python a call runs: whether that is more for larger arrays.

Counted, not timed: the same call has the same counts on a busy machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import FrameType
from typing import Any

import numpy as np

from .values import leaves, with_parts

#: names of what :func:`growing` may return
STEPS, OBJECTS = WORK = ("steps", "objects")

#: growth for each entry more that is still no work on single entries; a loop has at least 3 steps
_SHARE = 0.25
#: most steps of a call of few entries; to compile one takes TensorFlow 550 000
_MOST = 3_000_000
#: most samples of the number of objects, at 20 µs each
_SAMPLES = 10_000

_LIBRARIES = {"site-packages", "dist-packages"}


class _Enough(BaseException):
    """The call has taken more steps than any that works on whole arrays."""


class _Walked(np.ndarray):
    """An array that Python takes the entries out of, wherever they are taken one by one."""

    def __iter__(self) -> Any:
        for number in range(len(self)):
            yield self[number]


@dataclass
class _Work:
    """What a call does in Python.

    Attributes:
        steps: instructions of bytecode.

        objects: most that were there at once, more than before.

        stopped: whether it took too many steps, or switched the counting off.
    """

    steps: int = 0
    objects: int = 0
    stopped: bool = False


def growing(function: Callable[..., Any], calls: Sequence[Sequence[Any]], more: int) -> list[str]:
    """Return what a call needs more of, for each entry more: ``steps``, ``objects`` or both.

    Args:
        calls: arguments of three calls, each of another size. The first one imports and compiles
            what it needs; what is compiled for a size is compiled in both of the others.

        more: by how many entries the last call has more than the one before.
    """
    first, small, large = calls
    most, outer = int(_SHARE * more), sys.gettrace()
    try:
        function(*map(_walked, first))
        fewer = _work(function, small, _MOST)
        # no step more is needed to know
        found = _work(function, large, fewer.steps + most)
    finally:
        sys.settrace(outer)
    grown = {STEPS: fewer.stopped or found.stopped, OBJECTS: found.objects - fewer.objects > most}
    return [name for name in WORK if grown[name]]


def most_entries(args: Sequence[Any]) -> int:
    """Return the number of entries of the largest array in *args*, which are neutral."""
    return max((array.size for array in leaves(list(args))), default=0)


def _walked(value: Any) -> Any:
    """Return *value* with arrays of NumPy, which C code iterates over unseen, as such that tell."""
    return with_parts(value, lambda one: one.view(_Walked) if type(one) is np.ndarray else one)


def _work(function: Callable[..., Any], args: Sequence[Any], most: int) -> _Work:
    """Call *function* and count, until it has taken more than *most* steps."""
    work, samples = _Work(), 0
    before = sys.getallocatedblocks()

    def sample() -> None:
        nonlocal samples
        samples += 1
        if samples <= _SAMPLES:
            work.objects = max(work.objects, sys.getallocatedblocks() - before)

    def step() -> None:
        work.steps += 1
        if work.steps > most:
            work.stopped = True
            raise _Enough

    def own(frame: FrameType, event: str, _arg: Any) -> Any:
        step()
        sample()
        return own

    def of_a_library(frame: FrameType, event: str, _arg: Any) -> Any:
        step()
        if event == "return":
            sample()
        return of_a_library

    def entered(frame: FrameType, event: str, arg: Any) -> Any:
        frame.f_trace_opcodes = True
        parts = PurePath(frame.f_code.co_filename).parts
        local = own if _LIBRARIES.isdisjoint(parts) else of_a_library
        return local(frame, event, arg)

    given = [_walked(one) for one in args]
    sys.settrace(entered)
    try:
        function(*given)
    except _Enough:
        pass
    finally:
        work.stopped |= sys.gettrace() is not entered
        sys.settrace(None)
    return work
