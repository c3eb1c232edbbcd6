"""Gathers what is known of a class: reports, roster, platform, mistakes. Nothing is graded."""

from __future__ import annotations

import os.path
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from urllib.parse import quote

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.outcome import Result
from grader.report.class_figures import ClassFigures, Member, reasons_to_look
from grader.report.class_summary import by_learner
from grader.report.feedback_files import file_names
from grader.report.item_statistics import analyse
from grader.report.mistakes_made import mistakes_made
from grader.submission.roster import naming_rules
from grader.submission.store import Version

from .attempts import counted
from .item_analysis import reports
from .overrides import outdated
from .score import submissions_of
from .sentences import sentences_of


def class_figures(
    course: Course, assignment: Assignment, pages: Path | None = None, beside: Path = Path()
) -> ClassFigures:
    """Return the figures of the last reports on *assignment*.

    Args:
        pages: where learners' own pages are; those that exist there are linked.

        beside: the directory that the links are written in.

    Raises:
        UsageError: no report can be read, or one has an older format.

        AuthoringError: the roster or the known mistakes cannot be read.
    """
    found, unread = reports(course, assignment)
    found = by_learner(found)
    register = naming_rules(course.root).register
    submitted = submissions_of(course).learners(assignment.name)
    there = {*submitted, *(result.learner for result in found), *unread}
    links = _links(pages, beside, [result.learner for result in found])
    due = course.deadlines.due.get(assignment.name)
    zone = (due.tzinfo if due else None) or UTC
    members = []
    for result in found:
        name, section = register.about(result.learner)
        version = _version(course, result)
        said = version.metadata if version else None
        when = _time(said.submitted, zone) if said else None
        collected = version.collected.astimezone(zone) if version else None
        members.append(
            Member(
                result,
                name or (said.name if said else ""),
                section or (said.section if said else ""),
                when or collected,
                when is not None,
                (*reasons_to_look(result), *outdated(result)),
                links.get(result.learner, ""),
            )
        )
    return ClassFigures(
        assignment.name,
        assignment.title,
        tuple((one.name, one.title) for one in assignment.exercises),
        tuple(members),
        tuple((who, register.about(who)[0]) for who in register.missing(there)),
        tuple(unread),
        analyse(assignment.name, found),
        mistakes_made(found, course.mistakes(assignment)),
        sentences_of(course, assignment),
        due,
    )


def _time(text: str, zone: tzinfo) -> datetime | None:
    """Return the platform's time in *zone*, which stands in for one that it does not name."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def _version(course: Course, result: Result) -> Version | None:
    """Return the submission that counts; None if it is gone or damaged."""
    with suppress(UsageError):
        assignment = course.assignment(result.assignment)
        return counted(course, submissions_of(course), assignment, result.learner)
    return None


def _links(pages: Path | None, beside: Path, learners: Iterable[str]) -> dict[str, str]:
    """Return the addresses of the learners' pages that exist in *pages*."""
    if pages is None:
        return {}
    there = os.path.relpath(pages, beside)
    return {
        learner: quote(f"{Path(there).as_posix()}/{name}.html")
        for learner, name in file_names(learners).items()
        if (pages / f"{name}.html").is_file()
    }
