"""Are the known mistakes that wrong submissions are told the ones that they made?

A thousand wrong submissions, none of which is a known mistake as the course states it:

    near miss       written from the statements alone (benchmarks/near_misses)
    other style     small automatic edits of accepted variants
    second order    known mistakes with one more automatic edit

Whoever gets a known mistake's hint is asked again, beside that mistake: the checks draw other
inputs, and arrays are cut and repeated to other sizes, which all correct solutions know. If the two
ever differ, the name was wrong.
Every other sentence is listed with ``--show 200``, for a reader to judge.

    python benchmarks/names.py [ASSIGNMENT[/EXERCISE] ...] [--count 1000] [--seed 0] [--show 200]
"""

from __future__ import annotations

import argparse
import ast
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.near_misses import near_misses  # noqa: E402  # needs the path above
from grader.audit.course_audit import exercises_named  # noqa: E402
from grader.audit.mutants import Mutant, mutants  # noqa: E402
from grader.audit.sessions import Session, open_sessions  # noqa: E402
from grader.audit.trials import AuditedExercise, read_exercises  # noqa: E402
from grader.course.catalogue import Course, apply_mistake  # noqa: E402
from grader.course.source import BEGIN, END, Cell, code_cell  # noqa: E402
from grader.errors import GraderError  # noqa: E402
from grader.exercise import Limits, Mistake, Submission  # noqa: E402
from grader.grading.setup import diagnosis_for, mistake_for, text_submission  # noqa: E402
from grader.outcome import CheckResult, Outcome  # noqa: E402
from grader.sandbox.channel import StudentChannel  # noqa: E402
from grader.sandbox.random_sources import OWN, SOURCES  # noqa: E402
from grader.sandbox.reference import ReferenceChannel, load_reference_text  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.answers import (  # noqa: E402  # noqa: E402
    Question,
    alike,
    depends_on_chance,
    question_of_check,
    questions_of_calls,
)
from grader.scoring.check_runner import CheckRunner  # noqa: E402
from grader.scoring.devices import channel_to  # noqa: E402
from grader.scoring.diagnosis import Diagnosis  # noqa: E402
from grader.scoring.ended_check import EndedCheck  # noqa: E402
from grader.scoring.other_sizes import resized  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.submission.read import read_submission  # noqa: E402
from grader.worker.adapters import CPU  # noqa: E402

#: what a submission has for one check: some never end
SECONDS = 1.0
#: the seeds of fresh inputs; how much longer axes become, with which noise
SEEDS, LENGTHS, NOISE = (1001, 1002, 1003), (2, 1, -1), 7


@dataclass(frozen=True)
class Wrong:
    """A wrong submission."""

    kind: str
    label: str
    exercise: str
    submission: Submission


@dataclass(frozen=True)
class Told:
    """What a wrong submission was told.

    Attributes:
        failed: the checks that cost points.

        named: the known mistakes whose hints it got, by check.

        wrong: those of *named* that answer differently, on fresh inputs of the exercise.

        astray: those of *wrong* that answer differently to what their own check asks.
    """

    about: Wrong
    failed: tuple[CheckResult, ...]
    named: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    astray: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        lines = [f"{self.about.label} ({self.about.kind})"]
        lines += [
            f"    {check.name}: {check.message}\n      > {hint}"
            for check in self.failed
            for hint in check.hints or ("-",)
        ]
        return "\n".join(lines)


