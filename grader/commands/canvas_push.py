"""Shows what differs on Canvas, and sends it if asked to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.course.catalogue import Course
from grader.exercise import Assignment
from grader.language import CLAUSES, _, listed
from grader.report.points_text import decimal_text

from .common import progress, say, tell

if TYPE_CHECKING:
    from grader.grading.canvas_push import Change, Planned, Sent


def push_grades(course: Course, assignment: Assignment, address: str, send: bool) -> int:
    """Show what differs on Canvas; *send* it, and say what arrived. Return the exit code."""
    from grader.grading.canvas_push import TOKEN, Address, OnCanvas
    from grader.grading.graded_class import graded_class

    place = Address.read(address)
    everybody = graded_class(course, assignment)
    canvas = OnCanvas(place, os.environ.get(TOKEN, ""))
    planned = canvas.planned(everybody, course.deadlines.judges(assignment.name))
    _show(planned, assignment, everybody.waiting)
    code = 1 if planned.missing else 0
    if not planned.changes:
        return code
    if not send:
        say(_("Nothing was sent. To send it, add --yes."))
        return code
    with progress("canvas") as show:
        total, begun = len(planned.changes), iter(range(len(planned.changes)))
        sent = canvas.send(
            planned.changes,
            lambda one: show(completed=next(begun), total=total, description=one.learner),
        )
    return _told(sent) or code


def _show(planned: Planned, assignment: Assignment, waiting: Sequence[str]) -> None:
    for one in planned.changes:
        text = _("{learner}: {before} → {now}")
        if one.in_time:
            text = _("{learner}: {before} → {now}, and Canvas takes nothing for lateness")
        before = one.before or _("no grade")
        line = text.format(learner=one.learner, before=before, now=one.now)
        tell(line)
    text = _("Grades that differ on Canvas: {count}; that stand there already: {same}.")
    say(text.format(count=len(planned.changes), same=planned.same))
    if planned.maximum is not None and planned.maximum != assignment.points:
        text = _("The platform gives {maximum} points at most, this course {points}.")
        most = decimal_text(planned.maximum)
        say(text.format(maximum=most, points=assignment.points), "yellow")
    if planned.unknown:
        text = _("Students on Canvas who have no grade here: {names}")
        say(text.format(names=listed(planned.unknown, CLAUSES)), "yellow")
    if planned.excused:
        text = _("Excused on Canvas, and left alone: {learners}")
        say(text.format(learners=listed(planned.excused)), "yellow")
    if waiting:
        text = _("Left out, as they wait for a person: {learners}")
        say(text.format(learners=listed(waiting)), "yellow")
    if planned.missing:
        text = _("Learners with a grade to whom Canvas does not assign this: {learners}")
        say(text.format(learners=listed(planned.missing)), "red")


def _told(sent: Sent) -> int:
    """Say what was sent and what was not; return the exit code."""
    say(_("Sent to Canvas: {count} grades.").format(count=len(sent.arrived)))
    reasons: dict[str, list[str]] = {}
    for change, reason in sent.refused:
        reasons.setdefault(reason, []).append(change.learner)
    for reason, learners in reasons.items():
        text = _("Not taken: {learners}. {reason}.")
        say(text.format(learners=listed(learners), reason=reason.rstrip(".")), "red")
    if sent.stopped:
        say(sent.stopped, "red")
    if sent.unclear:
        text = _("Not known whether it arrived: {learners}")
        say(text.format(learners=_names(sent.unclear)), "red")
    if sent.left:
        text = _("Not sent: {learners}")
        say(text.format(learners=_names(sent.left)), "red")
    if sent.stopped:
        say(_("Run it again to continue: only what differs is sent."))
    return 4 if sent.stopped else 1 if sent.refused else 0


def _names(changes: Sequence[Change]) -> str:
    return listed(change.learner for change in changes)
