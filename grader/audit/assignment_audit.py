"""What an audit asks of one assignment, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from grader.checks.plugin import Check
from grader.course.catalogue import Course, apply_mistake, catalogue_file
from grader.course.scaffold_templates import WRITE_HERE
from grader.course.source import unsolved
from grader.course.toml_file import TomlFile
from grader.errors import SubmissionError
from grader.exercise import Assignment, Submission
from grader.grading.setup import has_exercise, reference_submission, text_submission
from grader.outcome import CheckResult, Outcome, Result
from grader.sandbox.zygote import Zygote
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import EndedCheck, Observe
from grader.scoring.plan import Job
from grader.submission.read import read_submission

from .equivalents import read_harmless
from .findings import Audit, Finding, Progress
from .junk import EMPTY_HANDED, Answers, empty_handed, spoiled
from .offences import offence_findings

MISTAKES_WANTED = 3
VARIANTS_WANTED = 3

#: what a check calls that minds the dtype of a result
_ASKS_FOR_DTYPE = "assert_dtype_kept"

_MEND_BROKEN = "(Authors: mend the check, its inputs or the reference.)"


class Auditor:
    """Audits one assignment, in a session with its checks collected."""

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
        self._answers = {exercise.name: Answers() for exercise in assignment.exercises}
        self._broken: set[Check] = set()
        self._done = 0
        self._steps = 0

    def run(self, runner: CheckRunner) -> Audit:
        """Audit with the collected checks."""
        self._runner = runner
        self._audit.checks = list(runner.checks)
        self._audit.mistakes = list(self._course.mistakes(self._assignment))
        self._course.promises(self._assignment)  # one that no check holds stops the audit
        self._check_points()
        self._check_words()
        self._check_files()
        variants = self._read_accepted()
        folders = self._course.folders(self._assignment).values()
        offences = sum(len(folder.offences) for folder in folders)
        self._steps = 2 + len(self._audit.mistakes) + len(variants) + len(EMPTY_HANDED) + offences
        self._check_reference()
        self._steps += sum(len(self._ways(name)) for name in self._answers)
        self._check_starter()
        self._check_mistakes()
        self._check_accepted(variants)
        self._check_junk()
        self._check_spoiled()
        self._check_offences()
        return self._audit

    # -- what can be seen without running --------------------------------------------------------

    def _check_points(self) -> None:
        path = catalogue_file(self._course.root)
        file, place = TomlFile.read(path), self._course.assignments.index(self._assignment)
        for number, exercise in enumerate(self._assignment.exercises):
            total = sum((c.points for c in self._checks_of(exercise.name)), Fraction(0))
            if total != exercise.points:
                what = f"{exercise.name} is worth {exercise.points} points, its checks give {total}"
                line = file.line(f"$.assignment[{place}].exercise[{number}].points")
                self._audit.found(f"{what}; change one", path, line)

    def _check_words(self) -> None:
        """A scaffold's instructions to its author must be gone."""
        for directory in (
            self._course.reference(self._assignment).parent,
            self._course.checks_dir(self._assignment),
        ):
            for path in sorted(directory.rglob("*")):
                found = left_to_write(path) if path.suffix in (".py", ".toml") else []
                self._audit.findings += found
                if found:
                    self._unfinished.add(path)

    def _check_files(self) -> None:
        folders = self._course.folders(self._assignment).values()
        known = {path for folder in folders for path in (folder.path, *folder.known)}
        directory = self._course.checks_dir(self._assignment)
        for home in (directory, *(folder.path for folder in folders)):
            for path in sorted(home.iterdir()):
                if path not in known and path.name != "__pycache__" and path.name[0] != ".":
                    self._audit.found("belongs to no exercise; rename or remove it", path)
        for folder in folders:
            for path in (folder.public, folder.hidden):
                if not path.exists():
                    self._audit.found("is missing; write it", path)

    # -- what must be run ------------------------------------------------------------------------

    def _check_reference(self) -> None:
        submission = reference_submission(self._course, self._assignment)
        result = self._grade("the reference", submission, observe=self._keep_answers)
        self._must_pass(result, "the reference")

    def _keep_answers(self, ended: Sequence[EndedCheck]) -> None:
        """Note what the reference answers."""
        for one in ended:
            self._answers[one.check.exercise].take(one.trace)

    def _check_starter(self) -> None:
        text = "\n".join(unsolved(cell) for cell in self._cells if cell.kind == "code")
        starter = text_submission("starter.py", text, self._assignment.framework)
        for check, result in self._pairs(self._grade("the starter", starter)):
            if result.outcome is not Outcome.NOT_IMPLEMENTED:
                what = f"{check.name}: the starter must end 'not implemented', not "
                self._audit.found(what + f"'{result.outcome.value}'", check.path, check.line)

    def _check_mistakes(self) -> None:
        names = {(check.exercise, check.name) for check in self._runner.checks}
        useful: set[tuple[str, str]] = set()
        for mistake in self._audit.mistakes:
            label = f"{mistake.exercise}/{mistake.name}"
            path = self._course.folder(self._assignment, mistake.exercise).mistakes
            for name in mistake.caught_by:
                if (mistake.exercise, name) not in names:
                    what = f"{label} names {name}, which is no check; mend the name"
                    self._audit.found(what, path, mistake.line)
            text = apply_mistake(self._cells, mistake)
            submission = text_submission("mistake.py", text, self._assignment.framework)
            result = self._grade(label, submission, mistake.exercise)
            caught = self._failed(result)
            self._audit.caught[label] = caught
            useful |= {(mistake.exercise, name) for name in caught}
            if not caught:
                self._audit.found(
                    f"{label} is caught by no check; write one that does", path, mistake.line
                )
            elif set(caught) != set(mistake.caught_by):
                what = f"{label} is caught by {list(caught)}, but names {list(mistake.caught_by)}"
                what += "; mend its caught_by, or the checks"
                self._audit.found(what, path, mistake.line)
        for check in self._runner.checks:
            if (check.exercise, check.name) not in useful:
                what = f"{check.name} catches no known mistake; add one, or remove it"
                self._audit.found(what, check.path, check.line)
        for exercise, folder in self._course.folders(self._assignment).items():
            count = sum(mistake.exercise == exercise for mistake in self._audit.mistakes)
            if count < MISTAKES_WANTED and folder.mistakes not in self._unfinished:
                what = f"{exercise} has {count} known mistakes; write {MISTAKES_WANTED}"
                self._audit.found(what, folder.mistakes)

    def _read_accepted(self) -> list[tuple[str, str, Submission]]:
        """Return each variant: the exercise, the name of its file, what is graded."""
        names = [exercise.name for exercise in self._assignment.exercises]
        variants: list[tuple[str, str, Submission]] = []
        for path in self._course.accepted(self._assignment):
            try:
                submission = read_submission(path, self._assignment.name)
            except SubmissionError as error:
                self._audit.found(str(error), path)
                continue
            variants += [(n, path.stem, submission) for n in names if has_exercise(submission, n)]
        return variants

    def _check_accepted(self, variants: Sequence[tuple[str, str, Submission]]) -> None:
        for exercise, name, submission in variants:
            label = f"{name}.py: {exercise}"
            result = self._grade(label, submission, exercise)
            self._audit.variants[f"{exercise}/{name}"] = self._failed(result)
            self._must_pass(result, label)
        directory = self._course.accepted_dir(self._assignment)
        unfinished = any(path.parent == directory for path in self._unfinished)
        counts = Counter(exercise for exercise, _name, _submission in variants)
        for one in self._assignment.exercises:
            if counts[one.name] < VARIANTS_WANTED and not unfinished:
                what = f"{one.name} has {counts[one.name]} accepted variants"
                self._audit.found(f"{what}; write {VARIANTS_WANTED}", directory)

    def _check_junk(self) -> None:
        """What knows nothing passes nothing."""
        for label, junk in empty_handed(self._assignment):
            for check, result in self._pairs(self._grade(label, junk)):
                key = f"{check.exercise}/{label}"
                failed = () if result.outcome is Outcome.PASSED else (check.name,)
                self._audit.junk[key] = self._audit.junk.get(key, ()) + failed
                if not failed:
                    what = f"{check.name} gives {check.points} points to a function that {label}"
                    self._audit.found(what, check.path, check.line)

    def _check_spoiled(self) -> None:
        """What is wrong with an otherwise right answer is noticed by some check."""
        for name, folder in self._course.folders(self._assignment).items():
            listed = {one.junk: one for one in read_harmless(folder.equivalents, name)}
            for way in self._ways(name):
                junk = spoiled(self._cells, name, way, self._assignment.framework)
                label = f"{name}, whose answer {way}"
                result = self._grade(label, junk, name, until_failure=True)
                failed = self._failed(result)
                harmless = listed.pop(way, None) if not failed else None
                self._audit.junk[f"{name}/{way}"] = failed
                if harmless:
                    self._audit.harmless[f"{name}/{way}"] = harmless.reason
                elif not failed:
                    what = (
                        f"every check of {name} passes an answer that {way}; write one that fails"
                    )
                    self._audit.found(what, folder.public)
            for one in listed.values():
                what = f"{name}: a check notices an answer that {one.junk}; remove the entry"
                self._audit.found(what, folder.equivalents, one.line)

    def _check_offences(self) -> None:
        """What is forbidden is told."""
        for exercise in self._assignment.exercises:

            def grade(
                label: str, submission: Submission, only: str = exercise.name
            ) -> Iterable[CheckResult]:
                return self._grade(label, submission, only).checks

            folder = self._course.folder(self._assignment, exercise.name)
            self._audit.findings += offence_findings(exercise, folder, grade)

    def _ways(self, exercise: str) -> list[str]:
        """Return the ways in which an answer to *exercise* can be spoiled."""
        files = {check.path for check in self._checks_of(exercise)}
        dtype_asked = any(_ASKS_FOR_DTYPE in path.read_text("utf-8") for path in files)
        return self._answers[exercise].ways(dtype_asked)

    # -- helpers ---------------------------------------------------------------------------------

    def _checks_of(self, exercise: str) -> list[Check]:
        return [check for check in self._runner.checks if check.exercise == exercise]

    def _grade(
        self,
        label: str,
        submission: Submission,
        exercise: str | None = None,
        until_failure: bool = False,
        observe: Observe | None = None,
    ) -> Result:
        self._done += 1
        self._progress(f"{self._assignment.name}: {label}", self._done, self._steps)
        only = frozenset([exercise]) if exercise else None
        job = Job(label, submission, only, until_failure)
        result = self._runner.grade(job, self._zygote, observe=observe)
        for check, ended in self._pairs(result):
            if ended.outcome is Outcome.INTERNAL and check not in self._broken:
                # on a learner's work it would leave a class without grades
                self._broken.add(check)
                what = f"{check.name} breaks on {label}: {ended.message} {_MEND_BROKEN}"
                self._audit.found(what, check.path, check.line)
        return result

    def _failed(self, result: Result) -> tuple[str, ...]:
        passed = (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)
        return tuple(check.name for check in result.checks if check.outcome not in passed)

    def _pairs(self, result: Result) -> Iterable[tuple[Check, CheckResult]]:
        by_name = {(check.exercise, check.name): check for check in self._runner.checks}
        return [(by_name[(r.exercise, r.name)], r) for r in result.checks]

    def _must_pass(self, result: Result, label: str) -> None:
        for check, outcome in self._pairs(result):
            if outcome.outcome not in (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL):
                what = f"{label} must pass {check.name}, but: {outcome.outcome.value}: "
                self._audit.found(what + outcome.message, check.path, check.line)


def left_to_write(path: Path) -> list[Finding]:
    """Return the lines at *path* in which a scaffold still says what to write."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [
        Finding("is left to write", path, number) for number, line in lines if WRITE_HERE in line
    ]
