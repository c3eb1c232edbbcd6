"""The audit: tests the checks of a course.

Its unit is the exercise. Anything that has not changed since an earlier audit is not run again. The
rest runs on all cores, in processes that are forked after the checks are collected.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from itertools import groupby, islice

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment, Exercise
from grader.language import _, listed
from grader.sandbox.isolation import STRONGEST
from grader.scoring.executor import EndedJob, grade_all

from . import calibration
from .audit_report import CourseAudit, ExerciseAudit
from .calibration import Calibrated, calibrate
from .exercise_audit import caught_always, judge, largest_errors
from .files import course_findings
from .findings import Progress, in_order
from .fingerprint import Fingerprints, trial_key
from .kept_results import KeptResults, read_results, write_results
from .measurement import Measurement
from .mutation_testing import mutate
from .promise_audit import kept_promises
from .record import Recorded, record, record_promises
from .sessions import open_sessions, zygote_for
from .starter_runs import starter_findings
from .trial_runner import Batch, TrialRunner
from .trials import SEEDS, AuditedExercise, Trial, read_exercises, trials_of

#: the number of trials of one exercise that a process takes at a time
_BATCH = 12


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """The options of an audit.

    Attributes:
        mutants: whether to grade every small edit of the references, too.

        seeds: the number of seeds to run correct solutions and known mistakes with.

        record: whether to write the checks that catch a known mistake or hold a promise, instead of
            comparing them.

        calibrate: whether to record the errors of correct solutions, instead of comparing them.

        widen: whether a calibration may make tolerances more than twice as wide.

        tighten: whether it may make them narrower.

        fresh: whether to run everything again, even if nothing changed.

        level: the strongest isolation to try, one of ``walls.LEVELS``.
    """

    mutants: bool = False
    seeds: int = SEEDS
    record: bool = False
    calibrate: bool = False
    widen: bool = False
    tighten: bool = False
    fresh: bool = False
    level: str = STRONGEST

    @property
    def right_seeds(self) -> int:
        """The number of seeds to run correct solutions with."""
        return max(self.seeds, calibration.SEEDS) if self.calibrate else self.seeds

    @property
    def mistake_seeds(self) -> int:
        """How many seeds known mistakes are tried under, up to :data:`.trials.MISTAKE_SEEDS`."""
        return max(self.seeds, calibration.SEEDS) if self.record else self.seeds


def audit(
    course: Course, names: Sequence[str], progress: Progress, options: AuditOptions
) -> CourseAudit:
    """Audit the assignments, and exercises as ``assignment/exercise``, in *names*.

    Args:
        names: empty for the whole course.

    Raises:
        AuthoringError: an exercise is too broken to be audited.

        UsageError: there is no such assignment or exercise.
    """
    units = exercises_named(course, names)
    exercises, unreadable = read_exercises(course, units)
    run = _Run(course, exercises, options, progress)
    run.measure()
    whole = CourseAudit(recorded=run.record(), calibrated=run.calibrate())
    if whole.recorded or whole.calibrated:
        # The files have changed, and with them line numbers.
        course = Course.load(course.root)
        exercises, unreadable = read_exercises(course, exercises_named(course, names))
    findings = [*unreadable, *course_findings(course, exercises)]
    assignments = list(dict.fromkeys(one.assignment for one in exercises))
    findings += starter_findings(course, assignments)
    whole.audits = [run.judged(one) for one in exercises]
    skipped = {one for exercise in exercises for one in exercise.skipped}
    whole.skipped = Counter(framework for framework, _path in skipped)
    if options.mutants:
        level, fresh = options.level, options.fresh
        whole.mutations, found = mutate(exercises, progress, os.cpu_count() or 1, level, fresh)
        findings += found
    findings += [finding for one in whole.audits for finding in one.findings]
    whole.findings = in_order(findings)
    return whole


def mutation_scores(
    course: Course, units: Sequence[tuple[Assignment, Exercise]], progress: Progress
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return how many mutants of each exercise were killed, and how many are not equivalent.

    Raises AuthoringError.
    """
    exercises, _unreadable = read_exercises(course, units)
    found, _findings = mutate(exercises, progress, os.cpu_count() or 1)
    return {
        (one.assignment, one.exercise): (one.killed, one.mutants - len(one.equivalents))
        for one in found
    }


def exercises_named(course: Course, names: Sequence[str]) -> list[tuple[Assignment, Exercise]]:
    """Return the exercises in *names*, in the course's order; all if it is empty.

    Raises:
        UsageError: there is no such assignment or exercise.
    """
    every = [(a, e) for a in course.assignments for e in a.exercises]
    wanted: set[tuple[str, str]] = set()
    for name in names:
        assignment_name, _slash, exercise_name = name.partition("/")
        assignment = course.assignment(assignment_name)
        found = [e.name for e in assignment.exercises if exercise_name in ("", e.name)]
        if not found:
            text = _("There is no exercise {name} in {assignment}; choose from {others}.")
            others = listed(exercise.name for exercise in assignment.exercises)
            raise UsageError(
                text.format(name=exercise_name, assignment=assignment.name, others=others)
            )
        wanted |= {(assignment.name, one) for one in found}
    return [(a, e) for a, e in every if not names or (a.name, e.name) in wanted]


