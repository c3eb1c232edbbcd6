"""The audit's question to every tolerance: does it let right solutions through, and why so wide?"""

from __future__ import annotations

from grader.exercise import Assignment

from .audit import Finding
from .catalogue import Course
from .tolerances import stale, write_tolerances
from .trials import Progress, Trials, try_seeds


def calibrate(
    course: Course,
    assignment: Assignment,
    seeds: int,
    write: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> tuple[Trials, list[Finding]]:
    """Try right solutions under *seeds* seeds; return what became of them, and what to mend.

    Args:
        write: record the errors seen beside the checks, instead of comparing them with the record.

    Raises:
        AuthoringError: the checks or the reference are broken.
    """
    trials = try_seeds(course, assignment, range(course.seed, course.seed + seeds), progress)
    findings = [Finding(one.what, one.path, one.line) for one in trials.rejected]
    path = course.tolerances_file(assignment)
    errors = {e.name: trials.errors.get(e.name, {}) for e in assignment.exercises}
    if write:
        write_tolerances(path, errors)
        return trials, findings
    recorded = course.tolerances(assignment)
    for name, seen in errors.items():
        what = stale(recorded.get(name, {}), seen)
        if what:
            text = f"{name}: {what}; run `gradproof audit {assignment.name} --calibrate`"
            findings.append(Finding(text, path if path.exists() else None))
    return trials, findings
