"""Modules of ours, run in this process: references, mistakes, mutants, accepted variants."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from types import FrameType
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from grader.checks import Draw

Array = npt.NDArray[Any]

#: as a course would set it; any number would do
SEED = 231


class Module:
    """A module whose functions take and return NumPy arrays.

    A tensor shares its memory with the array it is made of, so that an array changed in place is
    changed for the caller, too.

    Attributes:
        writes_tensors: whether its functions are given tensors of PyTorch.
    """

    def __init__(self, text: str, framework: str) -> None:
        self.writes_tensors = framework == "torch"
        self._names: dict[str, Any] = {"__name__": "module"}
        exec(compile(text, "<module>", "exec"), self._names)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self._call, name)

    def _call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        given = [self._given(arg) for arg in args]
        return _came(self._names[name](*given, **kwargs))

    def _given(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._given(one) for one in value]
        if isinstance(value, tuple):
            return tuple(self._given(one) for one in value)
        if isinstance(value, dict):
            return {name: self._given(one) for name, one in value.items()}
        if isinstance(value, np.ndarray) and self.writes_tensors:
            return torch.from_numpy(value)
        return value


def _came(value: Any) -> Any:
    """Return what a function returned, as arrays; the items of a generator when they are asked for.

    Sequences become tuples.
    """
    if isinstance(value, torch.Tensor):
        return value.detach().numpy()
    if isinstance(value, tuple | list):
        return tuple(_came(one) for one in value)
    if hasattr(value, "__iter__") and not isinstance(value, np.ndarray | dict | str):
        return map(_came, value)
    return value


@cache
def reference_module(text: str, framework: str) -> Module:
    """Return the module of a reference; the same one for the same text."""
    return Module(text, framework)


def seed_all(seed: int = SEED) -> None:
    """Seed every generator that a module here may draw from without a seed of its own."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def seeded(dtype: str = "float64") -> Draw:
    """Return a ``draw``, the same every time, whose floating draws are of *dtype*."""
    return Draw(SEED, dtype)


class TooLong(BaseException):
    """A module used up its time; no ``except Exception`` in it holds this up."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLong after *seconds* of this process's own time, whatever else the machine does."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
