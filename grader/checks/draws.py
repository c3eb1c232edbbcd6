"""Random inputs for checks, the same on every machine.

Numbers come from NumPy's legacy generator, whose stream is frozen (NEP 19). Normal ones are rounded
to four decimals, so that the last bit of a platform's logarithm does not change them. This allows a
kit to contain recorded answers instead of a reference.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import NDArray

Array = NDArray[Any]


#: the dtypes of floating draws
_FLOATS = ("float32", "float64")


def seed_for(*parts: object) -> int:
    """Return a seed below 2**32 that depends on every part."""
    text = "\0".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


class _Unseeded(ISeedSequence):
    """An arbitrary state for a generator that is reseeded; a good one takes longer to compute."""

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Array:
        """Return *n_words* words of it."""
        return np.ones(n_words, dtype)


#: the stubs accept only NumPy's own seed sequence
_UNSEEDED: Any = _Unseeded()


class Draw:
    """Draws arrays in the dtype that the submission's framework computes in.

    Args:
        seed: the seed of this check.

        dtype: the default dtype of floating draws; float32 for PyTorch, float64 for NumPy.
    """

    def __init__(self, seed: int, dtype: str = "float64") -> None:
        self.dtype = dtype
        self._state = np.random.RandomState(np.random.MT19937(_UNSEEDED))
        self._state.seed(seed)

    def normal(self, *shape: int, scale: float = 1.0, dtype: str | None = None) -> Array:
        """Return normal numbers with standard deviation *scale*."""
        return self.cast(self._normal(shape) * scale, dtype)

    def uniform(self, low: float, high: float, *shape: int, dtype: str | None = None) -> Array:
        """Return numbers spread evenly over [low, high]."""
        return self.cast(low + (high - low) * self._state.random_sample(shape), dtype)

    def away_from_zero(self, *shape: int, gap: float = 0.1, dtype: str | None = None) -> Array:
        """Return numbers of both signs, none closer to zero than *gap*: away from ReLU's kink."""
        size = gap + np.abs(self._normal(shape))
        sign = np.where(self._state.random_sample(shape) < 0.5, -1.0, 1.0)
        return self.cast(sign * size, dtype)

    def distinct(self, *shape: int, gap: float = 0.05, dtype: str | None = None) -> Array:
        """Return numbers around zero, no two closer than *gap*, so that maxima have no ties."""
        count = int(np.prod(shape))
        order = self._state.permutation(count)
        return self.cast((order - count // 2).reshape(shape) * gap, dtype)

    def probabilities(self, *shape: int, dtype: str | None = None) -> Array:
        """Return positive numbers that sum to one along the last axis."""
        weights = self.integers(1, 100, *shape).astype(np.float64)
        return self.cast(weights / weights.sum(-1, keepdims=True), dtype)

    def integers(self, low: int, high: int, *shape: int) -> Array:
        """Return integers in [low, high), as int64."""
        # An explicit dtype: the default, a C long, has a different stream on Windows.
        return np.asarray(self._state.randint(low, high, size=shape, dtype=np.int64))

    def labels(self, n: int, classes: int) -> Array:
        """Return ``(n,)`` labels; the first two differ, so that swapping them has an effect."""
        drawn = self.integers(0, classes, n)
        if n > 1 and drawn[0] == drawn[1]:
            drawn[1] = (drawn[0] + 1) % classes
        return drawn

    def permutation(self, n: int) -> Array:
        """Return 0 … n − 1 in random order, as int64."""
        return np.asarray(self._state.permutation(n), dtype=np.int64)

    def mask(self, *shape: int, rate: float = 0.5) -> Array:
        """Return booleans, each True with probability *rate*."""
        return np.asarray(self._state.random_sample(shape) < rate)

    def sizes(self, count: int, large: int = 70) -> list[tuple[int, ...]]:
        """Return sizes of *count* axes that a function of any size must cope with.

        All different, all equal, all 1, each of them 1 alone, and each of them *large* alone: code
        that is right for small sizes only, or takes one axis for another, is wrong for one.
        """
        found = [self._different(count), (3,) * count, (1,) * count]
        for axis in range(count):
            for size in (1, large):
                others = self._different(count)
                found.append((*others[:axis], size, *others[axis + 1 :]))
        return found

    def shapes(self, large: int = 1100) -> list[tuple[int, ...]]:
        """Return shapes that a function of arrays of any shape must cope with.

        From no axis to four, with one entry and more than *large*, with axes of size 1, equal and
        different ones.
        """
        width = 33
        grid = (large // width + 1, width)
        return [(), (1,), (6,), (1, 5), (4, 1), (3, 3), grid, (2, 3, 4), (1, 2, 1), (2, 3, 2, 4)]

    def magnitudes(self) -> tuple[float, float, float]:
        """Return factors to loop over: as drawn, tiny and huge.

        They show guards, thresholds and limits in code that is to work at any size.
        """
        return 1.0, 1e-12, 1e9

    def coincident(self, *rest: int, dtype: str | None = None) -> Array:
        """Return ``(6, *rest)`` numbers with coincidences that random ones do not have.

        The last row is the first again, the second one is all 0, two are constant, and all numbers
        sum to exactly 0; so does the first entry of each row but the constant ones, where rows have
        more than one. Code that merges, skips or recognises examples by such signs shows it.
        """
        row, level = (np.round(16 * self.away_from_zero(*shape)) / 16 for shape in (rest, ()))
        if row.size > 1:
            row.reshape(-1)[0] = 0.0
        flat = np.full(rest, float(level))
        return self.cast([row, 0 * row, -2 * row, flat, -flat, row], dtype)

    def relatives(self, *args: Any) -> list[list[Any]]:
        """Return arguments to loop over: *args*, and others that are easily taken for them.

        Their arrays have the same numbers in the same places at both ends, and in reverse between:
        first all arrays, then each of them alone. Where that changes nothing, numbers are doubled.
        Code that remembers what it computed by a sum or an entry shows it.
        """
        others = [_rearranged(one) if isinstance(one, np.ndarray) else one for one in args]
        found = [list(args), others]
        for place, one in enumerate(args):
            if isinstance(one, np.ndarray):
                found.append([*args[:place], others[place], *args[place + 1 :]])
        return [[one.copy() if isinstance(one, np.ndarray) else one for one in f] for f in found]

    def zeroed(self, *args: Any) -> list[list[Any]]:
        """Return arguments to loop over: in each, one of the arrays of floats is all zeros.

        Code that takes zeros for something that is absent shows it.
        """
        floats = [at for at, one in enumerate(args) if getattr(one, "dtype", None) in _FLOATS]
        return [[*args[:at], 0 * args[at], *args[at + 1 :]] for at in floats]

    def cast(self, values: Any, dtype: str | None = None) -> Array:
        """Return the given numbers as an array in the dtype of the draws."""
        return np.asarray(values, dtype=dtype or self.dtype)

    def _different(self, count: int) -> tuple[int, ...]:
        """Return sizes from 2 on, all different."""
        return tuple(int(one) + 2 for one in self.permutation(count))

    def _normal(self, shape: tuple[int, ...]) -> Array:
        return np.round(self._state.standard_normal(shape), 4)


def _rearranged(array: Array) -> Array:
    """Return the same numbers with all but the first and the last in reverse order."""
    flat = array.reshape(-1)
    turned = np.concatenate([flat[:1], flat[1:-1][::-1], flat[1:][-1:]])
    if (turned == flat).all():
        turned = 2 * flat
    return np.asarray(turned.reshape(array.shape), dtype=array.dtype)
