from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import __version__
from grader.adjustments import Attempt, ByHand, Cap, LateDays, Override, PartialCredit, Penalty
from grader.errors import InternalError
from grader.outcome import (
    Outcome,
)
from grader.report.json_report import OldReport, from_json, to_json
from grader.report.safe_text import clean_result

from ..made_results import any_results, made_check, made_result, overridden, with_checks


@given(any_results(), st.none() | st.text(max_size=9))
def test_a_report_brings_its_result_back(result, fingerprint):
    """Nothing is lost but what cleaning takes, and points stay exact."""
    report = to_json(result, fingerprint)

    assert (clean_result(result), fingerprint) == from_json(report)
    assert report == to_json(*from_json(report))


def test_the_whole_report(check, result):
    """Every key, in its order, with text as it is in any language."""
    passed = check("softmax.test_shape", Outcome.PASSED, "1/3", seconds=0.25, through="dropout")
    failed = check(
        "softmax.test_rows",
        Outcome.FAILED,
        "2.5",
        message="形状\x1b[1m不对\x00",
        hints=("What is wrong?", "\x1b[1m形状"),
        hidden=True,
        seed=7,
        credit=PartialCredit(Fraction(1, 2), "Half of it."),
    )
    made = result(
        passed,
        failed,
        notes=("a note",),
        seconds=1.0,
        late_seconds=60,
        penalty=Penalty(Fraction(1, 2), "A minute."),
        late_days=LateDays(1, 2),
        cap=Cap(Fraction(9), "The most."),
        attempt=Attempt(1, 2, "best"),
        rubric=(ByHand("plot", Fraction(2)),),
    )
    made = overridden(made, softmax=Override(Fraction(2), "Well tried.", "Dr. Noether"))

    report = json.loads(to_json(made, "f1"))

    assert report == {
        "schema": "gradproof/report/v3",
        "learner": "ada",
        "assignment": "basics",
        "submission": "ada.py",
        "digest": "5eed",
        "framework": "numpy",
        "score": 1.5,
        "max_score": "29/6",
        "final": True,
        "late_seconds": 60,
        "penalty": {"points": 0.5, "reason": "A minute."},
        "late_days": {"used": 1, "left": 2},
        "cap": {"points": 9, "reason": "The most."},
        "attempt": {"number": 1, "of": 2, "rule": "best"},
        "rubric": [
            {
                "line": "plot",
                "max_points": 2,
                "points": None,
                "by": "",
                "reason": "",
                "earlier": False,
            }
        ],
        "exercises": [
            {
                "exercise": "softmax",
                "outcome": "failed",
                "points": 2,
                "max_points": "17/6",
                "counts": "yes",
                "override": {"points": 2, "reason": "Well tried.", "by": "Dr. Noether"},
                "source": None,
                "checks": [
                    {
                        "exercise": "softmax",
                        "name": "test_shape",
                        "outcome": "passed",
                        "points": "1/3",
                        "max_points": "1/3",
                        "sentence": "The sentence of test_shape.",
                        "message": "",
                        "hints": [],
                        "hidden": False,
                        "seconds": 0.25,
                        "seed": 0,
                        "through": "dropout",
                        "credit": None,
                        "machine_busy": False,
                        "missing_library": "",
                    },
                    {
                        "exercise": "softmax",
                        "name": "test_rows",
                        "outcome": "failed",
                        "points": 1.25,
                        "max_points": 2.5,
                        "sentence": "The sentence of test_rows.",
                        "message": "形状不对\ufffd",
                        "hints": ["What is wrong?", "形状"],
                        "hidden": True,
                        "seconds": 0.0,
                        "seed": 7,
                        "through": "",
                        "credit": {"share": 0.5, "reason": "Half of it."},
                        "machine_busy": False,
                        "missing_library": "",
                    },
                ],
            }
        ],
        "isolation": {"level": "bubblewrap", "layers": {"bubblewrap": True}, "warning": ""},
        "notes": ["a note"],
        "seconds": 1.0,
        "grader": {"version": __version__},
        "fingerprint": "f1",
    }
    assert [*report][:2] + [*report][-2:] == ["schema", "learner", "grader", "fingerprint"]
    assert '\n          "message": "形状不对\ufffd",\n'.encode() in to_json(made)
    assert to_json(made).endswith(b"\n}\n")


