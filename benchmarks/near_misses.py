"""Near misses, written from the statements alone: how many does the course grade as right?

``benchmarks/near_misses/ASSIGNMENT/EXERCISE/*.py`` are submissions that break a statement in one
respect and are right most of the time. Whoever wrote them had not seen the checks, unlike those
who wrote the known mistakes. Three comments begin each:

    # "a sentence of the statement": the input on which it is broken.
    # shown: an expression that is true because of it (see demonstrations.py)
    # kind: inputs, randomness, sentence, tolerance, from scratch or second order

Each is demonstrated to be wrong, and then graded as a submission. A table counts those that a check
caught and those that got full marks; the latter are listed. With several seeds, full marks with any
of them count, because the next class may have that one.

    python benchmarks/near_misses.py [ASSIGNMENT[/EXERCISE] ...] [--jobs 2] [--seeds 3]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.demonstrations import Demonstration  # noqa: E402  # needs the path above
from grader.audit.course_audit import exercises_named  # noqa: E402
from grader.audit.sessions import open_sessions  # noqa: E402
from grader.audit.trials import read_exercises  # noqa: E402
from grader.course.catalogue import Assignment, Course  # noqa: E402
from grader.outcome import NOT_LOST, Outcome, Result  # noqa: E402
from grader.sandbox.isolation import STRONGEST  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.executor import grade_all  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.submission.read import read_submission  # noqa: E402

FOLDER = Path(__file__).resolve().parent / "near_misses"
KINDS = ("inputs", "randomness", "sentence", "tolerance", "from scratch", "second order")


@dataclass(frozen=True)
class NearMiss:
    """One near miss.

    Attributes:
        breaks: the sentence that it breaks, and the input on which that shows.

        shown: the expression that demonstrates it.

        framework: that of the reference.
    """

    assignment: str
    exercise: str
    name: str
    breaks: str
    shown: str
    kind: str
    framework: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDER / self.assignment / self.exercise / f"{self.name}.py"

    @property
    def label(self) -> str:
        """Its name within the course."""
        return f"{self.assignment}/{self.exercise}/{self.name}"

    def demonstrated(self) -> bool:
        """Return whether it is shown to be wrong, without any check."""
        reference = ROOT / "solutions" / self.assignment / f"{self.assignment}.py"
        return Demonstration.of(self.path, reference, self.framework).shows(self.shown)


@dataclass(frozen=True)
class Graded:
    """How the checks judged a near miss.

    Attributes:
        check: the first check that caught it; empty if none did.

        message: what that check says.
    """

    near_miss: NearMiss
    check: str
    message: str

    @property
    def accepted(self) -> bool:
        """Whether it gets full marks."""
        return not self.check


def near_misses(course: Course, names: Sequence[str] = ()) -> list[NearMiss]:
    """Return those of the exercises in *names*, all if it is empty, in the course's order.

    Raises:
        ValueError: the first lines of one are not as they should be.
    """
    return [
        _read(path, assignment, exercise.name)
        for assignment, exercise in exercises_named(course, names)
        for path in sorted((FOLDER / assignment.name / exercise.name).glob("*.py"))
    ]


def _read(path: Path, assignment: Assignment, exercise: str) -> NearMiss:
    first, second, third = path.read_text("utf-8").splitlines()[:3]
    kind = third.removeprefix("# kind: ")
    if not first.startswith('# "') or not second.startswith("# shown: ") or kind not in KINDS:
        raise ValueError(
            f"{path}: the first three lines say what it breaks, how that shows, its kind"
        )
    shown = second.removeprefix("# shown: ")
    name, breaks = path.stem, first.removeprefix("# ")
    return NearMiss(assignment.name, exercise, name, breaks, shown, kind, assignment.framework)


def graded(
    course: Course, misses: Sequence[NearMiss], zygotes: Sequence[Zygote], seeds: int = 1
) -> Iterator[Graded]:
    """Yield the verdict on each near miss with each seed, in any order.

    They are graded in isolated workers, as in a class. The first seed is that of the course.

    Raises:
        RuntimeError: the machine or a check, and no near miss, is why one could not be graded.
    """
    units = exercises_named(course, sorted({f"{m.assignment}/{m.exercise}" for m in misses}))
    exercises, _findings = read_exercises(course, units)
    with open_sessions(exercises) as sessions:
        for session in sessions.values():
            session.runner.warm(session.reference.as_student(session.reference.framework))

        def grade(one: tuple[NearMiss, int], zygote: Zygote) -> Result:
            miss, seed = one
            usual = course.assignment(miss.assignment).framework
            submission = read_submission(miss.path, miss.assignment, usual=usual)
            only = frozenset([miss.exercise])
            job = Job(miss.label, submission, only, until_failure=True)
            return sessions[miss.assignment].runner.seeded(seed).grade(job, zygote)

        todo = [(miss, course.seed + more) for more in range(seeds) for miss in misses]
        for ended in grade_all(todo, zygotes, grade):
            miss, _seed = ended.job
            if ended.result is None:
                raise RuntimeError(f"{miss.label}: {ended.error}")
            yield _verdict(miss, ended.result)


def _verdict(miss: NearMiss, result: Result) -> Graded:
    lost = [check for check in result.checks if check.outcome not in NOT_LOST]
    if any(check.outcome is Outcome.INTERNAL for check in lost):
        raise RuntimeError(f"{miss.label}: {lost[0].name} is broken: {lost[0].message}")
    return Graded(miss, lost[0].name, lost[0].message) if lost else Graded(miss, "", "")


def table(title: str, rows: Iterable[tuple[str, bool]]) -> str:
    """Return a Markdown table that counts pairs of a group and whether it was accepted."""
    written: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for group, full in rows:
        written[group] += 1
        accepted[group] += full
    lines = [f"| {title} | written | caught | accepted |", "|---|---:|---:|---:|"]
    for group, count in [*written.items(), ("all", written.total())]:
        full = accepted.total() if group == "all" else accepted[group]
        lines.append(f"| {group} | {count} | {count - full} | {full} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Grade near misses; print how many were caught, and which were not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="ASSIGNMENT[/EXERCISE]")
    parser.add_argument("--jobs", type=int, default=1, help="processes to grade with")
    parser.add_argument("--seeds", type=int, default=1, help="seeds to grade with")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every verdict to FILE")
    options = parser.parse_args(arguments)

    course = Course.load(ROOT)
    misses = near_misses(course, options.names)
    right = [miss.label for miss in misses if not miss.demonstrated()]
    if right:
        sys.exit("not shown to be wrong: " + ", ".join(right))
    with ExitStack() as stack:
        zygotes = [stack.enter_context(Zygote(["numpy", "torch"], STRONGEST))]
        for _number in range(1, min(options.jobs, len(misses))):
            zygotes.append(stack.enter_context(zygotes[0].clone()))
        verdicts: dict[NearMiss, Graded] = {}
        for one in graded(course, misses, zygotes, options.seeds):
            if one.accepted or one.near_miss not in verdicts:
                verdicts[one.near_miss] = one
    results = [verdicts[miss] for miss in misses]

    print(table("exercise", ((g.near_miss.exercise, g.accepted) for g in results)), end="\n\n")
    print(table("kind", ((g.near_miss.kind, g.accepted) for g in results)))
    for one in results:
        if one.accepted:
            print(f"\n{one.near_miss.label} ({one.near_miss.kind})\n    {one.near_miss.breaks}")
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in results], indent=1), "utf-8")


if __name__ == "__main__":
    main()
