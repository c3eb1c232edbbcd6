from __future__ import annotations

import csv
import json
import os
import shutil
import sys
import warnings
from dataclasses import replace
from fractions import Fraction

import pytest
from click.testing import CliRunner

import cli
from grader.course.score import submissions_of
from grader.errors import UsageError
from grader.gradebook.book import default_url, opened
from grader.gradebook.cells import release_notebook
from grader.gradebook.graded import graded_notebook, marked_notebook, notebook_of
from grader.gradebook.installed import at_ease
from grader.gradebook.publish import publish
from grader.outcome import Outcome

from ..course.warmup import RIGHT, edited
from .conftest import hand_in, scored


@pytest.fixture
def book(course):
    """Return a function that opens the gradebook of the course."""
    from nbgrader.api import Gradebook

    books = []

    def opened():
        with at_ease():
            books.append(Gradebook(default_url(course.root)))
        return books[-1]

    yield opened
    for one in books:
        one.close()


def published(course, results):
    """Enter *results* into the course's gradebook."""
    publish(course, course.assignments[0], results)
    return results


def grade_of(book, learner):
    """Return a learner's row for the only exercise."""
    return book.find_grade("scale", "warmup", "warmup", learner)


def test_the_gradebook_holds_every_grade(results, book):
    """Points, whole and in part, stand in the gradebook as in the results, out of the same."""
    grades = {r.learner: grade_of(book(), r.learner) for r in results}

    assert {"ada": 4, "bob": 3, "cleo": 0} == {k: v.auto_score for k, v in grades.items()}
    assert {4} == {grade.max_score for grade in grades.values()}
    assert not any(grade.needs_manual_grade for grade in grades.values())


def test_comments_tell_what_was_seen_but_nothing_of_hidden_checks(results, book):
    """The comment has sentence, observation and hint of public checks, of hidden ones a count."""
    (result,) = (r for r in results if r.learner == "bob")
    comment = book().find_comment("scale-solution", "warmup", "warmup", "bob").comment
    hidden = [check.sentence for check in result.checks if check.hidden]

    assert "A negative factor turns every sign." in comment
    assert "Hint" in comment
    assert "1 of 1 hidden checks passed" in comment
    assert hidden
    assert not any(sentence in comment for sentence in hidden)


