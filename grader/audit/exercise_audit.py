"""The audit of one exercise: what its author must fix, judged by the results of its trials.

A check earns its place by the mistakes it catches. The reference and every accepted variant must
pass, under every seed; the starter must score nothing with every check "not implemented"; every
known mistake must fail exactly the checks it names; every broken promise must fail the checks that
hold it; no uninformed answer may earn a point; some
check must fail on each corrupted answer; and every check must catch something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from grader.course import scaffold_templates
from grader.course.catalogue import catalogue_file
from grader.course.tolerances import read_tolerances, stale
from grader.course.toml_file import TomlFile
from grader.numerics.closeness import PRECISION
from grader.outcome import Outcome

from .audit_report import ExerciseAudit
from .equivalents import read_harmless
from .findings import Finding, about
from .inputs_audit import judged_inputs
from .kept_results import CheckFacts
from .measurement import CheckEnd, Measurement, keep_largest
from .offences import offence_finding
from .promise_audit import judged_promises
from .trials import AuditedExercise, Kind, Trial

MISTAKES_WANTED = 3
VARIANTS_WANTED = 3

_MEND_BROKEN = "(Authors: fix the check, its inputs or the reference.)"

_PASSES = (Outcome.PASSED, Outcome.SKIPPED)

#: trials and their measurements
Measured = Mapping[Trial, Measurement]


def judge(
    audited: AuditedExercise, checks: Sequence[CheckFacts], measured: Measured
) -> ExerciseAudit:
    """Return the audit of an exercise."""
    return _Judge(audited, checks, measured).judge()


def caught_always(measured: Measured) -> dict[str, tuple[str, ...]]:
    """Return the checks that caught each mistake under every seed, by the mistakes' names."""
    return {
        name: tuple(check for check, missed in checks.items() if not missed)
        for name, (checks, _seeds) in _misses(measured).items()
    }


def _misses(measured: Measured) -> dict[str, tuple[dict[str, list[int]], int]]:
    """Return the checks that caught each mistake at all, and how many seeds it was tried under.

    Each check comes with the seeds under which it passed the mistake.
    """
    runs: dict[str, list[tuple[int, Measurement]]] = {}
    for trial, measurement in measured.items():
        if trial.kind == "mistake":
            runs.setdefault(trial.name, []).append((trial.seed, measurement))
    found = {}
    for name, tried in runs.items():
        misses: dict[str, list[int]] = {}
        for end in (end for _seed, measurement in tried for end in measurement.checks):
            misses.setdefault(end.name, [])
        caught = {check for _seed, measurement in tried for check in measurement.caught}
        for seed, measurement in tried:
            for end in measurement.checks:
                if end.outcome in (*_PASSES, Outcome.BLOCKED):
                    misses[end.name].append(seed)
        kept = {check: seeds for check, seeds in misses.items() if check in caught}
        found[name] = (kept, len(tried))
    return found


def largest_errors(measured: Measured) -> dict[str, float]:
    """Return the largest relative error of a correct solution, by dtype."""
    errors: dict[str, float] = {}
    for trial, measurement in measured.items():
        if trial.must_pass:
            keep_largest(errors, measurement.errors)
    return errors


def left_to_write(path: Path) -> list[Finding]:
    """Return the lines of *path* that still contain a scaffold's instructions."""
    return [
        Finding(f"is left to write: {'; '.join(wanted)}", path, number)
        for number, wanted in scaffold_templates.left_to_write(path.read_text("utf-8"))
    ]


