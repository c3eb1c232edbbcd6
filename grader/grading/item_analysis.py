"""Item analysis of the results of the last scoring run. Nothing is graded."""

from __future__ import annotations

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.report.item_statistics import Analysis, analyse
from grader.report.mistakes_made import MistakeMade, mistakes_made
from grader.scoring.results import Results


def analyse_class(course: Course, assignment: Assignment) -> tuple[Analysis, list[str]]:
    """Return the analysis of all reports, and the learners whose report cannot be read.

    Raises:
        UsageError: no report can be read, or one has an older format.
    """
    found, unread = reports(course, assignment)
    return analyse(assignment.name, found), unread


def mistakes_of_class(
    course: Course, assignment: Assignment
) -> tuple[tuple[MistakeMade, ...], list[str]]:
    """Return the mistakes in all reports, and the learners whose report cannot be read.

    Raises:
        UsageError: no report can be read, or one has an older format.

        AuthoringError: the known mistakes cannot be read.
    """
    found, unread = reports(course, assignment)
    return mistakes_made(found, course.mistakes(assignment)), unread


def reports(course: Course, assignment: Assignment) -> tuple[list[Result], list[str]]:
    """Return all reports on *assignment*, and the learners whose report cannot be read.

    Raises:
        UsageError: no report can be read, or one has an older format.
    """
    results = Results(course.root / "results", assignment.name)
    learners = [path.parent.name for path in sorted(results.directory.glob("*/report.json"))]
    results.require_current(learners)
    found, unread = [], []
    for learner in learners:
        known = results.read(learner)
        if known is not None and known[0].assignment == assignment.name:
            found.append(known[0])
        else:
            unread.append(learner)
    if not found:
        text = _("There are no readable results for {name}. Run: gradproof score {name}")
        raise UsageError(text.format(name=assignment.name))
    return found, unread
