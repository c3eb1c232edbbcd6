"""The evidence of one wrong call: the actual and expected values, and their differences."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks.assertions import as_array, describe
from grader.errors import Unwritten
from grader.language import _
from grader.sandbox.judged_call import Call
from grader.sandbox.proxy import Record
from grader.worker.finite_differences import MOST_ENTRIES, SAMPLED, Slopes
from grader.worker.values import Array, Parameter, identical, leaves

from .curve import Curve, curve_of
from .heat_map import HeatMap, heat_map_of

#: maximum size of an array whose numbers are written out
_MOST_NUMBERS = 36

#: of a larger one, the entries shown on each side of the worst
_BESIDE = 2

#: calls that return gradients
_OF_GRADIENTS = ("slopes", "vjp", "gradients")
#: calls that return what a function does beside its result
_OF_EFFECTS = ("aliases", "disturbed", "work", "differentiates")
#: names of functions that return gradients written by hand
_GRADIENT = re.compile("grad|backward|backprop")

#: relative differences up to this are not counted: learners see four digits
_ROUNDING = 1e-4


@dataclass(frozen=True, slots=True)
class Evidence:
    """One wrong call.

    Attributes:
        call: the function and its arguments, in words.

        got: the returned value, as numbers if there are few; of a large array, those around the
            worst entry; otherwise in words. Empty if there is none, or the values are not at fault.

        expected: the expected value, likewise; empty if unknown.

        part: which of several results these are, in words; empty if there is one.

        worst: the entry with the largest difference, in words; empty if shapes differ.

        place: the index of that entry.

        extent: how many entries differ, and how many in sign or in being finite; empty if shapes
            differ.

        signs: how many entries have the wrong sign, for those who know how many differ; empty if
            none has.

        shapes: both shapes, where they differ and the values are given in words.

        heat: the heat map; None if there is nothing to show.

        curve: both values entry by entry, of a gradient or an array of one axis; likewise.
    """

    call: str
    got: str = ""
    expected: str = ""
    part: str = ""
    worst: str = ""
    place: str = ""
    extent: str = ""
    signs: str = ""
    shapes: tuple[str, ...] = ()
    heat: HeatMap | None = None
    curve: Curve | None = None


def evidence_of(calls: Sequence[Call], found: Array | None = None) -> Evidence | None:
    """Return the evidence of the first wrong call in *calls*; None if none is known to be wrong.

    Args:
        found: the array that the check found wrong. The call is shown that it came from, and of
            several results this one; otherwise the one that differs most.
    """
    every = [call for call in calls if call.wrong]
    if not every or isinstance(every[-1].record.error, Unwritten):
        return None
    first = every[-1 if every[-1].record.error else 0]  # an error ends the check
    wrong = next((call for call in every if _led_to(call.record, found)), first)
    right, record = wrong.right, wrong.record
    call, of_gradients = _call(record), record.op in _OF_GRADIENTS
    if record.error is not None or record.op in _OF_EFFECTS:
        return Evidence(call)
    got, want = record.value, right[0] if right else None
    changed = ""
    if right and (right[1] or record.after) and (want is None or _agree(got, want)):
        changed, got, want = _change(record, right[1], found)
    if of_gradients:
        got, want = _gradients(got), _gradients(want)
    if right is None or want is None:
        return Evidence(call, _shown(got))
    part, got, want = _part(got, want, found)
    part = part or changed
    want = _like(want, got, *record.args)
    mine, target = _array(got), _array(want)
    if mine is None or target is None or mine.shape != target.shape or not target.size:
        shapes: tuple[str, ...] = ()
        if mine is not None and target is not None and not any(map(_in_numbers, (mine, target))):
            shapes = str(mine.shape), str(target.shape)
        return Evidence(call, _shown(got), _shown(want), part, shapes=shapes)
    seen = _compared(call, part, mine, target)
    if of_gradients or _GRADIENT.search(record.name) or target.ndim == 1:
        seen = replace(seen, curve=curve_of(mine, target))
    return seen


def _call(record: Record) -> str:
    """Return a call in words, with its arguments in short."""
    names = [*[""] * (len(record.args) - len(record.keywords)), *record.keywords]
    given = (
        f"{name}={_in_short(arg)}" if name else _in_short(arg)
        for name, arg in zip(names, record.args, strict=True)
    )
    call = f"{record.name.removesuffix('.gradients')}({', '.join(given)})"
    return _("the gradient of {call}").format(call=call) if record.op in _OF_GRADIENTS else call


def _led_to(record: Record, found: Array | None) -> bool:
    """Whether a call returned the array *found*, or changed an argument to it."""
    if found is None:
        return False
    arrays = [*leaves(record.value), *(array for _number, array in record.after)]
    return any(identical(array, found) for array in arrays)


def _is(value: Any, found: Array | None) -> bool:
    array = None if found is None else _array(value)
    return found is not None and array is not None and identical(array, found)


def _gradients(value: Any) -> Any:
    """Return slopes as arrays: the gradients, or of a large one the entries that were varied."""
    if not isinstance(value, list):
        return value
    found = [_gradient(one) for one in value if one is not None]
    return (found or [None])[0] if len(found) < 2 else found


def _gradient(value: Any) -> Any:
    try:
        slopes = Slopes.read(value)
    except ValueError:
        return value
    whole = math.prod(slopes.shape) <= MOST_ENTRIES
    return slopes.middle.reshape(slopes.shape) if whole else slopes.middle[:SAMPLED]


def _change(
    record: Record, right: Mapping[int, Array], found: Array | None
) -> tuple[str, Array, Array]:
    """Return which array of the arguments is wrong after the call, in words, and both values.

    It is the one that was *found* wrong, otherwise the one that differs most. What was not changed
    has the value that it had before.
    """
    before, after = leaves(list(record.args)), dict(record.after)
    numbers = sorted({*after, *right})
    pairs = {n: (after.get(n, before[n]), right.get(n, before[n])) for n in numbers}
    worst = max(pairs, key=lambda number: _distance(*pairs[number]))
    worst = next((number for number in pairs if _is(pairs[number][0], found)), worst)
    text = _("array {number} of the arguments after the call:")
    if worst not in after:
        text = _("array {number} of the arguments, which the call left as it was:")
    elif worst not in right:
        text = _("array {number} of the arguments, which the call must leave as it was:")
    return text.format(number=worst + 1), *pairs[worst]


def _part(got: Any, want: Any, found: Array | None) -> tuple[str, Any, Any]:
    """Return which of several results is wrong, in words, and this result of both.

    It is the one that was *found* wrong, otherwise the one that differs most. Where there is one
    result, or another number of them, the words are empty.
    """
    pairs = _parts(got, want)
    if not pairs:
        return "", got, want
    worst = max(pairs, key=lambda pair: _distance(pair[1], pair[2]))
    return next((pair for pair in pairs if _is(pair[1], found)), worst)


def _parts(got: Any, want: Any) -> list[tuple[str, Any, Any]]:
    """Return the results of both that belong together, each pair with its name in words."""
    if isinstance(got, dict) and isinstance(want, dict) and got.keys() == want.keys():
        return [(f"{repr(key)[:40]}:", got[key], want[key]) for key in want]
    if isinstance(got, (list, tuple)) and isinstance(want, (list, tuple)):
        if len(got) != len(want) or not any(isinstance(one, np.ndarray) for one in want):
            return []
        text = _("result {number} of {count}:")
        return [
            (text.format(number=n, count=len(want)), one, other)
            for n, (one, other) in enumerate(zip(got, want, strict=True), 1)
        ]
    return []


def _agree(got: Any, want: Any) -> bool:
    """Whether two values differ by no more than rounding."""
    pairs = _parts(got, want) or [("", got, want)]
    return all(_distance(one, other) <= _ROUNDING for _name, one, other in pairs)


def _distance(got: Any, want: Any) -> float:
    """Return how far apart two values are, relative to the wanted one; infinite if not alike."""
    mine, right = _array(got), _array(want)
    if mine is None or right is None:
        same = type(got) is type(want) and mine is right and describe(got) == describe(want)
        return 0.0 if same else np.inf
    if mine.shape != right.shape:
        return np.inf
    found = _differences(mine.astype(np.float64), right.astype(np.float64)).max(initial=0.0)
    with np.errstate(all="ignore"):
        size = np.abs(right[np.isfinite(right)]).max(initial=0.0)
    return float(found) / (float(size) or 1.0)


def _in_short(value: Any) -> str:
    """Return a short form of an argument."""
    if isinstance(value, np.ndarray):
        return _kind(value)
    if isinstance(value, Parameter):
        return f"Parameter({_kind(value.data)})"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(_in_short, value[:4])) + (", …" if len(value) > 4 else "")
        return f"[{inner}]" if isinstance(value, list) else f"({inner})"
    if isinstance(value, (bool, int, float, str)) or value is None:
        return repr(value)[:40]
    return type(value).__name__


def _like(want: Any, *theirs: Any) -> Any:
    """Return the expected value, computed in float64, in the precision of the learner's arrays."""
    if not _is_float(want):
        return want
    return want.astype(next(filter(_is_float, theirs), want).dtype)