def test_what_a_person_has_written_stays(course, results, book):
    """Manual scores, extra credit, comments, due dates and penalties survive another scoring."""
    first = book()
    grade = grade_of(first, "bob")
    grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.5, 1, False
    first.find_comment("scale-solution", "warmup", "warmup", "bob").manual_comment = "Well tried."
    first.find_submission("warmup", "bob").notebooks[0].late_submission_penalty = 0.5
    first.update_or_create_assignment("warmup", duedate="2026-12-01 23:59:00 UTC")
    first.update_or_create_student("bob", first_name="Bob")
    first.db.commit()
    published(course, results)
    again = book()
    grade, submission = grade_of(again, "bob"), again.find_submission("warmup", "bob")

    assert (3.5, 1, False) == (grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
    assert "Well tried." == again.find_comment("scale-solution", "warmup", "warmup", "bob").comment
    assert 0.5 == submission.notebooks[0].late_submission_penalty
    assert (2026, 12, 1) == (
        submission.duedate.year,
        submission.duedate.month,
        submission.duedate.day,
    )
    assert "Bob" == submission.student.first_name


def test_a_person_is_asked_again_when_the_work_has_changed(course, book, tmp_path):
    """A new hand-in updates our score below a manual one, which then wants a second look."""
    first = book()
    grade = grade_of(first, "bob")
    grade.manual_score, grade.needs_manual_grade = 3.5, False
    first.db.commit()
    hand_in(course, {"bob/warmup.py": RIGHT}, tmp_path / "again")
    published(course, scored(course).results)
    grade = grade_of(book(), "bob")

    assert (4, 3.5, True) == (grade.auto_score, grade.manual_score, grade.needs_manual_grade)


def test_what_broke_on_our_side_is_left_to_a_person(course, results, book):
    """A result that is no grade enters no score, and asks for a person."""
    (one, *_others) = results
    broken = replace(one.checks[0], outcome=Outcome.INTERNAL)
    published(course, [replace(one, checks=(broken, *one.checks[1:]))])
    grade = grade_of(book(), one.learner)

    assert grade.auto_score is None
    assert grade.needs_manual_grade


def test_points_that_change_change_in_the_gradebook(course, results, book):
    """When the course gives other points, so does the gradebook after the next scoring."""
    more = edited(course, "assignments/course.toml", "points = 4", "points = 8")
    (ada, *_others) = results
    checks = tuple(replace(c, max_points=2 * c.max_points) for c in ada.checks)
    published(more, [replace(ada, checks=checks)])
    grade = grade_of(book(), "ada")

    assert (8, 8) == (grade.auto_score, grade.max_score)


def test_an_exercise_that_comes_later_gets_its_row(course, results, book):
    """Learners whose submission was there before an exercise was get a grade for it, too."""
    (ada, *_others) = results
    task = course.assignments[0]
    second = replace(task.exercises[0], name="shift", points=Fraction(1, 2))
    check = replace(ada.checks[0], exercise="shift", max_points=Fraction(1, 2))
    with opened(default_url(course.root)) as one:
        both = replace(task, exercises=(*task.exercises, second))
        one.enter_assignment(both, release_notebook(course, task, "en"))
        collected = submissions_of(course).latest("warmup", "ada").collected
        one.enter_result(both, replace(ada, checks=(*ada.checks, check)), collected)

    assert 0.5 == book().find_grade("shift", "warmup", "warmup", "ada").auto_score
    assert 4.5 == book().find_submission("warmup", "ada").score


def test_folders_are_those_of_nbgrader(course):
    """What formgrader looks for lies where it looks, valid, with the feedback as an output."""
    from nbgrader.nbgraderformat import MetadataValidator, read

    notebook = read(course.root / "autograded/bob/warmup/warmup.ipynb", as_version=4)
    MetadataValidator().validate_nb(notebook)
    (cell,) = (c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade"))
    page = cell.outputs[0]["data"]["text/html"]

    assert (course.root / "source/warmup/warmup.ipynb").is_file()
    assert (course.root / "submitted/cleo/warmup/warmup.ipynb").is_file()
    assert ["My *work*.", "print('plots')"] == [
        notebook.cells[0].source,
        notebook.cells[-1].source,
    ]
    assert "<li>✗ A negative factor turns every sign. (0 / 1)</li>" in page


def test_whoever_reads_the_notebook_again_finds_the_same_grade(course, results):
    """By nbgrader's own rule, the graded cell has the points of the gradebook."""
    from nbgrader.nbgraderformat import read
    from nbgrader.utils import determine_grade, is_grade

    expected = {r.learner: float(r.score) for r in results}
    found = {}
    for learner in expected:
        notebook = read(course.root / f"autograded/{learner}/warmup/warmup.ipynb", as_version=4)
        (cell,) = filter(is_grade, notebook.cells)
        found[learner] = determine_grade(cell)[0]

    assert expected == found


def test_a_second_time_changes_nothing(course, results, book):
    """Entering the same class again leaves every row and every file as it was."""
    rows = [g.to_dict() for g in book().find_submission("warmup", "bob").notebooks[0].grades]
    graded = course.root / "autograded/bob/warmup/warmup.ipynb"
    text = graded.read_bytes()
    published(course, results)

    assert rows == [
        g.to_dict() for g in book().find_submission("warmup", "bob").notebooks[0].grades
    ]
    assert text == graded.read_bytes()


def test_a_submitted_folder_of_nbgraders_is_left_alone(course, results):
    """What nbgrader has collected itself is not written over."""
    theirs = course.root / "submitted/ada/warmup/warmup.ipynb"
    theirs.with_name("timestamp.txt").unlink()
    theirs.write_text("theirs")
    published(course, results)

    assert "theirs" == theirs.read_text()


def test_a_file_without_cells_holds_every_exercise(course):
    """A plain .py becomes one cell, below which all its exercises are graded, missing ones last."""
    task = course.assignments[0]
    one = task.exercises[0]
    three = replace(task, exercises=tuple(replace(one, name=n) for n in ("none", "shift", "scale")))
    text = RIGHT + "\n\ndef shift(x):\n    return x + 1\n"
    notebook = marked_notebook(notebook_of(text.encode(), "a.py", None), three)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]

    assert ["shift-solution", "shift", "scale", "none"] == ids


def test_copied_cells_and_strange_metadata_do_no_harm(course, results):
    """A notebook with equal ids, our metadata twice and a learner's outputs becomes a valid one."""
    marks = {"nbgrader": {"grade_id": "scale-solution", "grade": True, "points": 100}}
    cell = {
        "cell_type": "code",
        "id": "same",
        "metadata": marks,
        "execution_count": None,
        "outputs": [
            {"output_type": "stream", "name": "stderr", "text": "a warning"},
            {
                "output_type": "display_data",
                "metadata": {},
                "data": {"text/html": "<script>grade()</script>"},
            },
        ],
    }
    raw = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [{**cell, "source": "scale = None"}, {**cell, "source": RIGHT}],
    }
    (ada, *_others) = results
    task = course.assignments[0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        notebook = marked_notebook(notebook_of(json.dumps(raw).encode(), "a.ipynb", None), task)
    graded = graded_notebook(notebook, task, ada)
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in graded.cells]

    assert [None, "scale-solution", "scale"] == ids
    assert len({cell.id for cell in graded.cells}) == 3
    assert "script" not in json.dumps(graded)
    assert "stderr" not in json.dumps(graded)


