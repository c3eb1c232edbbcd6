"""How many crosses stand beside sentences that the code obeys?

Known mistakes, automatic mutants and near misses are graded. Every failed check whose sentence
speaks of something beside values (unchanged arguments, dtype, shape, memory, state) is judged again
by the calls that all checks of its exercise made: if none of them breaks what the sentence says,
the cross is untrue. So is one beside a sentence on values if all calls of its check gave the right
values and shapes. What cannot be told from calls is counted apart.

    python benchmarks/crosses.py [ASSIGNMENT[/EXERCISE] ...] [--count N]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.names import Examiner, Wrong  # noqa: E402  # needs the path above
from benchmarks.near_misses import near_misses  # noqa: E402
from grader.audit.course_audit import exercises_named  # noqa: E402
from grader.audit.mutants import mutants  # noqa: E402
from grader.audit.sessions import open_sessions  # noqa: E402
from grader.audit.trials import AuditedExercise, read_exercises  # noqa: E402
from grader.course.catalogue import Course, apply_mistake  # noqa: E402
from grader.errors import GraderError  # noqa: E402
from grader.grading.setup import text_submission  # noqa: E402
from grader.outcome import Outcome  # noqa: E402
from grader.sandbox.channel import Channel  # noqa: E402
from grader.sandbox.proxy import Record  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.answers import Question, alike, depends_on_chance  # noqa: E402
from grader.scoring.ended_check import EndedCheck  # noqa: E402
from grader.submission.read import read_submission  # noqa: E402
from grader.worker.values import leaves  # noqa: E402


def submissions(course: Course, exercises: Sequence[AuditedExercise]) -> Iterator[Wrong]:
    """Yield known mistakes, mutants and near misses."""
    for one in exercises:
        framework = one.assignment.framework
        for mistake in one.mistakes:
            text = apply_mistake(one.cells, mistake)
            label = f"{one.label}/{mistake.name}"
            yield Wrong("known mistake", label, one.name, text_submission("a.py", text, framework))
        for mutant in mutants(one.cells, one.name):
            label = f"{one.label}/{mutant.number}\n{mutant.diff}"
            made = text_submission("a.py", mutant.text, framework)
            yield Wrong("mutant", label, one.name, made)
    for miss in near_misses(course, [one.label for one in exercises]):
        usual = course.assignment(miss.assignment).framework
        submission = read_submission(miss.path, miss.assignment, usual=usual)
        yield Wrong("near miss", miss.label, miss.exercise, submission)


class Judge:
    """Judges the crosses of one exercise."""

    def __init__(self, one: AuditedExercise, right: Channel, again: Channel) -> None:
        self._changes = one.exercise.changes
        self._right, self._again = right, again

    def is_obeyed(self, cross: EndedCheck, every: Sequence[EndedCheck]) -> bool | None:
        """Whether the code obeys the sentence of a failed check; None if that cannot be told."""
        says = cross.check.says or {"values"}
        calls = [record for one in every for record in one.trace]
        verdicts = []
        for subject in says:
            seen = cross.trace if subject == "values" else calls
            verdicts.append(getattr(self, f"_{subject}")(seen))
        if False in verdicts:
            return False
        if any(record.error for record in cross.trace):
            return None  # the call raised, so nothing can be said
        return None if None in verdicts else True

    def _unchanged(self, calls: Sequence[Record]) -> bool | None:
        if self._changes:
            # By the reference: what it leaves alone.
            pairs = [(set(dict(r.after)), self._changed_rightly(r)) for r in calls if r.after]
            known = [(ours, theirs) for ours, theirs in pairs if theirs is not None]
            return all(ours <= theirs for ours, theirs in known if theirs is not None)
        return not any(record.after for record in calls)

    def _changed_rightly(self, record: Record) -> set[int] | None:
        answer = self._answer(record)
        return None if answer is None else set(dict(answer["after"]))

    def _dtype(self, calls: Sequence[Record]) -> bool | None:
        for record in calls:
            if record.op not in ("call", "listed", "take") or record.error:
                continue
            given = {a.dtype.name for a in leaves(list(record.args)) if a.dtype.kind == "f"}
            if record.op == "take" or not given:
                # By the dtypes of all calls: two in one check tell which was kept.
                given = {"float32", "float64"}
            answer = self._answer(record)
            right = leaves(answer["value"]) if answer else []
            for number, array in enumerate(leaves(record.value)):
                whole = number < len(right) and right[number].dtype.kind in "iu"
                if array.ndim and not whole and array.dtype.name not in given:
                    return False
        return None if any(record.op == "take" for record in calls) else True

    def _shape(self, calls: Sequence[Record]) -> bool | None:
        known = False
        for record in calls:
            answer = self._answer(record)
            if answer is None or record.error:
                continue
            known = True
            if _shapes(record.value) != _shapes(answer["value"]):
                return False
        return True if known else None

    def _values(self, calls: Sequence[Record]) -> bool | None:
        for record in calls:
            answer = self._answer(record)
            if answer is None or record.error:
                return None
            question = Question("call", record.payload, answer, (record,))
            if depends_on_chance(question, self._right, self._again):
                return None
            if not _equal(record, answer):
                return False
        return True if calls else None

    def _memory(self, calls: Sequence[Record]) -> bool | None:
        return not any(record.value for record in calls if record.op == "aliases")

    def _state(self, calls: Sequence[Record]) -> bool | None:
        if any(record.value for record in calls if record.op == "disturbed"):
            return False
        for record in calls:
            if record.op == "in_turn" and record.value is not None:
                before, after, last = record.value
                alone = [r.value for r in calls if r.op == "call" and _same(r.args, record.args)]
                if not _same(before, after) or not any(_same(one, last) for one in alone):
                    return False
        return True

    def _call(self, calls: Sequence[Record]) -> bool | None:
        return None

    def _answer(self, record: Record) -> dict[str, Any] | None:
        """Return the right answer to a call; None if there is none."""
        if record.op != "call" or any(callable(part) for part in record.args):
            return None
        try:
            answer: dict[str, Any] = self._right.request("call", record.payload)
        except GraderError:
            return None
        return answer


def _equal(record: Record, answer: dict[str, Any]) -> bool:
    """Whether a call's results and changes are the right ones up to rounding in its dtype."""
    ours = [*leaves(record.value), *(array for _number, array in record.after)]
    theirs = [*leaves(answer["value"]), *(array for _number, array in answer["after"])]
    given = [array.dtype for array in leaves(list(record.args)) if array.dtype.kind == "f"]
    allowed = 64 * max((np.finfo(dtype).eps for dtype in given), default=0.0)
    pairs = list(zip(ours, theirs, strict=False))
    if not pairs or len(ours) != len(theirs) or any(a.shape != b.shape for a, b in pairs):
        return alike({"value": record.value, "after": record.after}, answer, with_dtype=False)
    return all(np.allclose(a, b, allowed, allowed * np.abs(b).max(initial=0.0)) for a, b in pairs)


