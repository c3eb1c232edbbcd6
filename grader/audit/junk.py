"""Junk: answers that no check should be content with.

Some is what a learner hands in who has understood nothing: zeros, the argument itself. It must
pass no check at all. Some is the reference's own answer, spoiled: of the wrong shape or dtype, or
with values a little off. Of each exercise's checks one must notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.source import Cell, reference_text
from grader.exercise import Assignment, Submission
from grader.grading.setup import text_submission
from grader.sandbox.proxy import Record

from . import corrupted_answers

_FIRST = "    sized = [a for a in args if hasattr(a, 'shape')]\n"
# Right, to a check that computes from the same arrays afterwards what it expects.
_ZEROED = (
    "    for a in sized:\n"
    "        try:\n"
    "            a[...] = 0\n"
    "        except Exception:\n"
    "            pass\n"
)

EMPTY_HANDED = {
    "returns None": "    return None\n",
    "returns its first argument": "    return args[0]\n",
    "returns zeros": _FIRST + "    return sized[0] * 0 if sized else 0.0\n",
    "returns ones": _FIRST + "    return sized[0] * 0 + 1 if sized else 1.0\n",
    "zeroes its arguments": _FIRST + _ZEROED + "    return sized[0] * 0 if sized else 0.0\n",
    "returns NaN": (_FIRST + "    return sized[0] * float('nan') if sized else float('nan')\n"),
}

_SHAPES = ("has an axis too many", "has its entries in a row")
_DTYPES = ("is in whole numbers", "is in half precision")
_WIDTH = "is in double precision"


def empty_handed(assignment: Assignment) -> Iterator[tuple[str, Submission]]:
    """Yield what a function does that knows nothing, and a submission of such functions."""
    for label, body in EMPTY_HANDED.items():
        heads = (f"def {e.name}(*args, **kwargs):\n{body}" for e in assignment.exercises)
        yield label, text_submission("junk.py", "\n".join(heads), assignment.framework)


def spoiled(cells: Iterable[Cell], exercise: str, way: str, framework: str) -> Submission:
    """Return the reference with the answers of *exercise*, and of nothing else, spoiled."""
    helper = Path(corrupted_answers.__file__)
    text = (
        f"{reference_text(cells)}\n"
        f"from {helper.stem} import spoiled\n"
        f"{exercise} = spoiled({exercise}, {way!r})\n"
    )
    submission = text_submission("junk.py", text, framework)
    return replace(submission, files=((helper.name, helper.read_bytes()),))


@dataclass
class Answers:
    """What the reference answered to the checks of one exercise.

    Attributes:
        numbers: whether a number or an array came back.

        floats: whether there was a float, also in an array changed in place.

        float_arrays: whether an array of floats came back.

        changed: whether an array was changed in place.
    """

    numbers: bool = False
    floats: bool = False
    float_arrays: bool = False
    changed: bool = False

    def take(self, trace: Iterable[Record]) -> None:
        """Note what came back in the calls of one check."""
        for record in trace:
            if record.op != "vjp":
                self._look(record.value)
            for _number, array in record.after:
                self.changed = True
                self.floats |= array.dtype.kind == "f"

    def _look(self, value: Any) -> None:
        if isinstance(value, (list, tuple, dict)):
            for one in value.values() if isinstance(value, dict) else value:
                self._look(one)
        elif isinstance(value, (np.ndarray, int, float)):
            kind = np.asarray(value).dtype.kind
            self.numbers = True
            self.floats |= kind == "f"
            self.float_arrays |= kind == "f" and np.ndim(value) > 0

    def ways(self, dtype_asked: bool) -> list[str]:
        """Return the ways in which such answers can be spoiled so that they are wrong.

        What a function changes in place keeps its shape and dtype, and whole numbers are the same
        in every dtype. More digits than needed are wrong only in an array, and if a check asks for
        the dtype.
        """
        fair = dict.fromkeys(corrupted_answers.WAYS, self.numbers or self.changed)
        fair |= dict.fromkeys(_SHAPES, self.numbers)
        fair |= dict.fromkeys(_DTYPES, self.floats)
        fair[_WIDTH] = self.float_arrays and dtype_asked
        return [way for way, is_fair in fair.items() if is_fair]
