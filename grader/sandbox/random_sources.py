"""Sources of random numbers: code that draws from PyTorch draws from what a learner may draw from.

The known mistakes of a course draw from PyTorch, and so do many learners. Others shuffle with
Python's ``random``, or write NumPy. To compare a mistake's answers with theirs, it draws the same
numbers from there, in the same order.
"""

from __future__ import annotations

import importlib
import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np

from grader.worker import unseeded
from grader.worker.values import Array

#: the source that code draws from by itself
OWN = ""

_Shape = Sequence[int]


class Source(Protocol):
    """Draws random numbers."""

    def called(self) -> None:
        """Note that a function is called by a check."""

    def seed(self, seed: int) -> None:
        """Start anew, as code does that seeds."""

    def uniform(self, shape: _Shape) -> Array:
        """Return numbers from 0 to 1, in float64."""

    def normal(self, shape: _Shape) -> Array:
        """Return standard normal numbers, in float64."""

    def order(self, n: int) -> Array:
        """Return the numbers below *n*, shuffled."""

    def integers(self, high: int, shape: _Shape) -> Array:
        """Return numbers below *high*."""


class _Functions:
    """The functions of ``numpy.random``."""

    def __init__(self, seed: int) -> None:
        self._state = np.random.RandomState(seed % 2**32)

    def called(self) -> None:
        """One generator is for all."""

    def seed(self, seed: int) -> None:
        self._state = np.random.RandomState(seed % 2**32)

    def uniform(self, shape: _Shape) -> Array:
        return np.asarray(self._state.random_sample(shape))

    def normal(self, shape: _Shape) -> Array:
        return np.asarray(self._state.standard_normal(shape))

    def order(self, n: int) -> Array:
        return np.asarray(self._state.permutation(n))

    def integers(self, high: int, shape: _Shape) -> Array:
        return np.asarray(self._state.randint(high, size=shape))


class _Generator:
    """A generator of NumPy's that is made once, for the module."""

    def __init__(self, seed: int) -> None:
        self._seeds = unseeded.seeds(seed)
        self._made = np.random.default_rng(self._seeds.getrandbits(128))

    def called(self) -> None:
        """One generator is for all."""

    def seed(self, seed: int) -> None:
        self._made = np.random.default_rng(seed)

    @property
    def _rng(self) -> np.random.Generator:
        return self._made

    def uniform(self, shape: _Shape) -> Array:
        return np.asarray(self._rng.random(shape))

    def normal(self, shape: _Shape) -> Array:
        return np.asarray(self._rng.standard_normal(shape))

    def order(self, n: int) -> Array:
        return np.asarray(self._rng.permutation(n))

    def integers(self, high: int, shape: _Shape) -> Array:
        return np.asarray(self._rng.integers(high, size=shape))


class _Generators(_Generator):
    """A generator of NumPy's that is made anew in every call, where it is first needed."""

    def __init__(self, seed: int) -> None:
        self._seeds = unseeded.seeds(seed)
        self._used = False

    def called(self) -> None:
        self._used = False

    def seed(self, seed: int) -> None:
        super().seed(seed)
        self._used = True

    @property
    def _rng(self) -> np.random.Generator:
        if not self._used:
            self.seed(self._seeds.getrandbits(128))
        return self._made


class _Python:
    """The functions of ``random``."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def called(self) -> None:
        """One generator is for all."""

    def seed(self, seed: int) -> None:
        self._random.seed(seed)

    def uniform(self, shape: _Shape) -> Array:
        return self._filled(shape, self._random.random)

    def normal(self, shape: _Shape) -> Array:
        return self._filled(shape, lambda: self._random.gauss(0.0, 1.0))

    def order(self, n: int) -> Array:
        numbers = list(range(n))
        self._random.shuffle(numbers)
        return np.array(numbers, np.int64)

    def integers(self, high: int, shape: _Shape) -> Array:
        return self._filled(shape, lambda: self._random.randrange(high))

    def _filled(self, shape: _Shape, draw: Callable[[], float]) -> Array:
        return np.array([draw() for _ in range(math.prod(shape))]).reshape(shape)


_SOURCES: dict[str, Callable[[int], Source]] = {
    "numpy.random": _Functions,
    "numpy.random.Generator": _Generator,
    "numpy.random.Generator in each call": _Generators,
    "random": _Python,
}
#: the names of all sources
SOURCES = (OWN, *_SOURCES)


@contextmanager
def drawing_from(name: str, seed: int, framework: str) -> Iterator[Callable[[], None]]:
    """Let PyTorch's functions draw from the source *name*; yield what to do before each call.

    Floating-point numbers are float64 where no dtype is asked for, as they are in NumPy.

    Args:
        seed: of all generators.

        framework: of the code that draws; only code in PyTorch can draw from elsewhere.
    """
    if name not in _SOURCES or framework != "torch":
        yield lambda: None
        return
    torch = importlib.import_module("torch")
    source = _SOURCES[name](seed)
    functions = _functions(torch, source, _SOURCES[name])
    before = {function: getattr(torch, function) for function in functions}
    default = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    vars(torch).update(functions)
    try:
        yield source.called
    finally:
        vars(torch).update(before)
        torch.set_default_dtype(default)


def _functions(
    torch: Any, source: Source, another: Callable[[int], Source]
) -> dict[str, Callable[..., Any]]:
    """Return the functions of PyTorch that draw, or seed, with *source* in the generator's place.

    Args:
        another: makes a source for a generator with a seed of its own.
    """
    others: dict[Any, Source] = {}

    def of(options: dict[str, Any]) -> Source:
        """Return the source in place of the generator among the options of a function."""
        generator = options.get("generator")
        if generator is None:
            return source
        if generator not in others:
            others[generator] = another(0)
            others[generator].seed(generator.initial_seed())
        return others[generator]

    def tensor(drawn: Array, options: dict[str, Any], dtype: Any = None) -> Any:
        wanted = options.get("dtype") or dtype or torch.get_default_dtype()
        made = torch.from_numpy(np.array(drawn)).to(wanted)
        return made.requires_grad_(bool(options.get("requires_grad")))

    def shape(size: Sequence[Any]) -> list[int]:
        flat = size[0] if len(size) == 1 and not isinstance(size[0], int) else size
        return [int(length) for length in flat]

    def randint(*limits_and_size: Any, **options: Any) -> Any:
        *limits, size = limits_and_size
        low, high = limits if len(limits) == 2 else (0, *limits)
        drawn = of(options).integers(high - low, shape([size])) + low
        return tensor(drawn, options, torch.int64)

    def manual_seed(seed: int) -> Any:
        source.seed(int(seed))
        return torch.default_generator

    return {
        "rand": lambda *n, **o: tensor(of(o).uniform(shape(n)), o),
        "randn": lambda *n, **o: tensor(of(o).normal(shape(n)), o),
        "rand_like": lambda x, **o: tensor(of(o).uniform(x.shape), o, x.dtype),
        "randn_like": lambda x, **o: tensor(of(o).normal(x.shape), o, x.dtype),
        "randperm": lambda n, **o: tensor(of(o).order(n), o, torch.int64),
        "randint": randint,
        "manual_seed": manual_seed,
    }
