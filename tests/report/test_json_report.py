from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import __version__
from grader.errors import InternalError
from grader.outcome import CheckResult, Isolation, Outcome, Result
from grader.report.json_report import from_json, to_json
from grader.report.safe_text import clean_result

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
SECONDS = st.floats(min_value=0, allow_infinity=False)
CHECK = st.builds(
    CheckResult,
    TEXT,
    TEXT,
    st.sampled_from(Outcome),
    st.fractions(min_value=0, max_denominator=1_000),
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
    st.booleans(),
    SECONDS,
    st.integers(0, 2**32 - 1),
)
LAYERS = st.dictionaries(st.sampled_from(["landlock", "seccomp", "墙"]), st.booleans())
ISOLATION = st.builds(Isolation, TEXT, LAYERS.map(lambda layers: tuple(layers.items())), TEXT)
RESULT = st.builds(
    Result,
    *[TEXT] * 5,
    st.lists(CHECK, max_size=3).map(tuple),
    ISOLATION,
    st.lists(TEXT, max_size=2).map(tuple),
    SECONDS,
)


@given(RESULT, st.none() | st.text(max_size=9))
def test_a_report_brings_its_result_back(result, fingerprint):
    """Nothing is lost but what cleaning takes, and points stay exact."""
    report = to_json(result, fingerprint)

    assert (clean_result(result), fingerprint) == from_json(report)
    assert report == to_json(*from_json(report))


def test_the_whole_report(check, result):
    """Every key, in its order, with text as it is in any language."""
    passed = check("softmax.test_shape", Outcome.PASSED, "1/3", seconds=0.25)
    failed = check(
        "softmax.test_rows",
        Outcome.FAILED,
        "2.5",
        message="形状\x1b[1m不对\x00",
        hints=("What is wrong?", "\x1b[1m形状"),
        hidden=True,
        seed=7,
    )
    made = result(passed, failed, notes=("a note",), seconds=1.0)

    assert json.loads(to_json(made, "f1")) == {
        "schema": "gradproof/report/v2",
        "learner": "ada",
        "assignment": "basics",
        "submission": "ada.py",
        "digest": "5eed",
        "framework": "numpy",
        "score": "1/3",
        "max_score": "17/6",
        "final": True,
        "isolation": {"level": "bubblewrap", "layers": {"bubblewrap": True}, "warning": ""},
        "notes": ["a note"],
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
                "seed": 0,
            },
            {
                "exercise": "softmax",
                "name": "test_rows",
                "outcome": "failed",
                "points": 0,
                "max_points": 2.5,
                "sentence": "The sentence of test_rows.",
                "message": "形状不对\ufffd",
                "hints": ["What is wrong?", "形状"],
                "hidden": True,
                "seed": 7,
            },
        ],
        "timing": {"seconds": 1.0, "checks": [0.25, 0.0]},
        "grader": {"version": __version__},
        "fingerprint": "f1",
    }
    assert '\n      "message": "形状不对\ufffd",\n'.encode() in to_json(made)
    assert to_json(made).endswith(b"\n}\n")


def test_only_timing_may_differ(check, result):
    """The same result is the same bytes, whenever it was made."""
    early = result(check("a.b", Outcome.PASSED), seconds=1.0)
    late = replace(early, checks=(replace(early.checks[0], seconds=8.5),), seconds=9.0)
    first, second = (json.loads(to_json(made)) for made in (early, late))

    assert first.pop("timing") != second.pop("timing")
    assert list(first.items()) == list(second.items())


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
        ('"checks": [\n      0.0\n    ]', '"checks": []'),
        ("\n}\n", ""),
        ("\n}\n", "}}"),
    ],
)
def test_a_damaged_report_is_refused(check, result, old, new):
    """What was cut, edited or contradicts itself is no grade."""
    report = to_json(result(check("a.b", Outcome.PASSED, "2.5"))).decode()
    assert old in report

    with pytest.raises(InternalError, match=r"^This report cannot be read \(.*\)\. Grade again\.$"):
        from_json(report.replace(old, new).encode())


def test_bytes_that_are_no_text_are_refused(check, result):
    """A broken encoding is damage too."""
    report = to_json(result(check("a.b", Outcome.PASSED))).replace(b"ada.py", b"\xff")

    with pytest.raises(InternalError, match="cannot be read"):
        from_json(report)


def test_another_version_is_named(check, result):
    """A report of a later format says so, whatever else it holds."""
    report = b'{"schema": "gradproof/report/v3", "surprise": 1}'

    with pytest.raises(InternalError, match=r"gradproof/report/v3; gradproof/report/v2 is read"):
        from_json(report)
