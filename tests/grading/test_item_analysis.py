from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.errors import UsageError
from grader.grading.item_analysis import analyse_class
from grader.outcome import Outcome
from grader.scoring.results import Results

from ..made_results import made_check, made_result
from ..warmup import made


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def course(tmp_path):
    """Return a course with three reports."""
    course = made(tmp_path / "course")
    for number, outcome in enumerate([Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]):
        write(course, f"s{number}", outcome)
    return course


def write(course, learner, *outcomes, assignment="warmup", kept="warmup"):
    """Keep a learner's report."""
    checks = [made_check(f"scale.test_{number}", o) for number, o in enumerate(outcomes)]
    result = made_result(*checks, learner=learner, assignment=assignment)
    Results(course.root / "results", kept).write(result, "f", "")


def run(course, *arguments):
    """Run ``gradproof items`` in a course."""
    return CliRunner().invoke(cli.main, ["items", *arguments, "--course", str(course.root)])


def test_everyones_report_counts(course):
    """One learner each, whoever was scored when."""
    analysis, unread = analyse_class(course, course.assignments[0])

    assert (analysis.assignment, analysis.learners, unread) == ("warmup", 3, [])
    assert [item.share for item in analysis.items] == [2 / 3]


def test_reports_that_cannot_be_used_are_left_out_and_named(course):
    """Damaged ones, and those on another assignment."""
    path = course.root / "results" / "warmup" / "s1" / "report.json"
    path.write_bytes(path.read_bytes()[:-30])
    write(course, "stray", Outcome.PASSED, assignment="other")
    analysis, unread = analyse_class(course, course.assignments[0])
    result = run(course, "warmup")

    assert (analysis.learners, unread) == (2, ["s1", "stray"])
    assert 0 == result.exit_code
    assert "Left out because the report cannot be read (score again): s1, stray" in result.output


def test_nothing_scored_is_told(course):
    """With the command that changes it."""
    shutil.rmtree(course.root / "results")

    with pytest.raises(UsageError, match="Run: gradproof score warmup"):
        analyse_class(course, course.assignments[0])
    assert 2 == run(course, "warmup").exit_code
    assert 2 == run(course, "warmap").exit_code


def test_json_holds_what_the_table_shows(course):
    """Nothing but JSON is on stdout."""
    found = json.loads(run(course, "warmup", "--json").stdout)

    assert "gradproof/items/v1" == found["schema"]
    assert {"passed": 2, "failed": 1} == found["checks"][0]["outcomes"]
    assert ["few learners"] == [finding["kind"] for finding in found["findings"]]
