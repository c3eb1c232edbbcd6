"""Sentences that promise something must have a check that fails when the promise is broken."""

from __future__ import annotations

import pytest

from grader.audit.course_audit import AuditOptions, audit
from grader.audit.findings import silent
from grader.audit.pages import write_pages

from ..warmup import CHECKS, SOURCE, edited

FILE = f"{CHECKS}/promises.toml"
PROMISES = """\
explains = ["`x` has any shape"]

[[promise]]
sentence = "Return `x` with every entry multiplied by the number `factor`, which may be negative."
held_by = ["test_values"]
replace = "x * factor"
with = "x * factor * 1.01"

[[promise]]
sentence = "and must be unchanged on return."
held_by = ["test_input_unchanged"]
mistake = "in_place"
"""

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def course(warmup):
    """Return a course whose exercise has promises."""
    (warmup.root / FILE).write_text(PROMISES, encoding="utf-8")
    return warmup


def audited(course, **options):
    """Return the audit of the exercise, and the findings as sentences."""
    report = audit(course, [], silent, AuditOptions(seeds=1, **options))
    found = [str(one).removeprefix(f"{course.root}/") for one in report.findings]
    return report, found


def test_the_table_says_which_checks_notice_a_broken_promise(course, tmp_path):
    """For machines and on the page."""
    report, found = audited(course)

    assert found == []
    values, unchanged = report.payload()["exercises"][0]["promises"]
    assert values["broken"] == {"replace": "x * factor", "with": "x * factor * 1.01"}
    assert "test_values" in values["caught"]
    assert unchanged["broken"] == {"mistake": "in_place"}
    assert unchanged["caught"] == ("test_input_unchanged",)
    write_pages(course, report, tmp_path)
    page = (tmp_path / "warmup.html").read_text(encoding="utf-8")
    assert "<tr><td>and must be unchanged on return.</td>" in page
    assert "<code>x * factor * 1.01</code>" in page


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            "x * factor * 1.01",
            "(x * factor) * 1",
            "scale: 'Return `x` with every entry multiplied by the number `factor`, which may be "
            "negative.' is caught by no check when it is broken; write one, or drop the sentence",
        ),
        (
            '["test_input_unchanged"]',
            '["test_values"]',
            "scale: 'and must be unchanged on return.' is not held by test_values when it is "
            "broken; fix the check, or run `gradproof audit warmup/scale --record`",
        ),
        (
            'held_by = ["test_input_unchanged"]',
            "",
            "scale: 'and must be unchanged on return.' does not say which checks hold it; run "
            "`gradproof audit warmup/scale --record`",
        ),
        (
            '"`x` has any shape"',
            "",
            "scale: '`x` has any shape' is neither a promise nor in 'explains'; what breaks it, "
            "and which check notices?",
        ),
        (
            "has any shape",
            "has each shape",
            "scale: '`x` has each shape' stands in the English statement no more; quote what "
            "does, or remove it",
        ),
    ],
)
def test_a_sentence_that_no_check_holds_is_found(course, old, new, found):
    """So are one that the table lacks and one that the statement lacks."""
    _report, findings = audited(edited(course, FILE, old, new))

    assert any(found in one for one in findings)
    assert all(FILE in one for one in findings)


def test_an_edited_statement_is_noticed(course):
    """Whoever adds a demand must say what holds it."""
    new = "# `x` has any shape and must be unchanged on return. Return no view of it."
    old = "# `x` has any shape and must be unchanged on return."
    _report, findings = audited(edited(course, SOURCE, old, new))

    assert any("'Return no view of it.' is neither a promise" in one for one in findings)


def test_the_checks_that_hold_a_promise_are_recorded(course):
    """Those that are right stay as they are, also if others hold it, too."""
    course = edited(course, FILE, 'held_by = ["test_input_unchanged"]\n', "")
    report, findings = audited(course, record=True)

    assert [str(one) for one in report.recorded] == [
        "warmup/scale: held_by of and must be unchanged on return.: +test_input_unchanged"
    ]
    assert findings == []
    text = (course.root / FILE).read_text(encoding="utf-8")
    assert text.count('held_by = ["test_values"]') == 1
    assert text.count('held_by = ["test_input_unchanged"]') == 1
