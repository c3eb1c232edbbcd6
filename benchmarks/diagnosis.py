"""What wrong submissions are told: every known mistake, and every automatic mutant that is none.

Each known mistake is handed in as a learner would: it should get its own hint, and never another's.
Each mutant that fails a check, without being a known mistake, should be told more than that values
differ. Whether what it is told is true only a reader can say: ``--show 50`` prints as many.

    python benchmarks/diagnosis.py [ASSIGNMENT ...] [--show 50]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.audit.mutants import Mutant, mutants  # noqa: E402
from grader.course.catalogue import Course, apply_mistake  # noqa: E402
from grader.exercise import Assignment, Limits, Mistake  # noqa: E402
from grader.grading.setup import (  # noqa: E402
    diagnosis_for,
    plan_for,
    reference_for,
    text_submission,
)
from grader.outcome import CheckResult, Outcome, Result  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.check_runner import CheckRunner  # noqa: E402
from grader.scoring.ended_check import Explain  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.scoring.session import collected_checks  # noqa: E402

#: what a mutant has for one check: some never end
SECONDS = 1.0
#: what a message says that says only that values differ
DIFFER = "has wrong values"
#: what says nothing of its own
NOTHING = "Some calls in this check gave the right result, others did not."


@dataclass(frozen=True)
class Told:
    """What one mutant was told.

    Attributes:
        kind: ``known mistake``, ``sentence``, ``message`` (an exception, a shape …) or ``nothing``.
    """

    mutant: Mutant
    kind: str
    failed: tuple[CheckResult, ...]

    @property
    def plain(self) -> bool:
        """Whether the messages say only that values differ."""
        return all(DIFFER in check.message for check in self.failed)

    def __str__(self) -> str:
        lines = [f"{self.mutant.exercise}, {self.kind}", self.mutant.diff]
        for check in self.failed:
            lines.append(f"    {check.name}: {check.message.splitlines()[0]}")
            lines += [f"        {hint}" for hint in check.hints]
        return "\n".join(lines)


class Trial:
    """One assignment, whose checks are collected once."""

    def __init__(self, course: Course, name: str, zygote: Zygote) -> None:
        assignment = course.assignment(name)
        hurried = [
            replace(one, limits=Limits(min(one.limits.seconds, SECONDS), one.limits.memory_mb))
            for one in assignment.exercises
        ]
        self.assignment: Assignment = replace(assignment, exercises=tuple(hurried))
        self.mistakes: Sequence[Mistake] = course.mistakes(assignment)
        self.own: Counter[str] = Counter()
        self.told: list[Told] = []
        self._cells = course.source(assignment)
        self._course = course
        self._zygote = zygote

    def run(self) -> None:
        """Grade all mistakes, then all mutants."""
        reference = reference_for(self._course, self.assignment)
        plan = plan_for(self._course, self.assignment)
        with collected_checks(plan, reference) as runner:
            runner.warm(reference.as_student(self.assignment.framework))
            explain = diagnosis_for(self._course, self.assignment, reference).hints
            for mistake in self.mistakes:
                text = apply_mistake(self._cells, mistake)
                hints = _hints(self._grade(runner, text, mistake.exercise, explain))
                others = {one.hint.en for one in self.mistakes} - {mistake.hint.en}
                kind = "another's" if hints & others else "its own"
                self.own[kind if kind == "another's" or mistake.hint.en in hints else "none"] += 1
            self.told += self._tell(runner, explain)

    def _grade(self, runner: CheckRunner, text: str, exercise: str, explain: Explain) -> Result:
        submission = text_submission("mine.py", text, self.assignment.framework)
        return runner.grade(
            Job("learner", submission, frozenset([exercise])), self._zygote, explain=explain
        )

    def _tell(self, runner: CheckRunner, explain: Explain) -> Iterator[Told]:
        known = {mistake.hint.en for mistake in self.mistakes}
        for exercise in self.assignment.exercises:
            for mutant in mutants(self._cells, exercise.name):
                result = self._grade(runner, mutant.text, exercise.name, explain)
                passed = (Outcome.PASSED, Outcome.SKIPPED, Outcome.BLOCKED)
                failed = tuple(c for c in result.checks if c.outcome not in passed)
                if failed:
                    yield Told(mutant, _kind(failed, known), failed)


def _hints(result: Result) -> set[str]:
    return {hint for check in result.checks for hint in check.hints}


def _kind(failed: Sequence[CheckResult], known: set[str]) -> str:
    hints = {hint for check in failed for hint in check.hints} - {NOTHING}
    if hints & known:
        return "known mistake"
    if hints:
        return "sentence"
    return "nothing" if all(DIFFER in check.message for check in failed) else "message"


def main() -> None:
    """Print what was told, by assignment, and as many of those told as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N of the told")
    options = parser.parse_args()
    course = Course.load(ROOT)
    names = options.assignments or [assignment.name for assignment in course.assignments]
    told: list[Told] = []
    columns = ["its own", "another's", "none", "known mistake", "sentence", "message", "nothing"]
    print(f"{'':24}{'known mistakes, by hint':>36}{'failing mutants, by what is told':>48}")
    print(f"{'assignment':24}" + "".join(f"{column:>14}" for column in columns))
    total: Counter[str] = Counter()
    with Zygote(("numpy", "torch")) as zygote:
        for name in names:
            trial = Trial(course, name, zygote)
            trial.run()
            told += trial.told
            counts = trial.own + Counter(one.kind for one in trial.told)
            total += counts
            print(f"{name:24}" + "".join(f"{counts[column]:>14}" for column in columns), flush=True)
    print(f"{'all':24}" + "".join(f"{total[column]:>14}" for column in columns))
    unknown = sum(total[kind] for kind in ("sentence", "message", "nothing"))
    told_more = total["sentence"] + total["message"]
    plain = Counter(one.kind for one in told if one.plain)
    print(f"Of {unknown} mutants that are no known mistake, {told_more} are told more than that")
    print(
        f"values differ, {total['sentence']} of them by a hint. Where messages say no more, a hint"
    )
    print(f"does for {plain['sentence']} of {plain['sentence'] + plain['nothing']}.")
    chosen = [one for one in told if one.kind == "sentence"]
    for one in random.Random(0).sample(chosen, min(options.show, len(chosen))):
        print(f"\n{one}")


if __name__ == "__main__":
    main()