def _is_float(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _shown(value: Any) -> str:
    """Return *value* as numbers if it is a small array, otherwise in words."""
    array = _array(value)
    if array is None:
        return describe(value)
    if not _in_numbers(array):
        return describe(array)
    numbers = np.array2string(array, precision=4, suppress_small=True, max_line_width=72)
    return f"{numbers}  {_kind(array)}"


def _kind(array: Array) -> str:
    """Return dtype and shape, as in ``float32[3, 5]``; of a single number the dtype alone."""
    return f"{array.dtype}[{', '.join(map(str, array.shape))}]" if array.ndim else str(array.dtype)


def _in_numbers(array: Array) -> bool:
    """Whether the numbers of an array are written out."""
    return array.size <= _MOST_NUMBERS and array.ndim <= 2


def _array(value: Any) -> Array | None:
    if isinstance(value, (list, tuple)) and not value:
        return None  # nobody knows of what it might be
    try:
        array = as_array(value)
    except AssertionError:
        return None
    return array if array.dtype.kind in "fiub" else None


def _compared(call: str, part: str, mine: Array, right: Array) -> Evidence:
    """Return the evidence of two arrays of one shape that is not empty."""
    got, want = mine.astype(np.float64), right.astype(np.float64)
    differences = _differences(got, want)
    place = tuple(int(i) for i in np.unravel_index(int(differences.argmax()), right.shape))
    worst = heat = None
    extent = signs = ""
    if right.ndim:  # a number alone is shown in full
        heat = heat_map_of(differences, mine, right, place)
        if differences[place] != 0:
            text = _("largest difference at {index}: got {got}, expected {expected}")
            values = {"got": f"{mine[place]:.4g}", "expected": f"{right[place]:.4g}"}
            worst = text.format(index=list(place), **values)
            extent, signs = _extent(got, want)
    shown = _shown(mine), _shown(right)
    if worst and not _in_numbers(right):
        shown = _around(mine, place), _around(right, place)
    at = str(list(place)) if worst else ""
    return Evidence(call, *shown, part, worst or "", at, extent, signs, heat=heat)


def _extent(got: Array, want: Array) -> tuple[str, str]:
    """Return in words how many entries differ by more than rounding, and in what; and the signs."""
    with np.errstate(all="ignore"):
        far = _differences(got, want) > _ROUNDING * np.maximum(np.abs(want), _tiny(want))
        signs = far & (np.sign(got) == -np.sign(want)) & (want != 0)
    strange = np.isfinite(got) != np.isfinite(want)
    size, alone = want.size, ""
    said = [_("{count} of {size} entries differ").format(count=int(far.sum()), size=size)]
    if signs.any() and not strange.all():
        count = int(signs.sum())
        said.append(_("{count} in sign").format(count=count))
        alone = _("{count} of {size} entries have the wrong sign").format(count=count, size=size)
    if strange.any():
        said.append(_("{count} because only one is finite").format(count=int(strange.sum())))
    return " · ".join(said), alone


def _tiny(want: Array) -> float:
    """Return a size below which numbers are nothing beside the others in *want*."""
    return _ROUNDING * float(np.abs(want[np.isfinite(want)]).max(initial=0.0))


def _around(array: Array, place: tuple[int, ...]) -> str:
    """Return the numbers of a large *array* around an entry, with their place."""
    cut = [slice(i, i + 1) for i in place[:-2]]
    for i, length in zip(place[-2:], array.shape[-2:], strict=True):
        start = max(0, min(i - _BESIDE, length - 2 * _BESIDE - 1))
        cut.append(slice(start, min(length, start + 2 * _BESIDE + 1)))
    index = ", ".join(
        str(one.start) if number < array.ndim - 2 else f"{one.start}:{one.stop}"
        for number, one in enumerate(cut)
    )
    whole = array[tuple(cut)]
    near = whole.reshape(whole.shape[-2:] if array.ndim > 1 else whole.shape)
    numbers = np.array2string(near, precision=4, suppress_small=True, max_line_width=72)
    shape = ", ".join(map(str, array.shape))
    text = _("at [{index}] of {dtype}[{shape}]")
    return f"{numbers}\n" + text.format(index=index, dtype=array.dtype, shape=shape)


def _differences(mine: Array, right: Array) -> Array:
    """Return the differences by entry; infinite where only one of the values is finite."""
    with np.errstate(all="ignore"):
        found = np.abs(mine - right)
    equal = (mine == right) | (np.isnan(mine) & np.isnan(right))
    return np.where(equal, 0.0, np.where(np.isnan(found), np.inf, found))
