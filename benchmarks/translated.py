"""Do the known mistakes get their hints in TensorFlow and in JAX, too?

The reference with each known mistake is rewritten from NumPy or PyTorch: names, keywords, methods,
and item assignments, which become ``.at[].set`` in JAX and ``tf.tensor_scatter_nd_update`` in
TensorFlow. Each is graded as a learner's would be, in a worker. It should fail, get its own hint,
and never another's. What cannot go wrong there (an argument changed in place), what cannot be
rewritten, and what only raises there is counted as such. First, the reference itself must pass when
it is rewritten.

    python benchmarks/translated.py [ASSIGNMENT/EXERCISE ...] [--framework jax] [--show]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.rewriting import LANGUAGES, CannotBeTranslated, rewritten  # noqa: E402
from grader.course.catalogue import Course, apply_mistake  # noqa: E402
from grader.course.source import Cell, reference_text  # noqa: E402
from grader.exercise import Assignment, Mistake  # noqa: E402
from grader.grading.setup import (  # noqa: E402
    diagnosis_for,
    plan_for,
    reference_for,
    text_submission,
)
from grader.outcome import Outcome, Result  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.scoring.session import collected_checks  # noqa: E402

_PASSED = (Outcome.PASSED, Outcome.SKIPPED, Outcome.BLOCKED)
_COLUMNS = ("own hint", "no hint", "another's", "not caught", "raises", "impossible")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be tried: a framework, and exercises of an assignment; none means all."""

    framework: str
    wanted: Sequence[str]
    show: bool


def _changes_in_place(mistake: Mistake) -> bool:
    return any(word in mistake.name for word in ("in_place", "inplace", "overwrit", "view"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each translated mistake was told."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("exercises", nargs="*", metavar="ASSIGNMENT/EXERCISE")
    parser.add_argument("--framework", choices=LANGUAGES, help="this one only")
    parser.add_argument("--show", action="store_true", help="print what was not its own")
    options = parser.parse_args(arguments)
    course = Course.load(ROOT)
    for framework in [options.framework] if options.framework else LANGUAGES:
        total: Counter[str] = Counter()
        print(f"\n| exercise in {framework} | {' | '.join(_COLUMNS)} |\n" + "|---" * 7 + "|")
        with Zygote(("numpy", framework)) as zygote:
            for assignment in course.assignments:
                wanted = [
                    n.partition("/")[2]
                    for n in options.exercises
                    if n.startswith(assignment.name + "/")
                ]
                if wanted or not options.exercises:
                    asked = Asked(framework, wanted, options.show)
                    total += _assignment(course, assignment, zygote, asked)
        print("| all | " + " | ".join(str(total[column]) for column in _COLUMNS) + " |")


def _assignment(
    course: Course, assignment: Assignment, zygote: Zygote, asked: Asked
) -> Counter[str]:
    total: Counter[str] = Counter()
    cells = course.source(assignment)
    mistakes = course.mistakes(assignment)
    reference = reference_for(course, assignment)
    with collected_checks(plan_for(course, assignment), reference) as runner:
        runner.warm(reference.as_student(assignment.framework))
        explain = diagnosis_for(course, assignment, reference).hints

        def graded(text: str, exercise: str) -> Result:
            text = rewritten(text, asked.framework, exercise)
            submission = text_submission("mine.py", text, asked.framework)
            job = Job("learner", submission, frozenset([exercise]))
            return runner.grade(job, zygote, explain=explain)

        for exercise in (e.name for e in assignment.exercises):
            if asked.wanted and exercise not in asked.wanted:
                continue
            try:
                right = graded(reference_text(cells), exercise)
            except CannotBeTranslated:
                right = None
            if right is None or _failed(right):
                print(f"| `{exercise}`: the reference cannot be rewritten |", flush=True)
                if asked.show and right is not None:
                    print(_messages(right), file=sys.stderr)
                continue
            counts: Counter[str] = Counter()
            for mistake in (m for m in mistakes if m.exercise == exercise):
                kind, said = _kind(mistake, mistakes, cells, graded)
                counts[kind] += 1
                if asked.show and kind not in ("own hint", "impossible"):
                    print(f"  {mistake.name}: {kind}\n{said}", file=sys.stderr, flush=True)
            row = " | ".join(str(counts[column]) for column in _COLUMNS)
            print(f"| `{exercise}` | {row} |", flush=True)
            total += counts
    return total


def _kind(
    mistake: Mistake,
    mistakes: Sequence[Mistake],
    cells: Sequence[Cell],
    graded: Callable[[str, str], Result],
) -> tuple[str, str]:
    """Return the column in which a mistake counts, and what was said of it."""
    try:
        result = graded(apply_mistake(cells, mistake), mistake.exercise)
    except CannotBeTranslated:
        return "impossible", ""
    hints = {hint for check in result.checks for hint in check.hints}
    others = {one.hint.en for one in mistakes} - {mistake.hint.en}
    if hints & others:
        return "another's", _messages(result)
    if mistake.hint.en in hints:
        return "own hint", ""
    wrong = [check for check in result.checks if check.outcome not in _PASSED]
    if wrong:
        raised = all(" raised " in check.message for check in wrong)
        return "raises" if raised else "no hint", _messages(result)
    return "impossible" if _changes_in_place(mistake) else "not caught", ""


def _messages(result: Result) -> str:
    """Return the first message of a check that was not passed, and its hints."""
    wrong = next(check for check in result.checks if check.outcome not in _PASSED)
    return f"    {wrong.message[:400]}\n    {wrong.hints}"


def _failed(result: Result) -> bool:
    return any(check.outcome not in _PASSED for check in result.checks)


if __name__ == "__main__":
    main()