def _shapes(value: Any) -> list[tuple[int, ...]]:
    return [array.shape for array in leaves(value)]


def _same(one: Any, other: Any) -> bool:
    ours, theirs = (
        leaves(list(one) if isinstance(one, tuple) else one),
        leaves(list(other) if isinstance(other, tuple) else other),
    )
    return len(ours) == len(theirs) and all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-4, equal_nan=True)
        for a, b in zip(ours, theirs, strict=True)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how many crosses there are, and how many of them are untrue."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="ASSIGNMENT[/EXERCISE]")
    parser.add_argument("--count", type=int, default=0, help="only so many submissions, by chance")
    parser.add_argument("--seed", type=int, default=0, help="chooses them")
    options = parser.parse_args(arguments)

    course = Course.load(ROOT)
    exercises, _findings = read_exercises(course, exercises_named(course, options.names))
    every = list(submissions(course, exercises))
    if options.count:
        every = random.Random(options.seed).sample(every, min(options.count, len(every)))
    counts: Counter[tuple[str, str]] = Counter()
    with Zygote(["numpy", "torch"]) as zygote, open_sessions(exercises) as sessions:
        made = {}
        for one in exercises:
            reference = sessions[one.assignment.name].reference
            judge = Judge(one, reference.as_given(), reference.as_given())
            made[one.label] = Examiner(one, sessions[one.assignment.name], zygote), judge
        for about in every:
            examiner, judge = made["/".join(about.label.split("\n")[0].split("/")[:2])]
            ended = examiner.ended(about)
            if not any(one.trace for one in ended):
                counts["(forbidden, or nothing to call)", "crosses"] += len(ended)
                continue
            for cross in ended:
                if cross.verdict.outcome is not Outcome.FAILED:
                    continue
                kind = ", ".join(sorted(cross.check.says)) or "values"
                obeyed = judge.is_obeyed(cross, ended)
                counts[kind, "crosses"] += 1
                counts[kind, {True: "obeyed", None: "not told", False: "broken"}[obeyed]] += 1
                if obeyed:
                    print(f"{about.label}\n    {cross.check.name}: {cross.verdict.message}")
                    sys.stdout.flush()
    columns = ["crosses", "broken", "obeyed", "not told"]
    print(f"{len(every)} submissions")
    print(f"{'the sentence speaks of':28}" + "".join(f"{column:>12}" for column in columns))
    for kind in sorted({kind for kind, _column in counts}):
        print(f"{kind:28}" + "".join(f"{counts[kind, column]:>12}" for column in columns))


if __name__ == "__main__":
    main()
