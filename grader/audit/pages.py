"""Writes what an audit found as pages to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.exercise import Exercise
from grader.report.audit_page import (
    AssignmentPage,
    CheckLine,
    ExercisePart,
    FindingLine,
    MistakeLine,
    MutantLine,
    MutantsPart,
    TrialLine,
    assignment_page,
    index_page,
)

from .findings import Audit, CourseAudit, Finding, Mutation

T = TypeVar("T")


def write_pages(course: Course, report: CourseAudit, directory: Path) -> Path:
    """Write one page for each assignment of *report* to *directory*; return the index."""
    mutations = {(m.assignment, m.exercise): m for m in report.mutations}
    pages = [_page(course, audit, report, mutations) for audit in report.audits]
    shown = {line for page in pages for line in page.findings}
    others = [line for line in _lines(course, report.findings) if line not in shown]
    index = directory / "index.html"
    texts = {index: index_page(course.title, pages, others)}
    texts |= {directory / f"{page.name}.html": assignment_page(page) for page in pages}
    write_all({path: text.encode() for path, text in texts.items()})
    return index


def _page(
    course: Course,
    audit: Audit,
    report: CourseAudit,
    mutations: Mapping[tuple[str, str], Mutation],
) -> AssignmentPage:
    assignment = course.assignment(audit.assignment)
    homes = (course.checks_dir(assignment), course.reference(assignment).parent)
    mine = [
        finding
        for finding in report.findings
        if finding in audit.findings
        or (finding.path and any(finding.path.is_relative_to(home) for home in homes))
    ]
    parts = []
    for exercise in assignment.exercises:
        mistakes = [
            MistakeLine(m.name, m.hint, audit.caught[f"{m.exercise}/{m.name}"], m.caught_by)
            for m in audit.mistakes
            if m.exercise == exercise.name
        ]
        mutation = mutations.get((assignment.name, exercise.name))
        parts.append(_part(exercise, audit, mistakes, mutation))
    return AssignmentPage(assignment.name, assignment.title, parts, _lines(course, mine))


def _part(
    exercise: Exercise, audit: Audit, mistakes: list[MistakeLine], mutation: Mutation | None
) -> ExercisePart:
    reasons = _of(exercise, audit.harmless)
    return ExercisePart(
        exercise.name,
        exercise.title,
        exercise.points,
        checks=[
            CheckLine(
                check.name,
                check.sentence,
                check.points,
                check.hidden,
                audit.chances.get(f"{exercise.name}/{check.name}", 0),
            )
            for check in audit.checks
            if check.exercise == exercise.name
        ],
        mistakes=mistakes,
        variants=[TrialLine(name, f) for name, f in _of(exercise, audit.variants).items()],
        junk=[
            TrialLine(name, failed, reasons.get(name, ""))
            for name, failed in _of(exercise, audit.junk).items()
        ],
        mutants=_mutants(mutation) if mutation else None,
        tolerances=audit.tolerances.get(exercise.name, {}),
    )


def _of(exercise: Exercise, table: Mapping[str, T]) -> dict[str, T]:
    """Return the entries of *exercise* by what stands behind the slash."""
    start = f"{exercise.name}/"
    return {k.removeprefix(start): value for k, value in table.items() if k.startswith(start)}


def _mutants(mutation: Mutation) -> MutantsPart:
    return MutantsPart(
        mutation.mutants,
        mutation.killed,
        [MutantLine(mutant.line, mutant.diff) for mutant in mutation.survivors],
        [MutantLine(mutant.line, mutant.diff, why) for mutant, why in mutation.equivalents],
    )


def _lines(course: Course, findings: Iterable[Finding]) -> list[FindingLine]:
    lines = []
    for finding in findings:
        path, root = finding.path, course.root.absolute()
        if path and path.absolute().is_relative_to(root):
            path = path.absolute().relative_to(root)
        where = f"{path or ''}{f':{finding.line}' if finding.line else ''}"
        lines.append(FindingLine(where, finding.what))
    return lines
