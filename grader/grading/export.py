"""Exports the grades of one assignment in the form that another program reads.

A platform's own table is filled in (:mod:`.filled_tables`), or Classroom 50's ``scores.json``.
Without one, the class is one table (``csv``) or one file of JUnit XML. Gradescope takes no grades
from outside: a zip hands them over as an autograder, a folder has the file of each learner.
"""

from __future__ import annotations

from pathlib import Path

from grader.atomic_write import write_all, write_whole
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.report.grades_csv import to_csv
from grader.report.gradescope_json import to_gradescope
from grader.report.junit_xml import to_junit
from grader.submission.platform_table import PlatformTable

from .classroom50_scores import fill_scores
from .filled_tables import Filled, fill
from .graded_class import GradedClass, graded_class
from .gradescope_relay import relay

#: what can be exported, and whether it needs a platform's own file, may have one, or has none
FORMATS = {
    "csv": "may",
    "canvas": "must",
    "moodle": "must",
    "gradescope": "none",
    "blackboard": "must",
    "brightspace": "must",
    "classroom50": "must",
    "junit": "none",
}


def export(
    course: Course,
    assignment: Assignment,
    form: str,
    given: Path | None,
    target: Path | None,
    column: str = "",
) -> tuple[Filled, Path]:
    """Write the grades of *assignment*; return what became of them, and where they are.

    Args:
        form: one of :data:`FORMATS`.

        given: the platform's own file, to be filled in.

        target: the file to write, or a folder where each learner has a file; beside *given* if
            None.

        column: the heading of the column to fill, if it cannot be found by the assignment's name.

    Raises:
        UsageError: nothing is graded, a file is missing, or *given* is not that platform's; nothing
            is written.
    """
    if given is None and FORMATS[form] == "must":
        text = _("{form} reads back a file of its own; download one and name it with --into.")
        raise UsageError(text.format(form=form))
    if given is not None and FORMATS[form] == "none":
        text = _("{form} has no file of its own; leave out --into and name a place with --to.")
        raise UsageError(text.format(form=form))
    if given is None and target is None:
        raise UsageError(_("Name the file or folder to write with --to."))
    everybody = graded_class(course, assignment)
    if given is not None:
        target = target or given.with_stem(f"{given.stem}-graded")
        done = _filled(everybody, form, given, target, column)
        done.waiting = list(everybody.waiting)
        return done, target
    assert target is not None
    results = everybody.results
    if form == "csv":
        content = to_csv(results.values(), assignment, everybody.metadata)
        write_whole(target, content)
    elif form == "junit":
        write_whole(target, to_junit(list(results.values())))
    elif target.suffix.lower() == ".zip":
        write_whole(target, relay(course, everybody), private=True)
    else:
        write_all(_files(everybody, target))
    return Filled(learners=list(results), waiting=list(everybody.waiting)), target


def _filled(everybody: GradedClass, form: str, given: Path, target: Path, column: str) -> Filled:
    task = everybody.assignment
    if form == "classroom50":
        done, content = fill_scores(given, column or task.name, everybody)
        write_whole(target, content)
        return done
    table = PlatformTable.read(given)
    titles = (column,) if column else (task.title.en, task.title.zh, task.name)
    done = fill(table, form, titles, everybody)
    write_whole(target, table.written(done.rows))
    return done


def _files(everybody: GradedClass, folder: Path) -> dict[Path, bytes]:
    """Return a file of results for each learner."""
    if folder.is_file():
        text = _("{path} is a file; name a folder, since each learner has a file of their own.")
        raise UsageError(text.format(path=folder))
    task = everybody.assignment
    titles = task.titles
    return {
        folder / learner / "results.json": to_gradescope(result, titles)
        for learner, result in everybody.results.items()
    }
