from __future__ import annotations

import csv
import shutil
import sys
import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader.adjustments import Override, Penalty
from grader.errors import UsageError
from grader.gradebook.cell_metadata import release_notebook
from grader.gradebook.database import default_url, opened
from grader.gradebook.nbgrader_import import at_ease
from grader.gradebook.publish import publish
from grader.grading.score import submissions_of
from grader.outcome import (
    Outcome,
)
from grader.submission.files import File
from grader.submission.metadata import Metadata

from ..made_results import overridden, with_checks
from ..warmup import RIGHT, edited
from .conftest import hand_in, scored


@pytest.fixture
def book(url):
    """Return a function that opens the gradebook of the course."""
    from nbgrader.api import Gradebook

    books = []

    def opened():
        with at_ease():
            books.append(Gradebook(url))
        return books[-1]

    yield opened
    for one in books:
        one.close()


def published(course, results, url=""):
    """Enter *results* into the gradebook at *url*, or the course's own."""
    publish(course, course.assignments[0], results, url)


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

    assert "A negative factor changes every sign." in comment
    assert "Hint" in comment
    assert "1 of 1 hidden checks passed" in comment
    assert hidden
    assert not any(sentence in comment for sentence in hidden)


def test_what_a_person_has_written_stays(course, results, book, url):
    """Manual scores, extra credit, comments, due dates and penalties survive another scoring."""
    first = book()
    grade = grade_of(first, "bob")
    grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.5, 1, False
    first.find_comment("scale-solution", "warmup", "warmup", "bob").manual_comment = "Well tried."
    first.find_submission("warmup", "bob").notebooks[0].late_submission_penalty = 0.5
    first.update_or_create_assignment("warmup", duedate="2026-12-01 23:59:00 UTC")
    first.update_or_create_student("bob", first_name="Bob")
    first.db.commit()
    published(course, results, url)
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


def test_a_person_is_asked_again_when_the_work_has_changed(course, book, url, tmp_path):
    """A new hand-in updates our score below a manual one, which then wants a second look."""
    first = book()
    grade = grade_of(first, "bob")
    grade.manual_score, grade.needs_manual_grade = 3.5, False
    first.db.commit()
    hand_in(course, {"bob/warmup.py": RIGHT}, tmp_path / "again")
    published(course, scored(course).results, url)
    grade = grade_of(book(), "bob")

    assert (4, 3.5, True) == (grade.auto_score, grade.manual_score, grade.needs_manual_grade)


def test_answers_in_prose_are_looked_at_again_after_a_new_hand_in(course, results, book, url):
    """Points for cells that are not gradproof's stay, and want a second look once, if it is new."""
    first = book()
    first.add_grade_cell("essay", "warmup", "warmup", max_score=2, cell_type="markdown")
    published(course, results, url)
    again = book()
    essay = again.find_grade("essay", "warmup", "warmup", "bob")
    essay.manual_score, essay.needs_manual_grade = 2, False
    again.db.commit()
    published(course, results, url)
    same = book().find_grade("essay", "warmup", "warmup", "bob").needs_manual_grade
    later = submissions_of(course).latest("warmup", "bob").collected + timedelta(days=1)
    with opened(url) as one:
        one.enter_result(course.assignments[0], results[1], later)
    essay = book().find_grade("essay", "warmup", "warmup", "bob")

    assert not same
    assert (2, True) == (essay.manual_score, essay.needs_manual_grade)


def test_what_broke_on_our_side_is_left_to_a_person(course, results, book, url):
    """A result that is no grade enters no score, and asks for a person."""
    (one, *_others) = results
    broken = replace(one.checks[0], outcome=Outcome.INTERNAL)
    published(course, [with_checks(one, (broken, *one.checks[1:]))], url)
    grade = grade_of(book(), one.learner)

    assert grade.auto_score is None
    assert grade.needs_manual_grade


def test_points_that_change_change_in_the_gradebook(course, results, book, url):
    """When the course gives other points, so does the gradebook after the next scoring."""
    more = edited(course, "assignments/course.toml", "points = 4", "points = 8")
    (ada, *_others) = results
    checks = tuple(replace(c, max_points=2 * c.max_points) for c in ada.checks)
    published(more, [with_checks(ada, checks)], url)
    grade = grade_of(book(), "ada")

    assert (8, 8) == (grade.auto_score, grade.max_score)


