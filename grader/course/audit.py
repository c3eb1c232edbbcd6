"""The audit: are the checks themselves right?

A check earns its place by the mistakes it catches. For every assignment the reference must pass,
the starter must score nothing with every check "not implemented", every known mistake must fail
exactly the checks it names, every accepted variant must pass, junk must earn nothing, and every
check must catch something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from grader.checks.plugin import Check
from grader.errors import AuthoringError, SubmissionError
from grader.exercise import Assignment, Submission
from grader.outcome import CheckResult, Outcome, Result
from grader.scoring.session import Bench, Job, run_session
from grader.submission.read import read_submission
from grader.submission.sandbox import Zygote

from .catalogue import Course, apply_mistake, catalogue_file
from .grading import (
    plan_for,
    read_or_note,
    reference_for,
    reference_submission,
    submission_of,
    text_submission,
)
from .source import unsolved
from .sync import sync
from .templates import WRITE_HERE

MISTAKES_WANTED = 3
VARIANTS_WANTED = 2
MUTATION_COUNTS = ("mutants", "killed", "equivalent", "survivors")

_JUNK = {
    "returns None": "def {name}(*args, **kwargs):\n    return None\n",
    "returns its first argument": "def {name}(*args, **kwargs):\n    return args[0]\n",
    "returns zeros": (
        "def {name}(*args, **kwargs):\n"
        "    sized = [a for a in args if hasattr(a, 'shape')]\n"
        "    return sized[0] * 0 if sized else 0.0\n"
    ),
    "returns NaN": (
        "def {name}(*args, **kwargs):\n"
        "    sized = [a for a in args if hasattr(a, 'shape')]\n"
        "    return sized[0] * float('nan') if sized else float('nan')\n"
    ),
}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an author must mend."""

    what: str
    path: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        return str(AuthoringError(self.what, self.path, self.line))


@dataclass
class Audit:
    """What an audit of one assignment found.

    Attributes:
        caught: for each mistake, ``exercise/name``, the checks that failed on it.
    """

    assignment: str
    exercises: int = 0
    checks: int = 0
    mistakes: int = 0
    accepted: int = 0
    findings: list[Finding] = field(default_factory=list)
    caught: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def found(self, what: str, path: Path | None = None, line: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(what, path, line))


