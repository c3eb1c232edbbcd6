"""Writes ``grades.csv``: everyone with a report, and who in the roster has none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.outcome import Result
from grader.report.grades_csv import to_csv
from grader.scoring.results import Results
from grader.submission.metadata import Metadata
from grader.submission.register import Register
from grader.submission.store import Store

from .attempts import counted

FILE = "grades.csv"


def write_grades(
    course: Course,
    assignment: Assignment,
    store: Store,
    register: Register,
    results: Iterable[Result],
    lost: Collection[str],
) -> Path:
    """Write the grades of the class and return their path, including those not in *results*.

    Args:
        lost: learners whose grade was lost; they are left out: an older report may be about older
            work.
    """
    mine = {result.learner: result for result in results}
    known = Results(course.root / "results", assignment.name)
    there = store.learners(assignment.name)
    for learner in there:
        older = known.read(learner) if learner not in mine and learner not in lost else None
        if older is not None:
            mine[learner] = older[0]
    said = {}
    for learner in mine:
        # Damaged submissions have no grade; this is reported elsewhere.
        with suppress(UsageError):
            version = counted(course, store, assignment, learner)
            said[learner] = _with_roster(register, learner, version.metadata if version else None)
    missing = {who: _with_roster(register, who, None) for who in register.missing(there)}
    path = known.directory / FILE
    write_whole(path, to_csv(mine.values(), assignment, said, missing))
    return path


def _with_roster(register: Register, learner: str, said: Metadata | None) -> Metadata:
    said = said or Metadata()
    name, section = register.about(learner)
    return msgspec.structs.replace(said, name=name or said.name, section=section or said.section)
