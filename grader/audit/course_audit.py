"""The audit: are the checks themselves right?

A check earns its place by the mistakes it catches. For every assignment the reference must pass,
the starter must score nothing with every check "not implemented", every known mistake must fail
exactly the checks it names, every accepted variant must pass, junk must earn nothing, a spoiled
answer must be noticed, and every check must catch something.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from grader.course.catalogue import Course, catalogue_file
from grader.course.sync import sync
from grader.exercise import Assignment
from grader.grading.setup import (
    plan_for,
    read_or_note,
    reference_for,
    reference_submission,
    submission_of,
)
from grader.numerics.closeness import PRECISION
from grader.sandbox.isolation import STRONGEST
from grader.sandbox.zygote import Zygote
from grader.scoring.session import collected_checks
from grader.submission.framework import libraries

from .assignment_audit import Auditor, left_to_write
from .calibration import calibrate
from .findings import Audit, CourseAudit, Finding, Progress, silent
from .mutation_testing import mutate

#: seeds that an audit tries unless told otherwise; what goes wrong now and then takes more
SEEDS = 3


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """How far an audit goes.

    Attributes:
        mutants: whether every small edit of the references is graded, too.

        seeds: how many seeds right solutions and known mistakes are tried under.

        calibrate: whether what right solutions are off by is recorded, not compared.

        fresh: whether mutants are graded that nothing has changed for since an earlier audit.

        level: the strongest isolation to try, one of ``walls.LEVELS``.
    """

    mutants: bool = False
    seeds: int = SEEDS
    calibrate: bool = False
    fresh: bool = False
    level: str = STRONGEST


def audit(
    course: Course, names: Sequence[str], progress: Progress, options: AuditOptions
) -> CourseAudit:
    """Audit the assignments called *names*; if asked for, find the mutants that survive, too.

    Raises:
        AuthoringError: an assignment is too broken to be audited.
    """
    whole = audit_course(course, names, progress, options.level)
    for one in whole.audits:
        whole.findings += _try_seeds(course, one, progress, options)
    for name in names if options.mutants else ():
        assignment, processes = course.assignment(name), os.cpu_count() or 1
        mutations, findings = mutate(
            course, assignment, progress, processes, options.level, options.fresh
        )
        whole.mutations += mutations
        whole.findings += findings
    return whole


def _try_seeds(
    course: Course, audit: Audit, progress: Progress, options: AuditOptions
) -> list[Finding]:
    """Let right solutions and known mistakes show what they do under other seeds."""
    assignment = course.assignment(audit.assignment)
    trials, findings = calibrate(course, assignment, options.seeds, options.calibrate, progress)
    audit.findings += findings
    audit.runs = trials.runs
    audit.chances = {f"{exercise}/{name}": n for (exercise, name), n in trials.chances.items()}
    allowed = {e.name: PRECISION | dict(e.precision) for e in assignment.exercises}
    audit.tolerances = {
        name: {dtype: allowed[name][dtype] for dtype in sorted(errors)}
        for name, errors in trials.errors.items()
    }
    return findings


def audit_course(
    course: Course, names: Sequence[str], progress: Progress, level: str = STRONGEST
) -> CourseAudit:
    """Audit the assignments called *names*, and whether starters are up to date.

    Raises:
        AuthoringError: an assignment is too broken to be audited.
    """
    whole = CourseAudit()
    whole.findings += left_to_write(catalogue_file(course.root))
    report = sync(course, write=False)
    whole.findings += [Finding("is stale; run `gradproof sync`", path) for path in report.changed]
    whole.findings += [Finding("is made by no source; remove it", path) for path in report.stray]
    assignments = [course.assignment(name) for name in names]
    with Zygote(_libraries(course, assignments), level) as zygote:
        for assignment in assignments:
            audit = audit_assignment(course, assignment, zygote, progress)
            whole.audits.append(audit)
            whole.findings += audit.findings
    return whole


def _libraries(course: Course, assignments: Sequence[Assignment]) -> list[str]:
    """Return what references, accepted variants and offences are written with."""
    submissions = []
    for assignment in assignments:
        submissions.append(reference_submission(course, assignment))
        folders = course.folders(assignment).values()
        offences = [path for folder in folders for path in folder.offences]
        for path in (*course.accepted(assignment), *offences):
            submissions.append(submission_of(read_or_note(path, assignment, path.name, "")))
    return libraries(submissions)


def audit_assignment(
    course: Course, assignment: Assignment, zygote: Zygote, progress: Progress = silent
) -> Audit:
    """Audit one assignment.

    Raises:
        AuthoringError: it is too broken to be audited further.
    """
    audit = Audit(assignment.name, exercises=len(assignment.exercises))
    auditor = Auditor(course, assignment, zygote, audit, progress)
    plan, reference = plan_for(course, assignment), reference_for(course, assignment)
    with collected_checks(plan, reference) as runner:
        return auditor.run(runner)
