"""``results.json`` as Gradescope's autograders write it.

Held to https://gradescope-autograders.readthedocs.io/en/latest/specs/: only keys that it names, and
a score wherever something was graded. What was not graded has no score anywhere, so that Gradescope
shows a failed autograder and nobody gets a 0.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import grader
from grader.adjustments import ByHand
from grader.exercise import Text
from grader.installed import version_of
from grader.language import _, current, listed
from grader.outcome import CheckResult, Isolation, Outcome, Result

from .markdown import check_to_markdown
from .outcome_text import outcome_word
from .remarks import by_hand_remark, exercise_remarks, result_remarks
from .safe_text import clean_result, markdown_text, one_line

#: when learners see a test
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
_LIBRARIES = ("numpy", "scipy", "torch", "tensorflow-cpu", "tensorflow", "jax", "mxnet")
#: Gradescope gives up on a file of results that is much larger
_LONGEST = 20_000


def to_gradescope(
    result: Result,
    titles: Mapping[str, Text],
    hidden: str = "visible",
    seconds: int | None = None,
    remarks: Sequence[str] = (),
) -> bytes:
    """Return the results of one submission, in UTF-8.

    Of a hidden check, its sentence and the kind of failure are shown, never inputs or values. A
    result that is not final says why and has no score.

    Args:
        titles: titles of exercises and of the rubric by name.

        hidden: one of :data:`VISIBILITIES`, for hidden checks.

        seconds: what grading took.

        remarks: for the instructor alone.
    """
    result = clean_result(result)
    if not result.final:
        return nobody_graded(_reasons(result), result.isolation)
    tests = []
    for number, exercise in enumerate(result.exercises, 1):
        title = one_line(titles[exercise.exercise].get(current()))
        for count, check in enumerate(exercise.checks, 1):
            if check.outcome is not Outcome.SKIPPED:
                tests.append(_test(check, title, f"{number}.{count}", hidden))
    for count, line in enumerate(result.rubric, len(result.exercises) + 1):
        known = titles.get(line.line)
        name = one_line(known.get(current()) if known else line.line)
        tests.append(_by_hand(line, name, str(count)))
    changes = [remark for one in result.exercises for remark in exercise_remarks(one)]
    lines = [*result.notes, *changes, *result_remarks(result), _walls(result.isolation)]
    written = {
        "score": _number(result.score),
        "output": "\n\n".join(map(markdown_text, lines)),
        "output_format": "md",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [*tests, _walls_test(result.isolation, remarks)],
        "leaderboard": [],
        "extra_data": _facts(result.isolation),
    }
    if seconds is not None:
        written["execution_time"] = seconds
    return _json(written)


def nobody_graded(why: Iterable[str], isolation: Isolation | None = None) -> bytes:
    """Return results without any score, which say *why* there is none.

    Gradescope takes no results without a score: it shows learners that the autograder failed, and
    instructors this text. The submission keeps no grade until it is run again.
    """
    lines = [_("Nobody was graded. This is no fault of the submission, and no points are lost.")]
    lines += [*why, _("For the instructor: mend this, then run the autograder again.")]
    test = {
        "name": _("Not graded"),
        "status": "failed",
        "output": "\n\n".join(map(markdown_text, lines)),
        "output_format": "md",
        "visibility": "visible",
    }
    return _json(
        {
            "output": test["output"],
            "output_format": "md",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "tests": [test],
            "extra_data": {**_facts(isolation), "graded": False},
        }
    )


def _test(check: CheckResult, title: str, number: str, hidden: str) -> dict[str, Any]:
    place = f"{title}: {one_line(check.sentence)}"
    return {
        "name": f"{place} ({_('hidden check')})" if check.hidden else place,
        "name_format": "text",
        "number": number,
        "score": _number(check.points),
        "max_score": _number(check.max_points),
        "status": "passed" if check.outcome is Outcome.PASSED else "failed",
        "output": check_to_markdown(check)[:_LONGEST],
        "output_format": "md",
        "visibility": hidden if check.hidden else "visible",
        "tags": [check.exercise],
        "extra_data": {"check": check.name, "outcome": check.outcome.value},
    }


def _by_hand(line: ByHand, title: str, number: str) -> dict[str, Any]:
    return {
        "name": title,
        "name_format": "text",
        "number": number,
        "score": _number(line.points or Fraction(0)),
        "max_score": _number(line.max_points),
        "output": markdown_text(by_hand_remark(line))[:_LONGEST],
        "output_format": "md",
        "visibility": "visible",
        "tags": ["rubric"],
        "extra_data": {},
    }


def _walls_test(isolation: Isolation, remarks: Sequence[str]) -> dict[str, Any]:
    """Return what only instructors see: which walls stood around the submission."""
    held = [name for name, holds in isolation.layers.items() if holds]
    fell = [name for name, holds in isolation.layers.items() if not holds]
    text = _("Held: {held}. Did not hold: {fell}.")
    said = text.format(held=listed(held) or "–", fell=listed(fell) or "–")
    lines = [*filter(None, (said, isolation.warning)), *remarks]
    return {
        "name": _walls(isolation),
        "name_format": "text",
        "output": "\n\n".join(map(markdown_text, lines)),
        "output_format": "md",
        "visibility": "hidden",
        "status": "failed" if isolation.warning else "passed",
        # without points a test counts as 1 of 1
        "score": 0,
        "max_score": 0,
    }


def _walls(isolation: Isolation) -> str:
    return _("Isolation of the submission: {level}").format(level=isolation.level)


def _facts(isolation: Isolation | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "gradproof": grader.__version__,
        "python": sys.version.split()[0],
        "libraries": {name: found for name in _LIBRARIES if (found := version_of(name))},
    }
    if isolation is not None:
        facts["isolation"] = {"level": isolation.level, "layers": dict(isolation.layers)}
    return facts


def _reasons(result: Result) -> list[str]:
    """Return what broke on our side, by check."""
    broken = [c for c in result.checks if c.outcome in (Outcome.INTERNAL, Outcome.SKIPPED)]
    lines = [f"{c.exercise}/{c.name}: {outcome_word(c.outcome)}: {c.message}" for c in broken]
    return [*result.notes, *(lines or [_("No check ran.")])]


def _number(points: Fraction) -> int | float:
    return int(points) if points.denominator == 1 else float(points)


def _json(written: Mapping[str, Any]) -> bytes:
    return json.dumps(written, indent=1, ensure_ascii=False).encode() + b"\n"
