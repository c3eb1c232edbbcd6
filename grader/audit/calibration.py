"""The audit's question to every tolerance: does it let right solutions through, and why so wide?"""

from __future__ import annotations

import itertools

from grader.course.catalogue import Course
from grader.course.tolerances import read_tolerances, stale, write_tolerances
from grader.exercise import Assignment

from .findings import Finding, Progress, silent
from .many_seeds import SeedRuns, try_seeds


def calibrate(
    course: Course,
    assignment: Assignment,
    seeds: int,
    write: bool = False,
    progress: Progress = silent,
) -> tuple[SeedRuns, list[Finding]]:
    """Try right solutions under *seeds* seeds; return what became of them, and what to mend.

    Args:
        write: record the errors seen beside the checks, instead of comparing them with the record.

    Raises:
        AuthoringError: the checks or the reference are broken.
    """
    trials = try_seeds(course, assignment, range(course.seed, course.seed + seeds), progress)
    findings = _misjudged(trials, seeds)
    for name, folder in course.folders(assignment).items():
        path, seen = folder.tolerances, trials.errors.get(name, {})
        if write:
            write_tolerances(path, seen)
            continue
        what = stale(read_tolerances(path), seen)
        if what:
            text = f"{name}: {what}; run `gradproof audit {assignment.name} --calibrate`"
            findings.append(Finding(text, path if path.exists() else None))
    return trials, findings


def _misjudged(trials: SeedRuns, seeds: int) -> list[Finding]:
    """Return a finding for each check and candidate, with the first seed to try again."""
    by_what = itertools.groupby(trials.misjudged, lambda one: (one.path, one.line, one.what))
    findings = []
    for (path, line, what), group in by_what:
        cases = list(group)
        text = f"{what} under {len(cases)} of {seeds} seeds, {cases[0].seed} for one"
        message = f": {cases[0].message}" if cases[0].message else "; draw inputs that show it"
        findings.append(Finding(text + message, path, line))
    return findings
