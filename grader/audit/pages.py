"""Writes the results of an audit as HTML pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.exercise import Exercise
from grader.report.audit_page import (
    AnswerLine,
    AssignmentPage,
    CheckLine,
    ExercisePart,
    FindingLine,
    MistakeLine,
    MutantLine,
    MutantsPart,
    PromiseLine,
    assignment_page,
    index_page,
)

from .audit_report import CourseAudit, ExerciseAudit, Mutation
from .findings import Finding


def write_pages(course: Course, report: CourseAudit, directory: Path) -> Path:
    """Write one page for each assignment of *report* to *directory*; return the index."""
    names = dict.fromkeys(audit.assignment for audit in report.audits)
    pages = [_page(course, name, report) for name in names]
    shown = {line for page in pages for line in page.findings}
    others = [line for line in _lines(course, report.findings) if line not in shown]
    index = directory / "index.html"
    texts = {index: index_page(course.title, pages, others)}
    texts |= {directory / f"{page.name}.html": assignment_page(page) for page in pages}
    write_all({path: text.encode() for path, text in texts.items()})
    return index


def _page(course: Course, name: str, report: CourseAudit) -> AssignmentPage:
    assignment = course.assignment(name)
    audits = [audit for audit in report.audits if audit.assignment == name]
    mutations = {m.exercise: m for m in report.mutations if m.assignment == name}
    mine = [f for f in report.findings if f.subject.partition("/")[0] == name]
    parts = [
        _part(assignment.exercise(audit.exercise), audit, mutations.get(audit.exercise))
        for audit in audits
    ]
    return AssignmentPage(assignment.name, assignment.title, parts, _lines(course, mine))


def _part(exercise: Exercise, audit: ExerciseAudit, mutation: Mutation | None) -> ExercisePart:
    return ExercisePart(
        exercise.name,
        exercise.title,
        exercise.points,
        checks=[
            CheckLine(c.name, c.sentence, c.points, c.hidden, audit.chances.get(c.name, 0))
            for c in audit.checks
        ],
        mistakes=[
            MistakeLine(m.name, m.hint, audit.caught.get(m.name, ()), m.caught_by)
            for m in audit.mistakes
        ],
        variants=[AnswerLine(name, failed) for name, failed in audit.variants.items()],
        wrong_answers=[
            AnswerLine(name, failed, audit.harmless.get(name, ""))
            for name, failed in audit.wrong_answers.items()
        ],
        mutants=_mutants(mutation) if mutation else None,
        tolerances=audit.tolerances,
        promises=[
            PromiseLine(p.promise.sentence, p.promise.mistake, p.promise.replacement, p.caught)
            for p in audit.promises
        ],
    )


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
