from __future__ import annotations

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.errors import UsageError
from grader.grading.item_analysis import analyse_class
from grader.grading.migrate_results import migrate_results
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.report.json_report import from_json, to_json
from grader.submission.collect import collect

from ..made_results import old_report, without_sources
from ..warmup import RIGHT, made


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def course(tmp_path):
    """Return a scored course whose reports are as an older version wrote them."""
    course = made(tmp_path / "course")
    for learner in ("ada", "bob"):
        path = tmp_path / "in" / learner / "warmup.py"
        path.parent.mkdir(parents=True)
        path.write_text(RIGHT, encoding="utf-8")
    collect(tmp_path / "in", "warmup", submissions_of(course))
    scored(course)
    return course


@pytest.fixture
def written(course):
    """Return the course's reports, as this version wrote them, and make them old."""
    reports = {}
    for path in course.root.glob("results/*/*/report.json"):
        result, fingerprint = from_json(path.read_bytes())
        reports[path] = to_json(without_sources(result), fingerprint)
    for path, report in reports.items():
        path.write_bytes(old_report(report))
    return reports


def scored(course, *learners):
    """Score the class, or some of it."""
    return score(course, course.assignments[0], ScoreOptions(learners=learners))


def contents(reports):
    """Return what is in the files of *reports* now."""
    return {path: path.read_bytes() for path in reports}


def migrated(course):
    """Run ``gradproof migrate`` on a course."""
    return CliRunner().invoke(cli.main, ["--lang", "en", "migrate", str(course.root)])


def test_nothing_is_lost_by_migrating(course, written):
    """Every report is, byte for byte, what this version wrote; so is the table of grades."""
    grades = course.root / "results/warmup/grades.csv"
    before = grades.read_bytes()
    done = migrate_results(course.root)

    assert (sorted(written), {}) == (done.written, done.damaged)
    assert written == contents(written)
    assert before == grades.read_bytes()
    assert 2 == analyse_class(course, course.assignments[0])[0].learners


def test_a_second_time_changes_nothing(course, written):
    """What is up to date stays as it is."""
    migrate_results(course.root)

    assert [] == migrate_results(course.root).written
    assert written == contents(written)


def test_a_damaged_report_stays_as_it_is(course, written):
    """It is named, and the others are brought up to date all the same."""
    ada, _bob = sorted(written)
    damaged = ada.read_bytes().replace(b'"score": 4', b'"score": 5')
    ada.write_bytes(damaged)
    done = migrate_results(course.root)

    assert ([ada], 1) == ([*done.damaged], len(done.written))
    assert "contradicts itself" in done.damaged[ada]
    assert damaged == ada.read_bytes()


def test_the_command_says_what_it_did(course, written):
    """How many reports were written, and which could not be read."""
    ada, _bob = sorted(written)
    ada.write_bytes(ada.read_bytes().replace(b'"final": true', b'"final": false'))
    done = migrated(course)

    assert 0 == done.exit_code, done.output
    assert f"{ada}: This report cannot be read (" in done.output
    assert "Reports updated to the current format: 1.\n" in done.output


def test_a_class_is_graded_again(course, written):
    """An older report is no grade of this version, and nobody is lost from the table."""
    assert 2 == scored(course).graded
    grades = (course.root / "results/warmup/grades.csv").read_text("utf-8-sig")

    assert ["ada", "bob"] == [row.split(",")[0] for row in grades.splitlines()[1:]]


def test_some_learners_are_not_graded_before_the_others_are_migrated(course, written):
    """Else those would disappear from the table of grades; the step is named, nothing is graded."""
    with pytest.raises(UsageError, match=r": 1\. Run: gradproof migrate$"):
        scored(course, "ada")

    assert {path: old_report(report) for path, report in written.items()} == contents(written)
    migrated(course)
    assert ["ada"] == [result.learner for result in scored(course, "ada").results]
    assert 2 == len((course.root / "results/warmup/grades.csv").read_text().split("\n")[1:-1])


def test_items_name_the_step(course, written):
    """Item analysis of half a class would mislead."""
    with pytest.raises(UsageError, match=r": 2\. Run: gradproof migrate$"):
        analyse_class(course, course.assignments[0])
