"""Gradients by central differences, to which all other gradients are compared.

In an argument of up to :data:`MOST_ENTRIES` entries, each entry is varied. In a larger one, a
seeded sample of entries is varied, and also the whole argument along a few random directions,
because an error in any entry changes the slope ``v . gradient`` along v.

A slope is an interval. At a kink it contains all values between the slopes of both sides, which are
the subgradients. Elsewhere it is a point, or NaN if there is no slope.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .values import Array, Parameter

#: most entries of an argument that are all varied
MOST_ENTRIES = 256
#: number of entries and directions for larger arguments
SAMPLED, DIRECTIONS = 64, 4

#: limits on a shape in an untrusted value
_MOST_DIMENSIONS, _LARGEST = 16, 2**40
_EPS = float(np.finfo(np.float64).eps)
#: thresholds for the gap between the slopes of both sides, relative to the largest slope. Above the
#: first, the step is reduced to see whether there is a kink. Below the second, the gap is due to
#: curvature, which a central difference cancels (of a gap g, an error near g**2 / 6 remains).
_SUSPICIOUS, _SMOOTH = 3e-5, 1e-4
_SHRINK, _ROUNDS = 16.0, 5


@dataclass(frozen=True, slots=True)
class Slopes:
    """The slopes in selected entries and directions of an argument.

    Attributes:
        shape: shape of the argument and its gradient.

        low: ``(k,)``, lower ends, first for :func:`entries`, then for :func:`directions`.

        high: ``(k,)``, upper ends; greater than *low* at a kink.
    """

    shape: tuple[int, ...]
    low: Array
    high: Array

    @classmethod
    def of(cls, gradient: Array, seed: int) -> Slopes:
        """Return the selected slopes of a whole *gradient*."""
        flat = np.asarray(gradient, np.float64).reshape(-1)
        with np.errstate(invalid="ignore"):
            along = directions(gradient.shape, seed) @ flat
        seen = np.concatenate([flat[entries(gradient.shape, seed)], along])
        return cls(gradient.shape, seen, seen)

    @classmethod
    def read(cls, value: Any) -> Slopes:
        """Return the slopes in a value made by :meth:`neutral`; raises ValueError for any other.

        Allocates no more memory than the value takes, whatever shape it claims.
        """
        if not isinstance(value, dict) or set(value) != {"shape", "low", "high"}:
            raise ValueError("not slopes")
        shape, low, high = value["shape"], value["low"], value["high"]
        if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
            raise ValueError("not a shape")
        size = math.prod(shape)
        count = size if size <= MOST_ENTRIES else SAMPLED + DIRECTIONS
        if len(shape) > _MOST_DIMENSIONS or size > _LARGEST:
            raise ValueError("not the shape of an array")
        for side in (low, high):
            good = isinstance(side, np.ndarray) and side.shape == (count,)
            if not good or side.dtype != np.float64:
                raise ValueError("not the slopes of an array of this shape")
        return cls(tuple(shape), low, high)

    @property
    def middle(self) -> Array:
        """The middle of each interval, which is the central difference."""
        return (self.low + self.high) / 2

    def neutral(self) -> dict[str, Any]:
        """Return the slopes as a neutral value."""
        return {"shape": list(self.shape), "low": self.low, "high": self.high}


def entries(shape: tuple[int, ...], seed: int) -> Array:
    """Return the flat indices ``(k,)`` of the selected entries, in order."""
    size = math.prod(shape)
    if size <= MOST_ENTRIES:
        return np.arange(size)
    # integers instead of a shuffle: their stream is the same on all machines
    order = np.argsort(np.random.RandomState(seed).random_sample(size), kind="stable")
    return np.sort(order[:SAMPLED])


def directions(shape: tuple[int, ...], seed: int) -> Array:
    """Return the selected directions, ``(4, size)``, or ``(0, size)`` if all entries are varied.

    Their length is about one, and no component is near zero, so that every entry counts.
    """
    size = math.prod(shape)
    if size <= MOST_ENTRIES:
        return np.zeros((0, size))
    drawn = 2 * np.random.RandomState(seed).random_sample((DIRECTIONS + 1, size))[1:] - 1
    return np.asarray(np.where(drawn < 0, drawn - 0.5, drawn + 0.5) / math.sqrt(size))


def slopes(
    function: Callable[..., Any], args: Sequence[Any], cotangent: Any, seed: int
) -> list[Slopes | None]:
    """Return the slopes of ``sum(cotangent * function(*args))`` in each floating-point argument.

    Other arguments give None. Calls the function about twice for each entry and direction.

    Raises:
        ValueError: result and cotangent have different shapes.
    """
    weighted = _WeightedSum(function, args, cotangent)

    def of(position: int, argument: Array) -> Slopes:
        shape = argument.shape
        lines = [*entries(shape, seed).tolist(), *directions(shape, seed)]
        return Slopes(shape, *weighted.slopes(position, lines))

    return [of(n, a) if _is_floating(a) else None for n, a in enumerate(weighted.args)]


def central_differences(
    function: Callable[..., Any], args: Sequence[Any], cotangent: Any
) -> list[Array | None]:
    """Return the vector-Jacobian product of *function* by central differences in all entries.

    Gives one float64 array for each floating-point array in *args*, and None for other arguments.

    Raises:
        ValueError: result and cotangent have different shapes.
    """
    weighted = _WeightedSum(function, args, cotangent)

    def of(position: int, argument: Array) -> Array:
        low, high = weighted.slopes(position, range(argument.size))
        middle: Array = ((low + high) / 2).reshape(argument.shape)
        return middle

    return [of(n, a) if _is_floating(a) else None for n, a in enumerate(weighted.args)]


@dataclass(frozen=True, slots=True)
class _SideSlopes:
    """Right, left and central slope, and the error that rounding may cause."""

    right: float
    left: float
    across: float
    noise: float

    @property
    def gap(self) -> float:
        return abs(self.right - self.left)


#: the flat index of an entry, or a direction
_Line = int | Array


class _WeightedSum:
    """The function ``sum(cotangent * function(*args))`` on lines through *args*."""

    def __init__(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> None:
        plain = [a.data if isinstance(a, Parameter) else a for a in args]
        self.args = [np.array(a, np.float64) if _is_floating(a) else a for a in plain]
        self._function = function
        self._cotangent = cotangent
        self._here = self._at(_copies(self.args))

    def slopes(self, position: int, lines: Sequence[_Line]) -> tuple[Array, Array]:
        """Return the lower and upper ends of one argument's slopes along *lines*."""
        steps = [self._step(position, line) for line in lines]
        seen = [self._sides(position, *pair) for pair in zip(lines, steps, strict=True)]
        largest = _largest([(sides.right, sides.left) for sides in seen])
        while True:
            ends = [
                self._refined(position, line, step, sides, largest)
                for line, step, sides in zip(lines, steps, seen, strict=True)
            ]
            # a step that is too long can make one slope far too large, and so hide the others
            before, largest = largest, _largest(ends)
            if largest > before / 2 or not largest:
                break
        low, high = np.array(ends, np.float64).reshape(-1, 2).T
        return low.copy(), high.copy()

    def _refined(
        self, position: int, line: _Line, step: float, sides: _SideSlopes, largest: float
    ) -> tuple[float, float]:
        """Return the ends of a slope, with smaller steps if both sides disagree.

        With smaller steps, the gap of a smooth function shrinks, that of a kink stays and that of a
        jump grows. This must be seen twice, to rule out a step that was too long. Comparisons with
        NaN, the slope of values that are not finite, are false.
        """
        if sides.gap <= _SUSPICIOUS * largest + sides.noise:
            return sides.across, sides.across
        stays = grows = 0
        for _ in range(_ROUNDS):
            step /= _SHRINK
            before, sides = sides.gap, self._sides(position, line, step)
            shrank = not sides.gap > before / 2
            if sides.gap <= sides.noise or (shrank and sides.gap <= _SMOOTH * largest):
                break
            stays = stays + 1 if before / 2 < sides.gap < before * 2 else 0
            grows = grows + 1 if sides.gap >= before * 2 else 0
            if stays == 2:
                return min(sides.left, sides.right), max(sides.left, sides.right)
            if grows == 2:
                return math.nan, math.nan
        return sides.across, sides.across

    def _step(self, position: int, line: _Line) -> float:
        """Return a step for a central difference: ``cbrt(eps * max(1, |x|))``.

        For a function that varies on the scale of 1, this balances the truncation error, the step's
        square, and the rounding error, ``eps * |x|`` over the step (Press et al., *Numerical
        Recipes*, 5.7). For a function that varies on the scale of x, both errors are small.
        """
        argument = self.args[position]
        size = abs(argument.flat[line]) if isinstance(line, int) else np.abs(argument).max()
        return float(np.cbrt(_EPS * max(1.0, float(size))))

    def _sides(self, position: int, line: _Line, step: float) -> _SideSlopes:
        right, ahead = self._after_step(position, line, step)
        left, behind = self._after_step(position, line, -step)
        across, noise = self._change(right, left)
        if not ahead or not behind:  # the step is lost in rounding
            return _SideSlopes(math.nan, math.nan, math.nan, math.nan)
        return _SideSlopes(
            self._change(right, self._here)[0] / ahead,
            self._change(left, self._here)[0] / behind,
            across / (ahead - behind),
            64 * _EPS * noise / step,
        )

    def _after_step(self, position: int, line: _Line, step: float) -> tuple[list[Array], float]:
        """Return the results after a *step* along *line*, and the step's size after rounding."""
        moved = _copies(self.args)
        target = moved[position]
        if isinstance(line, int):
            target.flat[line] += step
            distance = float(target.flat[line] - self.args[position].flat[line])
        else:
            target += step * line.reshape(target.shape)
            distance = step
        return self._at(moved), distance

    def _at(self, args: Sequence[Any]) -> list[Array]:
        """Return the results at *args*, multiplied by their cotangents; may change *args*."""
        outputs, cotangents = self._function(*args), self._cotangent
        if not isinstance(outputs, (tuple, list)):
            outputs, cotangents = [outputs], [cotangents]
        return [_product(*pair) for pair in zip(outputs, cotangents, strict=True)]

    @staticmethod
    def _change(one: Sequence[Array], other: Sequence[Array]) -> tuple[float, float]:
        """Return the difference of the sums of all results, and the size of those that differ."""
        change = size = 0.0
        # subtract before summing: results that did not change add no rounding error
        with np.errstate(invalid="ignore", over="ignore"):
            for a, b in zip(one, other, strict=True):
                moved = a != b
                change += float((a[moved] - b[moved]).sum())
                size += float(np.abs(a[moved]).sum())
        return change, size


def _largest(pairs: Sequence[tuple[float, float]]) -> float:
    """Return the largest magnitude of finite slopes; 0 if there are none."""
    finite = [abs(slope) for pair in pairs for slope in pair if math.isfinite(slope)]
    return max(finite, default=0.0)


def _copies(args: Sequence[Any]) -> list[Any]:
    return [np.array(a) if isinstance(a, np.ndarray) else a for a in args]


def _is_floating(value: Any) -> bool:
    return isinstance(value, np.ndarray) and bool(np.issubdtype(value.dtype, np.floating))


def _product(outputs: Any, cotangents: Any) -> Array:
    """Return the terms of the inner product of outputs and cotangents."""
    if isinstance(outputs, (tuple, list)):
        pairs = zip(outputs, cotangents, strict=True)
        return np.concatenate([np.zeros(0), *(_product(*pair) for pair in pairs)])
    output, cotangent = np.asarray(outputs, dtype=np.float64), np.asarray(cotangents)
    if output.shape != cotangent.shape:
        raise ValueError(f"the result has shape {output.shape}, not {cotangent.shape}")
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(output * cotangent).reshape(-1)