class _Run:
    """The state of a running audit."""

    def __init__(
        self,
        course: Course,
        exercises: Sequence[AuditedExercise],
        options: AuditOptions,
        progress: Progress,
    ) -> None:
        self._course = course
        self._exercises = exercises
        self._options = options
        self._progress = progress
        self._kept: dict[str, KeptResults] = {}
        self._measured: dict[str, dict[Trial, Measurement]] = {}
        self._changed: set[str] = set()
        #: the reasons why batches could not be measured, by exercise
        self._problems: dict[str, list[str]] = {}

    def measure(self) -> None:
        """Measure what is not known from an earlier audit, and keep the results."""
        fingerprints = Fingerprints(self._options.level)
        todo: list[Batch] = []
        order: dict[str, list[Trial]] = {}
        for one in self._exercises:
            kept = read_results(self._course.root, one.label, fingerprints.of(one))
            if self._options.fresh:
                kept.trials.clear()
            self._kept[one.label] = kept
            seeds, right_seeds = self._options.mistake_seeds, self._options.right_seeds
            trials = list(trials_of(one, seeds, right_seeds))
            keys = {trial: trial_key(trial) for trial in trials}
            known = {t: kept.trials[key] for t, key in keys.items() if key in kept.trials}
            todo += _batches(one, [trial for trial in trials if trial not in known])
            self._measured[one.label] = known
            order[one.label] = trials
        if todo:
            self._grade(todo)
        for label, trials in order.items():
            found = self._measured[label]
            self._measured[label] = {trial: found[trial] for trial in trials if trial in found}

    def _grade(self, todo: Sequence[Batch]) -> None:
        exercises = list({batch.audited.label: batch.audited for batch in todo}.values())
        self._changed = {one.label for one in exercises}
        count = min(os.cpu_count() or 1, len(todo))
        walled = any(batch.walled for batch in todo)
        with ExitStack() as stack:
            # It starts while the checks are collected.
            started = zygote_for(exercises, self._options.level) if walled else nullcontext()
            first = stack.enter_context(started)
            sessions = stack.enter_context(open_sessions(exercises))
            for one in exercises:
                self._kept[one.label].checks = sessions[one.assignment.name].facts(one.name)
            others = [first and stack.enter_context(first.clone()) for _ in range(1, count)]
            measure = TrialRunner(sessions).measure
            try:
                ends = grade_all(todo, [first, *others], measure, may_kill=True)
                for done, ended in enumerate(ends, 1):
                    self._progress(ended.job.audited.label, done, len(todo))
                    self._take(ended)
            finally:
                # After Ctrl-C, too: the next run continues from here.
                for one in exercises:
                    write_results(self._course.root, one.label, self._kept[one.label])

    def _take(self, ended: EndedJob[Batch, list[Measurement]]) -> None:
        label = ended.job.audited.label
        if ended.result is None:
            tried = ", ".join(trial.label for trial in ended.job.trials)
            self._problems.setdefault(label, []).append(f"{ended.error}, with one of: {tried}")
            return
        for trial, measurement in zip(ended.job.trials, ended.result, strict=True):
            self._measured[label][trial] = measurement
            if measurement.certain:
                self._kept[label].trials[trial_key(trial)] = measurement

    def record(self) -> list[Recorded]:
        """Write the checks that catch known mistakes and hold promises, if requested."""
        done: list[Recorded] = []
        for one in self._exercises if self._options.record else ():
            measured = self._measured[one.label]
            caught = caught_always(measured)
            done += record(one.label, one.folder.mistakes, one.mistakes, caught)
            kept = kept_promises(one, measured)
            done += record_promises(one.label, one.folder.promises, kept)
        return done

    def calibrate(self) -> list[Calibrated]:
        """Record the errors of correct solutions, if requested."""
        exercises = self._exercises if self._options.calibrate else ()
        widen, tighten = self._options.widen, self._options.tighten
        return [
            calibrated
            for one in exercises
            for calibrated in calibrate(
                one.label,
                one.folder.tolerances,
                largest_errors(self._measured[one.label]),
                widen,
                tighten,
            )
        ]

    def judged(self, audited: AuditedExercise) -> ExerciseAudit:
        """Return the audit of an exercise."""
        label = audited.label
        audited_now = judge(audited, self._kept[label].checks, self._measured[label])
        audited_now.unchanged = label not in self._changed
        for problem in self._problems.get(label, ()):
            audited_now.found(f"{label} could not be audited: {problem}", audited.folder.path)
        return audited_now


def _batches(audited: AuditedExercise, trials: Sequence[Trial]) -> Iterator[Batch]:
    """Yield *trials* as batches of one seed each."""
    for seed, group in groupby(trials, key=lambda trial: trial.seed):
        # The reference's answers for a seed are computed once for a batch.
        size = _BATCH if seed == audited.course.seed else len(trials)
        while batch := tuple(islice(group, size)):
            yield Batch(audited, seed, batch)
