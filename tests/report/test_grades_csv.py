from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exercise import Assignment, Exercise, Text
from grader.outcome import Outcome
from grader.report.grades_csv import to_csv
from grader.submission.metadata import Metadata

from ..made_results import made_result


def assignment(*names: str) -> Assignment:
    """Return an assignment with exercises of these names."""
    exercises = tuple(Exercise(name, Text(name, name), 1) for name in names)  # type: ignore[arg-type]
    return Assignment("basics", Text("Basics", "基础"), "numpy", exercises)


def test_the_whole_file(check, result):
    """One row per learner, one column per exercise, decimals as far as there are any."""
    ada = result(
        check("softmax.a", Outcome.PASSED, "0.125"),
        check("softmax.b", Outcome.FAILED, "2/3"),
        check("dropout.c", Outcome.PASSED, "1/3"),
        learner="李雷, A",
        submission='a "b".py',
    )
    bob = result(check("softmax.a", Outcome.INTERNAL), learner="bob")
    none = result(learner="carol")

    assert (
        to_csv([ada, none, bob], assignment("softmax", "dropout"))
        == (
            "\ufefflearner,softmax,dropout,score,max_score,percent,status,trouble,submission,digest\r\n"
            "bob,0,,0,1,0,not final,softmax: broken on our side,ada.py,5eed\r\n"
            "carol,,,0,0,,not final,no check ran,ada.py,5eed\r\n"
            '"李雷, A",0.125,0.333333,0.458333,1.125,40.74,final,softmax: failed,'
            '"a ""b"".py",5eed\r\n'
        ).encode()
    )


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\x1b[1m=1", "'=1"),
        (" =1", "'=1"),
        ("\u3000=1", "'=1"),
        ('"=1', "'\"=1"),
        ("'=1", "''=1"),
        ("ada;=1+1", "ada;'=1+1"),
        ('ada; "@x', "ada;' \"@x"),
        ("a\t=1", "a =1"),
        ("ada;b-1", "ada;b-1"),
        ("a=1", "a=1"),
        ("a\r\nb", "a b"),
    ],
)
def test_no_cell_is_a_formula(check, result, name, cell):
    """What a spreadsheet would compute is defused by an apostrophe."""
    made = result(check("a.b", Outcome.PASSED), learner=name, submission=name)
    (row,) = list(csv.reader(io.StringIO(to_csv([made], assignment("a")).decode("utf-8-sig"))))[1:]

    assert (cell, cell) == (row[0], row[-2])


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_keeps_its_cell(text):
    """A name never spills into another column or row, and never starts a formula."""
    made = made_result(learner=text, submission=text, digest=text)
    table = to_csv([made, made], assignment("a")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))

    assert [len(row) for row in rows] == [9, 9, 9]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


def test_where_a_submission_comes_from_has_columns(check, result):
    """What platform and roster say is there if anybody has it; who is missing has a row."""
    ada = result(check("softmax.a", Outcome.PASSED, "1"), learner="s10")
    said = {"s10": Metadata(platform_id="7", attempt=2, late=True, group=("s10", "s11"))}
    missing = {"s2": Metadata(name="Bob", section="=B"), "s30": Metadata()}
    rows = list(
        csv.DictReader(
            io.StringIO(to_csv([ada], assignment("softmax"), said, missing).decode("utf-8-sig"))
        )
    )

    assert ["s2", "s10", "s30"] == [row["learner"] for row in rows]
    assert ["missing", "final", "missing"] == [row["status"] for row in rows]
    assert ["", "1", ""] == [row["score"] for row in rows]
    assert ["Bob", "'=B", ""] == [rows[0][key] for key in ("name", "section", "late")]
    assert ["7", "2", "late", "s10, s11"] == [
        rows[1][key] for key in ("platform_id", "attempt", "late", "group")
    ]
    assert "submitted_at" not in rows[0]
