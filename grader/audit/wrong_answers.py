"""Wrong answers that are the same for every exercise, and that checks must not accept.

Uninformed answers are those of a learner who has understood nothing: zeros, the argument itself.
They must pass no check at all. Corrupted answers are the reference's own, of the wrong shape or
dtype, or with values a little off. At least one of an exercise's checks must fail on each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.source import Cell, reference_text
from grader.exercise import Submission
from grader.grading.setup import text_submission
from grader.sandbox.proxy import Record

from .corrupted_answers import CORRUPTIONS

_FIRST = "    sized = [a for a in args if hasattr(a, 'shape')]\n"
# Right for a check that later computes the expected value from the same arrays.
_ZEROED = (
    "    for a in sized:\n"
    "        try:\n"
    "            a[...] = 0\n"
    "        except Exception:\n"
    "            pass\n"
)

#: function bodies, by what they do
UNINFORMED = {
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


def uninformed(exercise: str, what: str, framework: str) -> Submission:
    """Return a function *exercise* that does one of the :data:`UNINFORMED` things."""
    text = f"def {exercise}(*args, **kwargs):\n{UNINFORMED[what]}"
    return text_submission("uninformed.py", text, framework)


def with_corrupted_answers(
    cells: Iterable[Cell], exercise: str, corruption: str, framework: str
) -> Submission:
    """Return the reference with only the answers of *exercise* corrupted."""
    text = (
        f"{reference_text(cells)}\n"
        f"from grader.audit.corrupted_answers import corrupted\n"
        f"{exercise} = corrupted({exercise}, {corruption!r})\n"
    )
    return text_submission("corrupted.py", text, framework)


@dataclass
class AnswersSeen:
    """The kinds of answers that the reference gave to the checks of one exercise.

    Attributes:
        numbers: whether a number or an array was returned.

        floats: whether there was a float, also in an array changed in place.

        float_arrays: whether an array of floats was returned.

        changed: whether an array was changed in place.
    """

    numbers: bool = False
    floats: bool = False
    float_arrays: bool = False
    changed: bool = False

    def note(self, trace: Iterable[Record]) -> None:
        """Note the answers to the calls of one check."""
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

    def corruptions(self, dtype_asked: bool) -> list[str]:
        """Return the corruptions that make such answers wrong.

        What a function changes in place keeps its shape and dtype, and whole numbers are the same
        in every dtype. More digits than needed are wrong only in an array, and if a check asks for
        the dtype.
        """
        fair = dict.fromkeys(CORRUPTIONS, self.numbers or self.changed)
        fair |= dict.fromkeys(_SHAPES, self.numbers)
        fair |= dict.fromkeys(_DTYPES, self.floats)
        fair[_WIDTH] = self.float_arrays and dtype_asked
        return [corruption for corruption, is_fair in fair.items() if is_fair]