def test_a_penalty_and_an_override_reach_the_gradebook(course, results, book, url):
    """Its total is the score of the report, and the comment gives the reasons."""
    (ada, *_others) = results
    late = replace(ada, late_seconds=60, penalty=Penalty(Fraction(1, 2), "A minute late."))
    changed = overridden(late, scale=Override(Fraction(3), "Copied in part.", "Dr. Noether"))
    published(course, [changed], url)
    (page,) = course.root.glob("autograded/ada/warmup/*.ipynb")
    submission = book().find_submission("warmup", "ada")
    comment = book().find_comment("scale-solution", "warmup", "warmup", "ada").comment

    assert (3, 0.5) == (submission.score, submission.late_submission_penalty)
    assert 2.5 == float(changed.score)
    for text in (comment, page.read_text("utf-8")):
        assert "Copied in part." in text
        assert "A minute late." in text


def test_what_formgrader_says_comes_before_an_override_in_the_gradebook(course, results, book, url):
    """It is marked for review; in gradproof's own report the override counts."""
    (ada, *_others) = results
    first = book()
    grade_of(first, "ada").manual_score = 3.5
    first.db.commit()
    changed = overridden(ada, scale=Override(Fraction(1), "Copied.", "Eva"))
    published(course, [changed], url)
    grade = grade_of(book(), "ada")

    assert (3.5, 1, 3.5, True) == (
        *(grade.manual_score, grade.auto_score, grade.score),
        grade.needs_manual_grade,
    )
    assert changed.score == 1


def test_no_penalty_is_taken_twice(course, results, book, url):
    """What nbgrader took is replaced, also by nothing, where the course judges lateness."""
    (ada, *_others) = results

    def taken(result, course):
        first = book()
        # as AssignLatePenalties leaves it
        notebook = first.find_submission("warmup", "ada").notebooks[0]
        notebook.late_submission_penalty = 2
        first.db.commit()
        published(course, [result], url)
        return book().find_submission("warmup", "ada").late_submission_penalty

    late = replace(ada, penalty=Penalty(Fraction(1, 2), "Late."))
    due = replace(course.deadlines, due={"warmup": datetime(2026, 12, 6, tzinfo=UTC)})
    assert [2, 0.5, 0] == [
        taken(ada, course),
        taken(late, course),
        taken(ada, replace(course, deadlines=due)),
    ]


def test_an_exercise_that_comes_later_gets_its_row(course, results, book, url):
    """Learners whose submission was there before an exercise was get a grade for it, too."""
    (ada, *_others) = results
    task = course.assignments[0]
    second = replace(task.exercises[0], name="shift", points=Fraction(1, 2))
    check = replace(ada.checks[0], exercise="shift", max_points=Fraction(1, 2))
    with opened(url) as one:
        both = replace(task, exercises=(*task.exercises, second))
        one.enter_assignment(both, release_notebook(course, task, "en"))
        collected = submissions_of(course).latest("warmup", "ada").collected
        one.enter_result(both, with_checks(ada, (*ada.checks, check)), collected)

    assert 0.5 == book().find_grade("shift", "warmup", "warmup", "ada").auto_score
    assert 4.5 == book().find_submission("warmup", "ada").score


def test_the_platforms_date_is_the_one_in_the_gradebook(course, results, book, url):
    """Where the platform says when, it is not the time of collecting that counts."""
    files = (File("warmup.py", b"x = 1\n", 0.0),)
    said = Metadata(submitted="2026-11-03T10:00:00")
    submissions_of(course).add("warmup", "ada", files, "ada.py", said)
    publish(course, course.assignments[0], results, url)

    assert datetime(2026, 11, 3, 10) == book().find_submission("warmup", "ada").timestamp


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
    assert "<li>✗ A negative factor changes every sign. (0 / 1)</li>" in page


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


def test_a_second_time_changes_nothing(course, results, book, url):
    """Entering the same class again leaves every row and every file as it was."""
    rows = [g.to_dict() for g in book().find_submission("warmup", "bob").notebooks[0].grades]
    graded = course.root / "autograded/bob/warmup/warmup.ipynb"
    text = graded.read_bytes()
    published(course, results, url)

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


def test_other_files_beside_the_notebook_stay(course, results):
    """What nbgrader has put beside our notebook, another one or a picture, is still there."""
    essay = course.root / "autograded/bob/warmup/essay.ipynb"
    essay.write_text("theirs")
    graded = essay.with_name("warmup.ipynb")
    graded.chmod(0o444)
    published(course, results)

    assert "theirs" == essay.read_text()
    assert "negative factor" in graded.read_text(encoding="utf-8")