@dataclass
class CourseAudit:
    """Audits of several assignments, and findings about the course as a whole.

    Attributes:
        mutations: exercise, mutants, killed, equivalent, survivors; empty if not asked for.
    """

    audits: list[Audit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mutations: list[tuple[str, int, int, int, int]] = field(default_factory=list)

    def rows(self) -> list[tuple[str, int, int, int, int, int]]:
        """Return a row of counts for each assignment."""
        return [
            (a.assignment, a.exercises, a.checks, a.mistakes, a.accepted, len(a.findings))
            for a in self.audits
        ]

    def payload(self) -> dict[str, object]:
        """Return it for machines."""
        names = ("assignment", "exercises", "checks", "mistakes", "accepted", "findings")
        return {
            "schema": "gradproof/audit/v1",
            "assignments": [
                {**dict(zip(names, row, strict=True)), "caught": audit.caught}
                for row, audit in zip(self.rows(), self.audits, strict=True)
            ],
            "mutations": [
                dict(zip(("exercise", *MUTATION_COUNTS), row, strict=True))
                for row in self.mutations
            ],
            "findings": [
                {"path": str(f.path) if f.path else None, "line": f.line, "what": f.what}
                for f in self.findings
            ],
        }


def audit_course(
    course: Course, names: Sequence[str], progress: Progress, walled: bool = True
) -> CourseAudit:
    """Audit the assignments called *names*, and whether starters are up to date.

    Raises:
        AuthoringError: an assignment is too broken to be audited.
    """
    whole = CourseAudit()
    whole.findings += _left_to_write(catalogue_file(course.root))
    report = sync(course, write=False)
    whole.findings += [Finding("is stale; run `gradproof sync`", path) for path in report.changed]
    whole.findings += [Finding("is made by no source; remove it", path) for path in report.stray]
    assignments = [course.assignment(name) for name in names]
    with Zygote(_frameworks(course, assignments), walled) as zygote:
        for assignment in assignments:
            audit = audit_assignment(course, assignment, zygote, progress)
            whole.audits.append(audit)
            whole.findings += audit.findings
    return whole


def _frameworks(course: Course, assignments: Sequence[Assignment]) -> list[str]:
    """Return what references and accepted variants are written in."""
    used = {assignment.framework for assignment in assignments}
    for assignment in assignments:
        for path in course.accepted(assignment):
            used.add(submission_of(read_or_note(path, assignment, path.name, "")).framework)
    return sorted(used)


def audit_assignment(
    course: Course, assignment: Assignment, zygote: Zygote, progress: Progress = lambda step: None
) -> Audit:
    """Audit one assignment.

    Raises:
        AuthoringError: it is too broken to be audited further.
    """
    audit = Audit(assignment.name, exercises=len(assignment.exercises))
    auditor = _Auditor(course, assignment, zygote, audit, progress)
    return run_session(plan_for(course, assignment), reference_for(course, assignment), auditor.run)


class _Auditor:
    def __init__(
        self,
        course: Course,
        assignment: Assignment,
        zygote: Zygote,
        audit: Audit,
        progress: Progress,
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._zygote = zygote
        self._audit = audit
        self._progress = progress
        self._cells = course.source(assignment)
        self._unfinished: set[Path] = set()

    def run(self, bench: Bench) -> Audit:
        """Audit with the collected checks."""
        self._bench = bench
        self._audit.checks = len(bench.checks)
        self._check_points()
        self._check_words()
        self._check_files()
        self._check_reference()
        self._check_starter()
        self._check_mistakes()
        self._check_accepted()
        self._check_junk()
        return self._audit

    # -- what can be seen without running --------------------------------------------------------

    def _check_points(self) -> None:
        for exercise in self._assignment.exercises:
            total = sum((c.points for c in self._checks_of(exercise.name)), Fraction(0))
            if total != exercise.points:
                what = f"{exercise.name} is worth {exercise.points} points, its checks give {total}"
                self._audit.found(what, catalogue_file(self._course.root))

    def _check_words(self) -> None:
        """A scaffold's instructions to its author must be gone."""
        for directory in (
            self._course.reference(self._assignment).parent,
            self._course.checks_dir(self._assignment),
        ):
            for path in sorted(directory.rglob("*")):
                found = _left_to_write(path) if path.suffix in (".py", ".toml") else []
                self._audit.findings += found
                if found:
                    self._unfinished.add(path)

    def _check_files(self) -> None:
        directory = self._course.checks_dir(self._assignment)
        known = set(self._course.check_files(self._assignment))
        known.add(self._course.mistakes_file(self._assignment))
        known.add(self._course.equivalents_file(self._assignment))
        for path in sorted(directory.iterdir()):
            if path not in known and path.name != "__pycache__" and path.name[0] != ".":
                self._audit.found("belongs to no exercise; rename or remove it", path)
        for exercise in self._assignment.exercises:
            hidden = self._course.check_file(self._assignment, exercise.name, hidden=True)
            public = self._course.check_file(self._assignment, exercise.name)
            for path in (public, hidden):
                if not path.exists():
                    self._audit.found("is missing", path)

    # -- what must be run ------------------------------------------------------------------------

    def _check_reference(self) -> None:
        submission = reference_submission(self._course, self._assignment)
        self._must_pass(self._grade("the reference", submission), "the reference")

    def _check_starter(self) -> None:
        text = "\n".join(unsolved(cell) for cell in self._cells if cell.kind == "code")
        starter = text_submission("starter.py", text, self._assignment.framework)
        for check, result in self._pairs(self._grade("the starter", starter)):
            if result.outcome is not Outcome.NOT_IMPLEMENTED:
                what = f"{check.name}: the starter must end 'not implemented', not "
                self._audit.found(what + f"'{result.outcome.value}'", check.path, check.line)

    def _check_mistakes(self) -> None:
        path = self._course.mistakes_file(self._assignment)
        mistakes = self._course.mistakes(self._assignment)
        self._audit.mistakes = len(mistakes)
        names = {(check.exercise, check.name) for check in self._bench.checks}
        useful: set[tuple[str, str]] = set()
        for mistake in mistakes:
            label = f"{mistake.exercise}/{mistake.name}"
            for name in mistake.caught_by:
                if (mistake.exercise, name) not in names:
                    what = f"{label} names {name}, which is no check"
                    self._audit.found(what, path, mistake.line)
            text = apply_mistake(self._cells, mistake)
            submission = text_submission("mistake.py", text, self._assignment.framework)
            result = self._grade(label, submission, mistake.exercise)
            passed = (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)
            caught = tuple(c.name for c in result.checks if c.outcome not in passed)
            self._audit.caught[label] = caught
            useful |= {(mistake.exercise, name) for name in caught}
            if not caught:
                self._audit.found(f"{label} is caught by no check", path, mistake.line)
            elif set(caught) != set(mistake.caught_by):
                what = f"{label} is caught by {list(caught)}, but names {list(mistake.caught_by)}"
                self._audit.found(what, path, mistake.line)
        for check in self._bench.checks:
            if (check.exercise, check.name) not in useful:
                what = f"{check.name} catches no known mistake"
                self._audit.found(what, check.path, check.line)
        for exercise in self._assignment.exercises:
            count = sum(mistake.exercise == exercise.name for mistake in mistakes)
            if count < MISTAKES_WANTED and path not in self._unfinished:
                what = f"{exercise.name} has {count} known mistakes; write {MISTAKES_WANTED}"
                self._audit.found(what, path)

    def _check_accepted(self) -> None:
        counts = {exercise.name: 0 for exercise in self._assignment.exercises}
        for path in self._course.accepted(self._assignment):
            try:
                submission = read_submission(path, self._assignment.name)
            except SubmissionError as error:
                self._audit.found(str(error), path)
                continue
            defined = [name for name in counts if _defines(submission, name)]
            for name in defined:
                counts[name] += 1
                self._audit.accepted += 1
                result = self._grade(f"{path.name}: {name}", submission, name)
                self._must_pass(result, f"{path.name}: {name}")
        directory = self._course.accepted_dir(self._assignment)
        unfinished = any(path.parent == directory for path in self._unfinished)
        for name, count in counts.items():
            if count < VARIANTS_WANTED and not unfinished:
                what = f"{name} has {count} accepted variants; write {VARIANTS_WANTED}"
                self._audit.found(what, directory)

    def _check_junk(self) -> None:
        for label, template in _JUNK.items():
            text = "\n".join(template.format(name=e.name) for e in self._assignment.exercises)
            junk = text_submission("junk.py", text, self._assignment.framework)
            for check, result in self._pairs(self._grade(label, junk)):
                if result.outcome is Outcome.PASSED:
                    what = f"{check.name} gives {check.points} points to a function that {label}"
                    self._audit.found(what, check.path, check.line)

    # -- helpers ---------------------------------------------------------------------------------

    def _checks_of(self, exercise: str) -> list[Check]:
        return [check for check in self._bench.checks if check.exercise == exercise]

    def _grade(self, label: str, submission: Submission, exercise: str | None = None) -> Result:
        self._progress(f"{self._assignment.name}: {label}")
        only = frozenset([exercise]) if exercise else None
        result = self._bench.grade(Job(label, submission, only), self._zygote)
        for check, ended in self._pairs(result):
            if ended.outcome is Outcome.INTERNAL and label != "the reference":
                # on a learner's work it would leave a class without grades
                what = f"{check.name} breaks on {label}: {ended.message}"
                self._audit.found(what, check.path, check.line)
        return result

    def _pairs(self, result: Result) -> Iterable[tuple[Check, CheckResult]]:
        by_name = {(check.exercise, check.name): check for check in self._bench.checks}
        return [(by_name[(r.exercise, r.name)], r) for r in result.checks]

    def _must_pass(self, result: Result, label: str) -> None:
        for check, outcome in self._pairs(result):
            if outcome.outcome not in (Outcome.PASSED, Outcome.SKIPPED):
                what = f"{label} must pass {check.name}, but: {outcome.outcome.value}: "
                self._audit.found(what + outcome.message, check.path, check.line)


def _left_to_write(path: Path) -> list[Finding]:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [
        Finding("is left to write", path, number) for number, line in lines if WRITE_HERE in line
    ]


def _defines(submission: Submission, name: str) -> bool:
    starts = (f"def {name}(", f"class {name}(", f"class {name}:", f"{name} =")
    lines = (line for chunk in submission.chunks for line in chunk.text.splitlines())
    return any(line.startswith(starts) for line in lines)
