"""Find relations between wrong results and expected ones.

A relation holds for all wrong results of a check. For example: all values are twice the expected
ones, the result is transposed, or only the last row is wrong. Authors need not foresee them. A
false relation is worse than none, so each must hold to the precision of the dtype, and on enough
distinct nonzero values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .closeness import PRECISION
from .mask_relations import scaled_survivors, survivors
from .order_relations import in_another_order
from .shape_relations import with_another_shape
from .wrong_results import (
    ENOUGH,
    LARGEST,
    NEAR,
    Case,
    FloatCase,
    Relation,
    agrees,
    distinct,
    in_float,
)

__all__ = ["ENOUGH", "Case", "Relation", "agrees", "find_relation", "find_side"]

Array = NDArray[Any]

#: fewer values may all be too large by chance
_MANY = 12


def find_relation(
    cases: Sequence[Case], chance: bool = False, elsewhere: Sequence[Case] = ()
) -> Relation | None:
    """Return the simplest relation that holds for all *cases*; None if there is none.

    Args:
        elsewhere: more wrong results of the same function. A relation to an argument must hold
            there, too: it may be a coincidence, such as another number that is the same here.

        chance: whether the expected result is one of many correct ones. Relations about order and
            places are then excluded, because another order or place may also be correct.
    """
    if not cases or any(max(c.actual.size, c.expected.size) > LARGEST for c in cases):
        return None
    looks = _BY_CHANCE if chance else _LOOKS
    first, *others = seen = [in_float(case) for case in cases]
    if sum(map(_weight, seen)) < ENOUGH:
        return None
    found = list(dict.fromkeys(_relations(first, looks)))
    for case in others:
        if not found:
            return None
        holding = set(_relations(case, looks))
        found = [relation for relation in found if relation in holding]
    for case in map(in_float, elsewhere if any(map(_may_be_coincidence, found)) else ()):
        if _weight(case) >= ENOUGH:
            holding = set(_relations(case, looks))
            found = [one for one in found if one in holding or not _may_be_coincidence(one)]
    found = _unambiguous([_of_all(relation, seen) for relation in found])
    return found[0] if found else None


def _may_be_coincidence(relation: Relation) -> bool:
    """Whether *relation* says why results are wrong, and not only what they are."""
    named = relation.argument and relation.kind != "argument"
    return bool(named) or relation.kind == "outer"


def _of_all(relation: Relation, cases: Sequence[FloatCase]) -> Relation:
    """Return *relation*, or a more general one if its number differs between cases."""
    measure = _MEASURES.get(relation.kind)
    if measure is None:
        return relation
    numbers = [measure(case) for case in cases]
    allowed = max(case.allowed for case in cases)
    if relation.kind == "multiple":
        allowed = 1e-3 * max(map(abs, numbers))
    same = max(numbers) - min(numbers) <= 2 * allowed
    return relation if same else Relation(f"{relation.kind} in each")


def _factor(case: FloatCase) -> float:
    """Return the multiple of the expected result that is nearest."""
    square = float((case.expected * case.expected).sum())
    return float((case.actual * case.expected).sum()) / square if square else 0.0


#: numbers that must be the same in all cases for a relation that states one
_MEASURES: dict[str, Callable[[FloatCase], float]] = {
    "multiple": _factor,
    "shifted": lambda case: float((case.actual - case.expected).mean()),
    "right or the same": lambda case: float(case.actual[~case.right].mean()),
}


def find_side(cases: Sequence[Case]) -> Relation | None:
    """Return whether all values are above or below the expected ones; None if both or few."""
    if sum(case.actual.size for case in cases) < _MANY:
        return None
    sides = set()
    for case in map(in_float, cases):
        if case.actual.shape != case.expected.shape or not np.isfinite(case.actual).all():
            return None
        difference = case.actual - case.expected
        above, below = difference > case.allowed, difference < -case.allowed
        sides.add("above" if above.all() else "below" if below.all() else "")
    return Relation(sides.pop()) if len(sides) == 1 and "" not in sides else None


def _unambiguous(found: Sequence[Relation]) -> list[Relation]:
    """Remove sizes of an argument, or factors, if two of them give the same explanation."""
    sizes = [relation for relation in found if relation.kind.endswith((" size", " square"))]
    factors = [one for one in found if one.kind == "survivors" and one.factor]
    unclear = [
        one
        for group in (sizes, factors)
        for one in group
        if len({other.argument for other in group}) < len(group)
    ]
    return [relation for relation in found if relation not in unclear]


def _weight(case: FloatCase) -> int:
    if case.actual.shape == case.expected.shape:
        return distinct(case.expected)
    return max(distinct(case.expected), distinct(case.actual))


def _relations(case: FloatCase, looks: Sequence[_Look]) -> Iterator[Relation]:
    """Yield the relations that hold for *case*, the simplest first."""
    if not case.actual.size or not case.expected.size:
        return
    if case.actual.shape != case.expected.shape:
        yield from with_another_shape(case)
        return
    if not np.isfinite(case.expected).all():
        return
    if not np.isfinite(case.actual).all():
        yield from _not_finite(case)
        return
    if np.abs(case.actual - case.expected).max() <= NEAR * np.abs(case.expected).max():
        return
    if not case.actual.any():
        yield Relation("zeros")
        yield Relation("almost zeros")
        return
    if np.abs(case.actual).max() <= case.allowed:
        yield Relation("almost zeros")
        return
    for look in looks:
        yield from look(case)


def _multiples(case: FloatCase) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    factor = _factor(case)
    if not factor or not case.holds(actual, factor * expected):
        return
    tolerance = 20 * PRECISION[case.dtype] * abs(factor)
    for relation, value in _factors(case):
        if abs(value - factor) <= tolerance:
            yield relation
    if distinct(expected) >= ENOUGH:
        yield Relation("multiple")


def _factors(case: FloatCase) -> Iterator[tuple[Relation, float]]:
    """Yield the multiples that have a name."""
    for text, value in {"-1": -1.0, "2": 2.0, "1/2": 0.5, "-2": -2.0, "-1/2": -0.5}.items():
        yield Relation("times", text), value
    for name, argument in case.arguments:
        if isinstance(argument, float):
            yield from _number_factors(name, argument)
        else:
            axes = range(argument.ndim)
            sizes: list[tuple[int | None, int]] = [(axis, argument.shape[axis]) for axis in axes]
            if argument.ndim > 1:
                sizes.append((None, argument.size))
            for axis, size in sizes:
                if size > 1:
                    yield Relation("times size", argument=name, axis=axis), float(size)
                    yield Relation("over size", argument=name, axis=axis), 1.0 / size
                    yield Relation("times square", argument=name, axis=axis), float(size**2)
                    yield Relation("over square", argument=name, axis=axis), 1.0 / size**2
    for text, value in {"3": 3.0, "1/3": 1 / 3, "4": 4.0, "1/4": 0.25}.items():
        yield Relation("times", text), value


def _number_factors(name: str, number: float) -> Iterator[tuple[Relation, float]]:
    if not np.isfinite(number) or not number:
        return
    yield Relation("times argument", argument=name), number
    yield Relation("over argument", argument=name), 1.0 / number
    if 0.0 < number < 1.0:
        yield Relation("times rest", argument=name), 1.0 - number
        yield Relation("over rest", argument=name), 1.0 / (1.0 - number)


_FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "size": np.abs,
    "rectified": lambda x: np.maximum(x, 0.0),
    "squared": np.square,
    "root": np.sqrt,
    "exponential": np.exp,
    "logarithm": np.log,
    "reciprocal": np.reciprocal,
    "complement": lambda x: 1.0 - x,
    "inverse exponential": lambda x: np.exp(-x),
    "negative inverse exponential": lambda x: -np.exp(-x),
}


def _functions(case: FloatCase) -> Iterator[Relation]:
    with np.errstate(all="ignore"):
        for kind, function in _FUNCTIONS.items():
            if case.holds(case.actual, function(case.expected)):
                yield Relation(kind)
    if case.holds(np.abs(case.actual), np.abs(case.expected)):
        yield Relation("signs")


def _shift(case: FloatCase) -> Iterator[Relation]:
    shift = (case.actual - case.expected).mean()
    if distinct(case.expected) >= ENOUGH and case.holds(case.actual - shift, case.expected):
        yield Relation("shifted")


def _with_arguments(case: FloatCase) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    for name, argument in case.arguments:
        values = np.asarray(argument, np.float64)
        if not np.isfinite(values).all() or not _fits(values, expected):
            continue
        if not values.ndim and float(values).is_integer():
            continue  # small integers match by chance
        if values.shape == actual.shape and case.holds(actual, values):
            yield Relation("argument", argument=name)
        if case.holds(actual + values, expected):
            yield Relation("term missing", argument=name)
        if case.holds(actual - values, expected):
            yield Relation("term too many", argument=name)
        if values.ndim and case.holds(actual * values, expected):
            yield Relation("over argument", argument=name)
        if values.ndim and case.holds(actual, expected * values):
            yield Relation("times argument", argument=name)
        if values.shape == actual.shape:
            yield from _sides(case, name, values)


def _fits(values: Array, expected: Array) -> bool:
    """Whether *values* broadcast with *expected* to its shape."""
    try:
        return np.broadcast_shapes(values.shape, expected.shape) == expected.shape
    except ValueError:
        return False


def _sides(case: FloatCase, name: str, values: Array) -> Iterator[Relation]:
    """Yield a relation if all errors are where *values* are negative, or positive."""
    right = case.right
    for kind, side in (("where negative", values < 0), ("where positive", values > 0)):
        known = distinct(case.expected[right]) >= 2 and side.sum() >= 2
        # if all correct entries are 0, they may be correct by chance; that errors end there is not
        known |= min(side.sum(), (~side).sum()) >= ENOUGH
        if known and np.array_equal(~right, side):
            yield Relation(kind, argument=name)


def _partly(case: FloatCase) -> Iterator[Relation]:
    """Yield which parts of a partly wrong result are wrong."""
    right = case.right
    yield from _picked(case)
    if right.all() or distinct(case.expected[right]) < 2:
        return
    if not case.actual[~right].any() and distinct(case.expected) >= ENOUGH:
        yield Relation("right or zero")
    if (~right).sum() >= 2 and np.ptp(case.actual[~right]) <= case.allowed:
        yield Relation("right or the same")
    shape = right.shape
    if len(shape) >= 2 and min(shape[-2:]) >= 3 and right[..., 1:-1, 1:-1].all():
        border = right.copy()
        border[..., 1:-1, 1:-1] = False
        if not border.any() and distinct(case.expected[..., 1:-1, 1:-1]) >= 2:
            yield Relation("border")
    for axis in range(right.ndim):
        others = tuple(i for i in range(right.ndim) if i != axis)
        whole = np.asarray(right.all(axis=others)).reshape(-1)
        kept = np.compress(whole, case.expected, axis)
        if len(whole) < 3 or not whole.any() or distinct(kept) < 2:
            continue
        wrong = np.flatnonzero(~whole)
        if wrong.tolist() == [0]:
            yield Relation("first wrong", axis=axis)
        if wrong.tolist() == [len(whole) - 1]:
            yield Relation("last wrong", axis=axis)
        yield Relation("some wrong", axis=axis)


def _picked(case: FloatCase) -> Iterator[Relation]:
    """Yield a relation if exactly the entries that an index argument selects are wrong."""
    if case.actual.ndim != 2:
        return
    rows, columns = case.actual.shape
    for name, argument in case.arguments:
        if not isinstance(argument, np.ndarray) or argument.dtype.kind not in "iu":
            continue
        if argument.shape == (rows,) and rows > 1 and columns > 2:
            places = np.arange(columns) == argument[:, None]
            if np.array_equal(~case.right, places):
                yield Relation("picked", argument=name)


def _slices(case: FloatCase) -> Iterator[Relation]:
    """Yield factors or differences that are constant in each slice along an axis."""
    actual, expected = case.actual, case.expected
    for axis in range(actual.ndim if actual.ndim > 1 else 0):
        others = tuple(i for i in range(actual.ndim) if i != axis)
        slices = np.moveaxis(expected, axis, 0)
        if len(slices) < 2 or min(map(distinct, slices)) < 3:
            continue
        square = (expected * expected).sum(others, keepdims=True)
        factors = (actual * expected).sum(others, keepdims=True) / square
        if case.holds(actual, factors * expected):
            yield Relation("multiple in slices", axis=axis)
        shifts = (actual - expected).mean(others, keepdims=True)
        if case.holds(actual - shifts, expected):
            yield Relation("shifted in slices", axis=axis)
    yield from _normalised(case)


def _constant(case: FloatCase) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    if expected.size <= 2 or distinct(expected) < 2:
        return
    # relative to their size: small values are not equal just because they are small
    allowed = case.allowed * min(1.0, float(np.abs(actual).max() / np.abs(expected).max()))
    if np.ptp(actual) <= allowed:
        yield Relation("constant")


def _normalised(case: FloatCase) -> Iterator[Relation]:
    actual, expected = case.actual, case.expected
    axes = range(actual.ndim)
    if actual.ndim < 2 or min(actual.shape) < 2 or (expected < 0).any():
        return
    asked = [axis for axis in axes if _sums_to_one(expected, axis)]
    for axis in axes:
        if asked and axis not in asked and _sums_to_one(actual, axis):
            yield Relation("sums", axis=axis)
    if asked and abs(actual.sum() - 1.0) < 1e-5:
        yield Relation("sums")


def _sums_to_one(array: Array, axis: int) -> bool:
    return bool((np.abs(array.sum(axis) - 1.0) < 1e-5).all())


def _not_finite(case: FloatCase) -> Iterator[Relation]:
    finite = np.isfinite(case.actual)
    if not finite.any():
        yield Relation("none finite")
        return
    filled = np.where(finite, case.actual, case.expected)
    if finite.sum() >= 2 and agrees(filled, case.expected, case.dtype):
        yield Relation("right or not finite")


_Look = Callable[[FloatCase], Iterator[Relation]]
_LOOKS: tuple[_Look, ...] = (
    *(
        _multiples,
        _functions,
        _shift,
        _with_arguments,
        in_another_order,
        _partly,
        _slices,
        _constant,
    ),
)
_BY_CHANCE: tuple[_Look, ...] = (
    *(survivors, _multiples, _functions, _shift, _with_arguments, scaled_survivors),
)
