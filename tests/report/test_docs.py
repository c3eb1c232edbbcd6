"""The page on the report's format tells the truth."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from grader import __version__
from grader.errors import AuthoringError, InternalError, SubmissionError, UsageError
from grader.exercise import Assignment, Exercise, Text
from grader.outcome import Outcome, Result
from grader.report.grades_csv import to_csv
from grader.report.json_report import from_json, to_json
from grader.report.junit_xml import to_junit

PAGE = (Path(__file__).parents[2] / "docs" / "report-format.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """Return the page's one block of *language*."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def rows(heading: str, table: int = 0) -> list[list[str]]:
    """Return the cells of a table under *heading*, the first or a later one, without backticks."""
    section = PAGE.split(f"\n{heading}\n")[1].split("\n## ")[0]
    lines = re.findall(r"(?:^\|.*\|\n)+", section, re.MULTILINE)[table].splitlines()[2:]
    return [[cell.strip().replace("`", "") for cell in row.split("|")[1:-1]] for row in lines]


def keys(value: Any, prefix: str = "") -> list[str]:
    """Return the paths of all keys in *value*, as the page writes them."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return keys(value[0], f"{prefix}[]")
    if not isinstance(value, dict) or prefix == "isolation.layers":
        return [prefix]
    parts = [keys(each, f"{prefix}.{name}" if prefix else name) for name, each in value.items()]
    return [path for part in parts for path in part]


def table_of(result: Result) -> str:
    """Return grades.csv for one result."""
    names = [exercise.exercise for exercise in result.exercises]
    exercises = tuple(Exercise(name, Text(name, name), result.score) for name in names)
    assignment = Assignment(result.assignment, Text("", ""), result.framework, exercises)
    return to_csv([result], assignment).decode("utf-8-sig").replace("\r\n", "\n")


@pytest.fixture
def example() -> Result:
    """Return the result that the page shows."""
    return from_json(block("json").encode())[0]


def test_the_example_is_what_is_written():
    """The page's JSON is, byte for byte, what the program makes of its result."""
    shown = json.loads(block("json"))
    shown_version = f'"version": "{shown["grader"]["version"]}"'
    wanted = block("json").replace(shown_version, f'"version": "{__version__}"')

    assert to_json(*from_json(block("json").encode())).decode() == wanted


def test_every_key_has_its_row():
    """The table has the keys of the report, in their order."""
    assert [row[0] for row in rows("## The JSON report")] == keys(json.loads(block("json")))


def test_the_table_of_grades(example):
    """The page's grades.csv is the example's."""
    names = [exercise.exercise for exercise in example.exercises]
    written = table_of(example)
    columns = [row[0] for row in rows("## grades.csv")]
    place = columns.index("*exercise*")

    assert block("csv") == written
    assert [*columns[:place], *names, *columns[place + 1 :]] == written.splitlines()[0].split(",")


def test_columns_on_how_a_score_came_about(example):
    """They follow the others in the order of their own table."""
    late = table_of(replace(example, late_seconds=1)).splitlines()[0]
    more = [row[0] for row in rows("## grades.csv", 1)]

    assert ",".join([table_of(example).splitlines()[0], *more]) == late


def test_the_junit_file(example):
    """The page's XML is the example's."""
    assert block("xml") == to_junit([example]).decode()


def test_every_outcome_has_its_row(check, result):
    """The table has all outcomes, and what they become in JUnit."""
    wanted = []
    for outcome in Outcome:
        (case,) = ET.fromstring(to_junit([result(check("a.b", outcome))])).iter("testcase")
        wanted.append((outcome.value, case[0].tag if len(case) else "–"))

    assert [(row[0], row[3]) for row in rows("## Outcomes")] == wanted


def test_the_outcomes_that_explain_most_come_first(check, result):
    """The page has them in the order by which an exercise gets its outcome."""
    text = " ".join(PAGE.split("one of its checks has:")[1].split("So an exercise")[0].split())
    telling = [Outcome(name) for name in re.findall("`(.*?)`", text)]

    assert sorted(Outcome) == sorted(telling)
    for place in range(len(telling)):
        made = result(*(check(f"a.b{n}", outcome) for n, outcome in enumerate(telling[place:])))
        assert telling[place] is made.exercises[0].outcome


def test_exit_codes_are_those_of_the_errors():
    """Each kind of error ends the program with the code that the page gives."""
    meanings = dict(rows("## Exit codes"))

    assert list(meanings) == ["0", "1", "2", "3", "4"]
    assert "less than full marks" in meanings[str(SubmissionError.exit_code)]
    assert "used wrongly" in meanings[str(UsageError.exit_code)]
    assert "the course is broken" in meanings[str(AuthoringError.exit_code)]
    assert "our fault" in meanings[str(InternalError.exit_code)]
