"""Grades the submission in a Gradescope container, and writes ``results.json``.

What fails on our side, the machine's or the course's, leaves results without any score.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import GraderError, InternalError
from grader.language import _
from grader.outcome import Result
from grader.report.gradescope_json import nobody_graded, to_gradescope

from .grade import grade_file


def run_for_gradescope(home: Path, load: Callable[[], Course], name: str, hidden: str) -> str:
    """Grade ``submission/`` in *home* and write ``results/results.json`` there.

    Args:
        home: ``/autograder``.

        load: returns the course.

        name: the assignment.

        hidden: when learners see the results of hidden checks.

    Returns:
        Why nobody was graded; empty if the submission was.
    """
    began, reason = time.monotonic(), ""
    try:
        course = load()
        task = course.assignment(name)
        result = _graded(course, name, home / "submission")
        titles = task.titles
        seconds = round(time.monotonic() - began)
        remarks = _contradictions(home, str(task.points))
        written = to_gradescope(result, titles, hidden, seconds, remarks)
        reason = "" if result.final else _("a check broke on our side")
    except (GraderError, OSError, MemoryError) as error:
        reason = str(error) or type(error).__name__
        written = nobody_graded([reason])
    except Exception as error:  # whatever it is, it must not become a 0
        reason = f"{type(error).__name__}: {error}"
        written = nobody_graded([reason])
    write_whole(home / "results" / "results.json", written)
    return reason


def _graded(course: Course, name: str, submission: Path) -> Result:
    if not submission.is_dir():
        text = _("Gradescope left no submission in {path}.")
        raise InternalError(text.format(path=submission))
    return grade_file(course, course.assignment(name), submission)


def _contradictions(home: Path, points: str) -> list[str]:
    """Return what an instructor should know of the assignment on Gradescope, read leniently."""
    try:
        said = json.loads((home / "submission_metadata.json").read_bytes())
        total = str(said["assignment"]["total_points"])
        if float(total) != float(points):
            text = _("The platform gives {maximum} points at most, this course {points}.")
            return [text.format(maximum=total, points=points)]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return []