def wrong_submissions(
    course: Course, exercises: Sequence[AuditedExercise], count: int, seed: int = 0
) -> list[Wrong]:
    """Return *count* wrong submissions, a third of each kind, fewer if there are no more.

    Exercises do not count by their length: one edit is drawn of each variant and of each known
    mistake, and a second one only when all have had their turn.
    """
    named = [one.label for one in exercises]
    draw = random.Random(seed)
    misses = near_misses(course, named)
    found = []
    for miss in draw.sample(misses, min(-(-count // 3), len(misses))):
        usual = course.assignment(miss.assignment).framework
        submission = read_submission(miss.path, miss.assignment, usual=usual)
        found.append(Wrong("near miss", miss.label, miss.exercise, submission))
    styles = [
        _edits_of_variant(one, name, variant, draw)
        for one in exercises
        for name, variant in one.variants
        if len(variant.chunks) == 1
    ]
    seconds = []
    for one in exercises:
        known = cache(partial(_keys_of_mistakes, one))  # only of exercises that are drawn
        seconds += [_edits_of_mistake(one, mistake, known, draw) for mistake in one.mistakes]
    found += islice(_in_turn(draw.sample(styles, len(styles))), (count - len(found)) // 2)
    found += islice(_in_turn(draw.sample(seconds, len(seconds))), count - len(found))
    return found


def _in_turn(sources: Sequence[Iterator[Wrong]]) -> Iterator[Wrong]:
    """Yield one of each source, then another one, until none is left."""
    left = list(sources)
    while left:
        for one in list(left):
            wrong = next(one, None)
            if wrong is None:
                left.remove(one)
            else:
                yield wrong


def _shuffled(found: Iterable[Mutant], draw: random.Random) -> list[Mutant]:
    every = list(found)
    return draw.sample(every, len(every))


def _edits_of_variant(
    one: AuditedExercise, name: str, variant: Submission, draw: random.Random
) -> Iterator[Wrong]:
    """Yield the mutants of an accepted variant within what defines the exercise."""
    (chunk,) = variant.chunks
    lines, own = chunk.text.splitlines(), _lines_of(chunk.text, one.name)
    definition = [BEGIN, *lines[own.start : own.stop], END]
    cells = [
        Cell("code", "\n".join(lines[: own.start]), 1),
        Cell("code", "\n".join(definition), 1, exercise=one.name),
        Cell("code", "\n".join(lines[own.stop :]), 1),
    ]
    for mutant in _shuffled(mutants(cells, one.name), draw) if own else ():
        label = f"{one.label}/{name}:{mutant.number}\n{mutant.diff}"
        submission = text_submission("mine.py", mutant.text, variant.framework)
        yield Wrong("other style", label, one.name, submission)


def _keys_of_mistakes(one: AuditedExercise) -> set[str]:
    return {text_key(apply_mistake(one.cells, mistake), one.name) for mistake in one.mistakes}


def _edits_of_mistake(
    one: AuditedExercise, mistake: Mistake, known: Callable[[], set[str]], draw: random.Random
) -> Iterator[Wrong]:
    """Yield a known mistake with one more edit each, which makes no other known mistake of it."""
    cell = code_cell(one.cells, one.name)
    edited = replace(cell, text=cell.text.replace(mistake.replace, mistake.replacement))
    cells = tuple(edited if c is cell else c for c in one.cells)
    for mutant in _shuffled(mutants(cells, one.name), draw):
        if text_key(mutant.text, one.name) not in known():
            label = f"{one.label}/{mistake.name}+{mutant.number}\n{mutant.diff}"
            submission = text_submission("mine.py", mutant.text, one.assignment.framework)
            yield Wrong("second order", label, one.name, submission)


def _lines_of(text: str, name: str) -> range:
    """Return the places of the lines that define *name*, with its decorators."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            first = min(part.lineno for part in [node, *node.decorator_list])
            return range(first - 1, node.end_lineno or 0)
    return range(0)


def text_key(text: str, name: str) -> str:
    """Return the definition of *name* in *text*, without comments."""
    return next(ast.unparse(n) for n in ast.parse(text).body if getattr(n, "name", "") == name)


class Examiner:
    """Grades wrong submissions to one exercise, and tests the names that they are told."""

    def __init__(self, one: AuditedExercise, session: Session, zygote: Zygote) -> None:
        limits = Limits(min(one.exercise.limits.seconds, SECONDS), one.exercise.limits.memory_mb)
        hurried = replace(one.exercise, limits=limits)
        own = tuple(
            hurried if e.name == one.name else e for e in session.runner.plan.assignment.exercises
        )
        assignment = replace(session.runner.plan.assignment, exercises=own)
        plan = replace(session.runner.plan, assignment=assignment)
        self._one, self._zygote = one, zygote
        self._runner: CheckRunner = replace(session.runner, plan=plan)
        self._right = session.reference.as_given()
        self._again = session.reference.as_given()
        self._diagnosis: Diagnosis = diagnosis_for(one.course, one.assignment, session.reference)
        self._mistakes: dict[str, ReferenceChannel] = {}
        self._variants = [
            load_reference_text(chunk.text, Path(name), variant.framework).as_given()
            for name, variant in one.variants
            for chunk in variant.chunks[:1]
            if len(variant.chunks) == 1 and variant.framework in ("numpy", "torch")
        ]

    def ended(self, about: Wrong) -> list[EndedCheck]:
        """Return how the checks of its exercise end for *about*."""
        ended: list[EndedCheck] = []
        job = Job("learner", about.submission, frozenset([about.exercise]))
        assignment = self._runner.plan.assignment
        with closing(channel_to(job.submission, assignment, self._zygote, CPU)) as channel:
            self._runner.run(job, channel, observe=ended.extend)
        return ended

    def told(self, about: Wrong) -> Told:
        """Return what *about* is told."""
        job = Job("learner", about.submission, frozenset([about.exercise]))
        result = self._runner.grade(job, self._zygote, explain=self._diagnosis.hints)
        kept = (Outcome.PASSED, Outcome.SKIPPED, Outcome.BLOCKED)
        failed = tuple(check for check in result.checks if check.outcome not in kept)
        named = [
            (check.name, hint)
            for check in failed
            for hint in check.hints
            if any(hint == mistake.hint.en for mistake in self._one.mistakes)
        ]
        wrong: list[tuple[str, str]] = []
        astray: list[tuple[str, str]] = []
        if named:
            differing = self._differing(job, {hint for _check, hint in named})
            for check, hint in named:
                where = differing[hint]
                wrong += [(check, hint)] if where else []
                astray += [(check, hint)] if check in where else []
        return Told(about, failed, tuple(named), tuple(wrong), tuple(astray))

    def _differing(self, job: Job, hints: set[str]) -> dict[str, set[str]]:
        """Return the checks on whose fresh inputs no mistake with a hint answers alike."""
        differing: dict[str, dict[str, set[str]]] = {hint: {} for hint in hints}
        suspects = [mistake for mistake in self._one.mistakes if mistake.hint.en in hints]
        assignment = self._runner.plan.assignment
        with closing(channel_to(job.submission, assignment, self._zygote, CPU)) as channel:
            for seed in SEEDS:
                runner, ended = self._runner.seeded(seed), list[EndedCheck]()
                runner.run(job, channel, observe=ended.extend)
                for mistake in suspects:
                    where = differing[mistake.hint.en].setdefault(mistake.name, set())
                    for one in ended:
                        if one.check.name not in where and self._differs(one, mistake, channel):
                            where.add(one.check.name)
        return {
            hint: min(by_name.values(), key=len, default=set())
            for hint, by_name in differing.items()
        }

    def _differs(self, ended: EndedCheck, mistake: Mistake, channel: StudentChannel) -> bool:
        other = self._channel(mistake)
        calls = questions_of_calls(ended)
        if any(depends_on_chance(call, self._right, self._again) for call in calls):
            calls = question_of_check(ended)
        by_chance = any(call.op == "repeat" for call in calls)
        asked = [
            [call.drawn_from(source) for call in calls]
            for source in (SOURCES if by_chance else [OWN])
        ]
        # A mistake in dtypes, or of what is right otherwise, differs in nothing else.
        if not any(all(c.is_answered_alike(other, with_dtype=False) for c in one) for one in asked):
            return True
        if by_chance:
            return False
        channel.begin(self._one.name, 0, self._one.exercise.limits, 1.0)
        return any(self._differs_resized(call, other, channel) for call in calls[:20])

    def _differs_resized(
        self, call: Question, other: ReferenceChannel, channel: StudentChannel
    ) -> bool:
        for payload, right in resized(call, self._right, LENGTHS, NOISE):
            asked = replace(call, payload=payload)
            # What correct solutions disagree on is no input.
            if not all(alike(asked.ask(one), right, with_dtype=False) for one in self._variants):
                continue
            try:
                given = channel.request("call", payload)
            except GraderError:
                given = None
            if not alike(given, asked.ask(other), with_dtype=False):
                return True
        return False

    def _channel(self, mistake: Mistake) -> ReferenceChannel:
        if mistake.name not in self._mistakes:
            made = mistake_for(self._one.course, self._one.assignment, mistake)
            self._mistakes[mistake.name] = made
        return self._mistakes[mistake.name]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how many names were given, and how many of them were wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="ASSIGNMENT[/EXERCISE]")
    parser.add_argument("--count", type=int, default=1000, help="wrong submissions")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N of the told")
    parser.add_argument("--seed", type=int, default=0, help="chooses the wrong submissions")
    options = parser.parse_args(arguments)

    course = Course.load(ROOT)
    exercises, _findings = read_exercises(course, exercises_named(course, options.names))
    counts: Counter[tuple[str, str]] = Counter()
    every: list[Told] = []
    with Zygote(["numpy", "torch"]) as zygote, open_sessions(exercises) as sessions:
        examiners = {
            one.label: Examiner(one, sessions[one.assignment.name], zygote) for one in exercises
        }
        for about in wrong_submissions(course, exercises, options.count, options.seed):
            label = "/".join(about.label.split("\n")[0].split("/")[:2])
            told = examiners[label].told(about)
            every.append(told)
            counts[about.kind, "submissions"] += 1
            counts[about.kind, "failing"] += bool(told.failed)
            counts[about.kind, "named"] += bool(told.named)
            counts[about.kind, "names"] += len(told.named)
            counts[about.kind, "wrong"] += len(told.wrong)
            counts[about.kind, "astray"] += len(told.astray)
            for check, hint in told.wrong:
                print(f"{about.label}\n    {check}: {hint}", file=sys.stderr)
                print(
                    "    in this check, too"
                    if (check, hint) in told.astray
                    else "    not in this check",
                    file=sys.stderr,
                    flush=True,
                )
    columns = ["submissions", "failing", "named", "names", "wrong", "astray"]
    print(f"{'kind':16}" + "".join(f"{column:>14}" for column in columns))
    for kind in dict.fromkeys(one.about.kind for one in every):
        print(f"{kind:16}" + "".join(f"{counts[kind, column]:>14}" for column in columns))
    shown = [one for one in every if any(check.hints for check in one.failed)]
    for one in islice(random.Random(1).sample(shown, len(shown)), options.show):
        print(f"\n{one}")


if __name__ == "__main__":
    main()