def test_feedback_can_be_released_through_the_exchange(course, results):
    """What nbgrader has collected keeps the secret by which its learner finds the feedback."""
    secret = "submission_secret.txt"
    (course.root / "submitted/bob/warmup" / secret).write_text("for bob")
    published(course, results)

    assert "for bob" == (course.root / "autograded/bob/warmup" / secret).read_text()
    assert not (course.root / "autograded/ada/warmup" / secret).exists()


@pytest.mark.parametrize(
    ("notebook", "cell", "source"),
    [
        ("problem1", "squares", "assert squares(1) == [1]"),
        ("problem1", "squares", "check('scale')"),
        ("warmup", "correct_scale", "check('scale')"),
    ],
)
def test_points_are_not_counted_twice(course, results, notebook, cell, source):
    """Where nbgrader's own cells give points for the same work, nothing is entered beside them."""
    from nbgrader.api import Gradebook

    (course.root / "gradebook.db").unlink()
    graded = course.root / "autograded/bob/warmup/warmup.ipynb"
    graded.unlink()
    with at_ease(), Gradebook(default_url(course.root)) as one:
        one.add_assignment("warmup")
        one.add_notebook(notebook, "warmup")
        one.add_grade_cell(cell, notebook, "warmup", max_score=1, cell_type="code")
        one.add_source_cell(cell, notebook, "warmup", source=source, cell_type="code")
    with pytest.raises(UsageError, match="nbgrader autograde"):
        published(course, results)
    with Gradebook(default_url(course.root)) as one:
        assert 1 == one.find_assignment("warmup").max_score
    assert not graded.exists()


def test_exported_grades_are_ours(course, url, tmp_path):
    """``nbgrader export`` and grades.csv agree on every learner."""
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    with Gradebook(url) as one:
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
    assert "<li>✗ A negative factor changes every sign. (0 / 1)</li>" in page
    assert "1 of 1 hidden checks passed" in page
    for result in results:
        for check in result.checks:
            assert not check.hidden or check.sentence not in page


def test_the_command_enters_grades_without_a_remark(course, capfd):
    """``score --gradebook`` makes gradebook.db in the course and says so; SQLAlchemy is silent."""
    (course.root / "gradebook.db").unlink()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        done = CliRunner().invoke(
            cli.main, ["score", "warmup", "--course", str(course.root), "--gradebook"]
        )

    assert 0 == done.exit_code, done.output
    assert f"Gradebook: {default_url(course.root)}" in done.output
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


def test_a_folder_that_cannot_be_replaced_stays(course, results, monkeypatch):
    """A disk that fails at the last step leaves the graded notebook that was there."""
    published(course, results)
    graded = course.root / "autograded/bob/warmup/warmup.ipynb"
    before, rename = graded.read_bytes(), Path.rename

    def fails(path, target):
        if path.name == "new":
            raise OSError(28, "No space left on device")
        return rename(path, target)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(Path, "rename", fails)
        published(course, results)

    assert graded.read_bytes() == before


def test_a_gradebook_that_cannot_be_opened_is_told_first(course):
    """Nobody waits for a class to be graded to hear of it."""
    shutil.rmtree(course.root / "results")
    where = ["--course", str(course.root), "--gradebook", "sqlite:////no/such/folder/gradebook.db"]
    done = CliRunner().invoke(cli.main, ["score", "warmup", *where])

    assert 2 == done.exit_code
    assert not (course.root / "results").exists()


def test_a_gradebook_that_cannot_be_written_is_one_sentence(course, results, caplog):
    """Nothing changes in it, and no traceback of nbgrader's stands before the sentence."""
    (ada, *_others) = results
    url = f"sqlite:///file:{course.root / 'gradebook.db'}?mode=ro&uri=true"
    worse = tuple(replace(check, outcome=Outcome.FAILED) for check in ada.checks)
    with pytest.raises(UsageError, match="readonly"):
        published(course, [with_checks(ada, worse)], url)

    assert [] == caplog.records


@pytest.mark.parametrize("url", ["nonsense", "nosuch://ada:secret@here/there"])
def test_an_address_that_leads_nowhere_is_named_without_its_password(course, url):
    """A gradebook that cannot be opened is a sentence, and the password stays out of it."""
    with pytest.raises(UsageError) as caught:
        publish(course, course.assignments[0], [], url)

    assert "secret" not in str(caught.value)