class _Judge:
    def __init__(
        self, audited: AuditedExercise, checks: Sequence[CheckFacts], measured: Measured
    ) -> None:
        self._audited = audited
        self._folder = audited.folder
        self._measured = measured
        self._checks = {check.name: check for check in checks}
        self._audit = ExerciseAudit(audited.assignment.name, audited.name, list(checks))

    def judge(self) -> ExerciseAudit:
        self._check_points()
        self._check_broken()
        self._check_right()
        self._check_sentences()
        self._check_inputs()
        self._check_starter()
        self._check_mistakes()
        self._check_promises()
        self._check_uninformed()
        self._check_corrupted()
        self._check_offences()
        self._check_tried_once()
        self._check_seeds()
        self._check_tolerances()
        return self._audit

    def _trials(self, *kinds: Kind) -> Iterator[tuple[Trial, Measurement]]:
        """Yield the trials of some *kinds* with the course's own seed."""
        for trial, measurement in self._measured.items():
            if trial.kind in kinds and trial.seed == self._audited.course.seed:
                yield trial, measurement

    def _found(self, what: str, check: str) -> None:
        """Note a finding about a check."""
        facts = self._checks[check]
        path = self._folder.hidden if facts.hidden else self._folder.public
        self._audit.found(what, path, facts.line)

    def _found_in_catalogue(self, what: str, key: str) -> None:
        """Note a finding about a *key* of the exercise's entry."""
        course, assignment = self._audited.course, self._audited.assignment
        place = course.assignments.index(assignment)
        number = assignment.exercises.index(self._audited.exercise)
        path = catalogue_file(course.root)
        line = TomlFile.read(path).line(f"$.assignment[{place}].exercise[{number}].{key}")
        self._audit.found(what, path, line)

    def _check_points(self) -> None:
        exercise = self._audited.exercise
        total = sum((check.points for check in self._checks.values()), Fraction(0))
        if total == exercise.points:
            return
        what = f"{exercise.name} is worth {exercise.points} points, its checks give {total}"
        self._found_in_catalogue(f"{what}; change one", "points")

    def _check_broken(self) -> None:
        """Look for checks that break: they would leave a class without grades."""
        told: set[str] = set()
        for trial, measurement in self._measured.items():
            for end in measurement.checks:
                if end.outcome is Outcome.INTERNAL and end.name not in told:
                    told.add(end.name)
                    what = f"{end.name} breaks on {self._named(trial)}: {end.message}"
                    self._found(f"{what} {_MEND_BROKEN}", end.name)

    def _named(self, trial: Trial) -> str:
        """Return the name of a trial in messages."""
        match trial.kind:
            case "mistake" | "offence":
                return f"{self._audited.name}/{trial.name}"
            case "uninformed":
                return f"a function that {trial.name}"
            case "corrupted":
                return f"an answer that {trial.name}"
            case "variant":
                return f"{trial.name}.py"
            case "promise":
                return f"the broken promise {trial.name!r}"
            case "starter":
                return trial.label
        return f"the {trial.kind}"

    def _check_right(self) -> None:
        for trial, measurement in self._trials("reference", "variant"):
            if trial.kind == "variant":
                self._audit.variants[trial.name] = measurement.failed
            for end in _not_passed(measurement):
                what = f"{self._named(trial)} must pass {end.name}, but: {end.outcome.value}: "
                self._found(what + end.message, end.name)

    def _check_sentences(self) -> None:
        """A check that asserts more than values says what its sentence speaks of."""
        for _trial, measurement in self._trials("reference"):
            for check, subjects in measurement.unsaid.items():
                mark = ", ".join(f'"{subject}"' for subject in subjects)
                what = f"{check} would fail for wrong values, too, whatever its sentence says; put "
                self._found(f"{what}@says({mark}) above it", check)

    def _check_inputs(self) -> None:
        """What an argument never was, no check has looked at."""
        gaps, idle = judged_inputs(self._audited, self._measured)
        folder, name = self._folder, self._audited.name
        path = folder.hidden if folder.hidden.exists() else folder.public
        for gap in gaps:
            self._audit.found(f"{name}: {gap.what}; {gap.remedy}", path)
        for gap in idle:
            self._found_in_catalogue(f"{name}: {gap.argument} {gap.what}", "varies")

    def _check_starter(self) -> None:
        for trial, measurement in self._trials("starter"):
            for end in measurement.checks:
                if end.outcome is not Outcome.NOT_IMPLEMENTED:
                    what = f"{end.name}: {trial.label} must end 'not implemented', not "
                    self._found(f"{what}'{end.outcome.value}'", end.name)

    def _check_mistakes(self) -> None:
        name, path = self._audited.name, self._folder.mistakes
        self._audit.mistakes = list(self._audited.mistakes)
        self._audit.caught = caught_always(self._measured)
        misses = _misses(self._measured)
        for mistake in self._audited.mistakes:
            if mistake.name not in self._audit.caught:
                continue  # It could not be run.
            label, caught = f"{name}/{mistake.name}", self._audit.caught[mistake.name]
            sometimes = self._check_always(label, *misses[mistake.name])
            named = set(mistake.caught_by) - sometimes
            unknown = [check for check in mistake.caught_by if check not in self._checks]
            for check in unknown:
                what = f"{label} names {check}, which is not a check; fix the name"
                self._audit.found(what, path, mistake.line)
            record = f"run `gradproof audit {self._audited.label} --record`"
            if not caught and not sometimes:
                what = f"{label} is not caught by any check; write one that catches it"
            elif caught and not mistake.caught_by:
                what = f"{label} does not say what catches it; {record}"
            elif caught and set(caught) != named:
                what = (
                    f"{label} is caught by {', '.join(caught)}, but its caught_by says "
                    f"{', '.join(mistake.caught_by)}; fix the checks, or {record}"
                )
            else:
                continue
            self._audit.found(what, path, mistake.line)
        useful = {check for checks, _seeds in misses.values() for check in checks}
        for check in self._checks:
            if check not in useful:
                self._found(f"{check} catches no known mistake; add one, or remove it", check)
        count = len(self._audited.mistakes)
        if count < MISTAKES_WANTED and not (path.exists() and left_to_write(path)):
            self._audit.found(f"{name} has {count} known mistakes; write {MISTAKES_WANTED}", path)

    def _check_promises(self) -> None:
        self._audit.promises, findings = judged_promises(self._audited, self._measured)
        self._audit.explains = self._audited.promises.explains
        self._audit.findings += about(self._audit.label, findings)

    def _check_always(self, label: str, misses: Mapping[str, list[int]], seeds: int) -> set[str]:
        """Return the checks that catch a mistake under some seeds only; each is a finding."""
        sometimes = {check: missed for check, missed in misses.items() if missed}
        for check, missed in sometimes.items():
            what = f"{check} catches {label} under {seeds - len(missed)} of {seeds} seeds, "
            self._found(f"{what}not under {missed[0]}; draw inputs that always show it", check)
        return set(sometimes)

    def _check_uninformed(self) -> None:
        """Uninformed answers must not earn points."""
        for trial, measurement in self._trials("uninformed"):
            self._audit.wrong_answers[trial.name] = measurement.failed
            for end in measurement.checks:
                if end.outcome is Outcome.PASSED:
                    points = self._checks[end.name].points
                    what = f"{end.name} gives {points} points to {self._named(trial)}"
                    self._found(what, end.name)

    def _check_corrupted(self) -> None:
        """Some check must notice each corruption of a right answer."""
        name, path = self._audited.name, self._folder.equivalents
        listed = {one.corruption: one for one in read_harmless(path, name)}
        for trial, measurement in self._trials("corrupted"):
            if not measurement.applies:
                continue
            failed = self._audit.wrong_answers[trial.name] = measurement.caught
            harmless = listed.pop(trial.name, None) if not failed else None
            if harmless:
                self._audit.harmless[trial.name] = harmless.reason
            elif not failed:
                what = f"every check of {name} passes {self._named(trial)}; write one that fails"
                self._audit.found(what, self._folder.public)
        for one in listed.values():
            what = f"{name}: a check notices an answer that {one.corruption}; remove the entry"
            self._audit.found(what, path, one.line)

    def _check_offences(self) -> None:
        """The use of forbidden names must be reported."""
        known = {offence.name: offence for offence in self._audited.offences}
        for trial, measurement in self._trials("offence"):
            finding = offence_finding(known[trial.name], measurement.checks)
            self._audit.findings += about(self._audit.label, [finding] if finding else [])

    def _check_tried_once(self) -> None:
        """Forbidden names exist, and so does the call that a lecture would try."""
        for _trial, measurement in self._trials("forbidden"):
            if measurement.problem:
                self._found_in_catalogue(measurement.problem, "forbidden")
        for _trial, measurement in self._trials("inputs"):
            if measurement.problem:
                line = measurement.line or None
                self._audit.found(measurement.problem, self._folder.inputs, line)

    def _check_seeds(self) -> None:
        """Look for correct solutions that only other seeds than the course's own reject."""
        seeds = {trial.seed for trial in self._measured if trial.kind == "reference"}
        seen: dict[tuple[str, str], list[tuple[int, str]]] = {}
        for trial, measurement in self._measured.items():
            if trial.must_pass:
                for end in _not_passed(measurement):
                    what = f"{end.name} rejects {self._named(trial)}"
                    message = f": {end.outcome.value}: {end.message}"
                    seen.setdefault((end.name, what), []).append((trial.seed, message))
        for (check, what), cases in seen.items():
            seed, message = cases[0]
            if any(seed == self._audited.course.seed for seed, _message in cases):
                continue  # already reported
            text = f"{what} under {len(cases)} of {len(seeds)} seeds, such as {seed}{message}"
            self._found(text, check)

    def _check_tolerances(self) -> None:
        """Compare the errors of correct solutions with the recorded ones."""
        for trial, measurement in self._measured.items():
            if trial.must_pass:
                self._audit.runs += 1
                for check, count in measurement.chances.items():
                    self._audit.chances[check] = max(count, self._audit.chances.get(check, 0))
        self._audit.errors = largest_errors(self._measured)
        exercise, path = self._audited.exercise, self._folder.tolerances
        allowed = PRECISION | dict(exercise.precision)
        self._audit.tolerances = {dtype: allowed[dtype] for dtype in sorted(self._audit.errors)}
        what = stale(read_tolerances(path), self._audit.errors)
        if what:
            text = f"{exercise.name}: {what}; run `gradproof audit {self._audited.label} "
            self._audit.found(f"{text}--calibrate`", path if path.exists() else None)


def _not_passed(measurement: Measurement) -> list[CheckEnd]:
    """Return the checks that did not accept a correct solution."""
    return [end for end in measurement.checks if end.name in measurement.failed]