@pytest.mark.parametrize("end", ["", "\nand a second line"])
def test_what_a_learner_wrote_is_shown_not_run(course, results, end):
    """Markup in what a learner's code raised stays text in the page that a person grades on."""
    evil = "<script>grade()</script> <img src=x onerror=grade()> [a](javascript:grade())" + end
    (bob,) = (result for result in results if result.learner == "bob")
    checks = tuple(replace(c, message=evil if c.message else "") for c in bob.checks)
    task = course.assignments[0]
    notebook = marked_notebook(notebook_of(RIGHT.encode(), "a.py", None), task)
    graded = graded_notebook(notebook, task, replace(bob, checks=checks))
    page = next(c for c in graded.cells if c.outputs).outputs[0]["data"]["text/html"]

    assert "grade()" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "href" not in page


def test_cells_that_an_instructor_added_keep_their_place(course):
    """An answer in prose that nbgrader knows stays one, and waits for a person."""
    import nbformat
    from nbgrader.api import Gradebook

    with at_ease(), Gradebook(default_url(course.root)) as one:
        one.update_or_create_grade_cell(
            "essay", "warmup", "warmup", max_score=2, cell_type="markdown"
        )
        one.update_or_create_solution_cell("essay", "warmup", "warmup")
        one.update_or_create_source_cell(
            "essay", "warmup", "warmup", cell_type="markdown", locked=False, source="", checksum=""
        )
    with opened(default_url(course.root)) as one:
        others = one.other_cells(course.assignments[0])
    v4 = nbformat.v4
    marks = {"nbgrader": {"grade_id": "essay"}}
    cells = [v4.new_code_cell(RIGHT), v4.new_markdown_cell("Because.", metadata=marks)]
    text = nbformat.writes(v4.new_notebook(cells=cells)).encode()
    notebook = marked_notebook(notebook_of(text, "a.ipynb", None), course.assignments[0], others)
    essay = notebook.cells[-1].metadata.nbgrader

    assert ("essay", True, True, 2) == (essay.grade_id, essay.grade, essay.solution, essay.points)


def test_exported_grades_are_ours(course, tmp_path):
    """``nbgrader export`` and grades.csv agree on every learner."""
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    with Gradebook(default_url(course.root)) as one:
        plugin = CsvExportPlugin()
        plugin.to = str(tmp_path / "grades.csv")
        plugin.export(one)
    with (tmp_path / "grades.csv").open() as file:
        theirs = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    with (course.root / "results/warmup/grades.csv").open(encoding="utf-8-sig") as file:
        ours = {row["learner"]: float(row["score"]) for row in csv.DictReader(file)}

    assert ours == theirs


@pytest.mark.filterwarnings("ignore")
def test_feedback_pages_show_ours_and_nothing_hidden(course, results):
    """``nbgrader generate_feedback`` shows what public checks saw, and no hidden check."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    settings = Config()
    settings.CourseDirectory.root = str(course.root)
    done = NbGraderAPI(config=settings).generate_feedback("warmup", "bob")
    page = (course.root / "feedback/bob/warmup/warmup.html").read_text()

    assert done["success"]
    assert "A negative factor turns every sign." in page
    for result in results:
        for check in result.checks:
            assert not check.hidden or check.sentence not in page


def test_the_command_enters_grades_without_a_remark(course, capfd):
    """``score --gradebook`` makes gradebook.db in the course, and SQLAlchemy says nothing."""
    (course.root / "gradebook.db").unlink()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = CliRunner().invoke(
            cli.main, ["score", "warmup", "--course", str(course.root), "--gradebook"]
        )

    assert 0 == done.exit_code, done.output
    assert (course.root / "gradebook.db").is_file()
    assert "Warning" not in done.output + capfd.readouterr().err


def test_without_nbgrader_there_is_a_sentence(course, monkeypatch):
    """Where nbgrader is missing, the command says what to install before it grades anything."""
    monkeypatch.setitem(sys.modules, "nbgrader.api", None)
    shutil.rmtree(course.root / "results")
    done = CliRunner().invoke(
        cli.main, ["score", "warmup", "--course", str(course.root), "--gradebook"]
    )

    assert 2 == done.exit_code
    assert 'pip install "gradproof[nbgrader]"' in done.output
    assert not (course.root / "results").exists()


@pytest.mark.parametrize("url", ["nonsense", "nosuch://ada:secret@here/there"])
def test_an_address_that_leads_nowhere_is_named_without_its_password(course, url):
    """A gradebook that cannot be opened is a sentence, and the password stays out of it."""
    with pytest.raises(UsageError) as caught:
        publish(course, course.assignments[0], [], url)

    assert "secret" not in str(caught.value)


@pytest.mark.skipif(
    "GRADPROOF_POSTGRESQL" not in os.environ,
    reason="no PostgreSQL: set GRADPROOF_POSTGRESQL to the address of an empty database",
)
def test_postgresql_is_as_good(course, results):
    """A gradebook in PostgreSQL holds the same grades."""
    from nbgrader.api import Gradebook

    url = os.environ["GRADPROOF_POSTGRESQL"]
    publish(course, course.assignments[0], results, url)
    publish(course, course.assignments[0], results, url)
    with Gradebook(url) as book:
        found = {r.learner: grade_of(book, r.learner).auto_score for r in results}

    assert {"ada": 4, "bob": 3, "cleo": 0} == found