def test_only_seconds_may_differ(check, result):
    """The same result is the same bytes, whenever it was made."""
    early = result(check("a.b", Outcome.PASSED), seconds=1.0)
    late = with_checks(early, [replace(early.checks[0], seconds=8.5)])
    first, second = (
        to_json(made).decode().splitlines() for made in (early, replace(late, seconds=9.0))
    )
    different = [line for line, other in zip(first, second, strict=True) if line != other]

    assert [line.strip().split(":")[0] for line in different] == ['"seconds"'] * 2


def test_points_are_no_floats(check, result):
    """A long decimal stands there digit by digit."""
    points = Fraction("0.1000000000000000000000000001")
    report = to_json(result(check("a.b", Outcome.PASSED, points)))

    assert b'"score": 0.1000000000000000000000000001,' in report
    assert (
        Decimal(str(points.numerator)) / 10**28 == json.loads(report, parse_float=Decimal)["score"]
    )
    assert points == from_json(report)[0].score


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"score": 2.5', '"score": 3'),
        ('"score": 2.5', '"score": 2.50'),
        ('"score": 2.5', '"score": 25e-1'),
        ('"score": 2.5', '"score": "5/2"'),
        ('"score": 2.5', '"score": 1e999999999'),
        ('"max_points": 2.5', f'"max_points": {"9" * 100_000}'),
        ('"max_points": 2.5', f'"max_points": {"[" * 100_000}'),
        ('"max_points": 2.5', '"max_points": "1/0"'),
        ('"max_points": 2.5', '"max_points": null'),
        ('"final": true', '"final": false'),
        ('"outcome": "passed"', '"outcome": "failed"'),
        ('"outcome": "passed"', '"outcome": "great"'),
        ('"learner": "ada"', '"learner": "ada\\u001b[31m"'),
        ('"learner": "ada"', '"learner": "\\ud800"'),
        ('"learner": "ada"', '"learner": 3'),
        ('"learner": "ada",', ""),
        ('"learner": "ada",', '"learner": "ada", "teacher": "bob",'),
        ('"seconds": 0.0,', ""),
        ('"points": 2.5', '"points": 0'),
        ('"max_points": 2.5', '"max_points": 1'),
        ('"exercise": "a"', '"exercise": "b"'),
        ('"through": "",', ""),
        ('"through": ""', '"through": "", "extra": 1'),
        ('"credit": null', '"credit": {"share": 1, "reason": ""}'),
        ('"penalty": null', '"penalty": {"points": 1, "reason": ""}'),
        ('"penalty": null', '"penalty": {"points": -1, "reason": ""}'),
        ('"override": null', '"override": {"points": 1, "reason": "", "by": ""}'),
        ('"override": null', '"override": {"points": 2.5, "reason": ""}'),
        ('"late_seconds": 0', '"late_seconds": 0.5'),
        ("\n}\n", ""),
        ("\n}\n", "}}"),
    ],
)
def test_a_damaged_report_is_refused(check, result, old, new):
    """What was cut, edited or contradicts itself is no grade."""
    report = to_json(result(check("a.b", Outcome.PASSED, "2.5"))).decode()
    assert old in report

    with pytest.raises(InternalError, match=r"^This report cannot be read \(.*\)\. Grade again\.$"):
        from_json(report.replace(old, new, 1).encode())


def test_bytes_that_are_no_text_are_refused(check, result):
    """A broken encoding is damage too."""
    report = to_json(result(check("a.b", Outcome.PASSED))).replace(b"ada.py", b"\xff")

    with pytest.raises(InternalError, match="cannot be read"):
        from_json(report)


def test_another_version_is_named():
    """A report of a later format says so, whatever else it holds."""
    report = b'{"schema": "gradproof/report/v4", "surprise": 1}'

    with pytest.raises(
        InternalError,
        match=r"gradproof/report/v4, but this version of gradproof reads gradproof/report/v3",
    ):
        from_json(report)


def test_the_format_before_names_the_step():
    """A report of the format before says which command brings it up to date."""
    report = b'{"schema": "gradproof/report/v2", "learner": "ada"}'

    with pytest.raises(OldReport, match=r"gradproof/report/v2\. Run: gradproof migrate$"):
        from_json(report)


def test_white_space_between_keys_does_not_matter():
    """Another program may indent a report in its own way."""
    made = made_result(made_check("a.b", Outcome.PASSED))
    report = json.dumps(json.loads(to_json(made)), indent=7).encode()

    assert (made, None) == from_json(report)
