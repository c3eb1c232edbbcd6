from __future__ import annotations

import json
from fractions import Fraction

import pytest

from grader.errors import InternalError
from grader.outcome import Outcome
from grader.report.json_report import from_json, to_json
from grader.report.report_upgrade import upgrade

from ..made_results import made_check, made_result

OLD = """\
{
  "schema": "gradproof/report/v2",
  "learner": "ada",
  "assignment": "basics",
  "submission": "ada.py",
  "digest": "5eed",
  "framework": "numpy",
  "score": 0.1000000000000000000000000001,
  "max_score": "13000000000000000000000000003/30000000000000000000000000000",
  "final": true,
  "isolation": {
    "level": "bubblewrap",
    "layers": {
      "bubblewrap": true
    },
    "warning": ""
  },
  "notes": [
    "a note"
  ],
  "checks": [
    {
      "exercise": "softmax",
      "name": "test_shape",
      "outcome": "passed",
      "points": 0.1000000000000000000000000001,
      "max_points": 0.1000000000000000000000000001,
      "sentence": "The sentence of test_shape.",
      "message": "",
      "hints": [],
      "hidden": false,
      "seed": 7
    },
    {
      "exercise": "dropout",
      "name": "test_mean",
      "outcome": "failed",
      "points": 0,
      "max_points": "1/3",
      "sentence": "The sentence of test_mean.",
      "message": "形状不对",
      "hints": [
        "What is wrong?"
      ],
      "hidden": true,
      "seed": 8
    }
  ],
  "timing": {
    "seconds": 1.5,
    "checks": [
      0.25,
      1e-5
    ]
  },
  "grader": {
    "version": "0.0.9"
  },
  "fingerprint": "f1"
}
"""


def test_nothing_is_lost():
    """Points stay exact, and every text, time, seed and the fingerprint is there again."""
    new = upgrade(OLD.encode())

    assert from_json(new) == (
        made_result(
            made_check(
                "softmax.test_shape",
                Outcome.PASSED,
                "0.1000000000000000000000000001",
                seconds=0.25,
                seed=7,
            ),
            made_check(
                "dropout.test_mean",
                Outcome.FAILED,
                Fraction(1, 3),
                message="形状不对",
                hints=("What is wrong?",),
                hidden=True,
                seconds=1e-5,
                seed=8,
            ),
            notes=("a note",),
            seconds=1.5,
        ),
        "f1",
    )
    assert json.loads(new)["grader"] == {"version": "0.0.9"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"score": 0.1000000000000000000000000001', '"score": 0.1'),
        ('"final": true', '"final": false'),
        ('"points": 0,', '"points": "1/3",'),
        ('"outcome": "failed"', '"outcome": "passed"'),
        ('"outcome": "failed"', '"outcome": "great"'),
        ('"max_points": "1/3"', '"max_points": "1/0"'),
        ('"max_points": "1/3"', '"max_points": 1e999999999'),
        ('"max_points": "1/3"', '"max_points": null'),
        ("      0.25,\n", ""),
        ('"timing": {', '"timing": [], "other": {'),
        ('"checks": [\n    {', '"checks": [3, {'),
        ('"grader": {\n    "version": "0.0.9"\n  }', '"grader": null'),
        ('"learner": "ada",', ""),
        ("\n}\n", ""),
    ],
)
def test_a_damaged_report_is_refused(old, new):
    """What was cut, edited or contradicts itself is no grade in any format."""
    assert old in OLD

    with pytest.raises(InternalError, match=r"^This report cannot be read \(.*\)\. Grade again\.$"):
        upgrade(OLD.replace(old, new, 1).encode())


def test_only_the_format_before_is_brought_up_to_date():
    """A report of this version, or of one that is not known, is named as such."""
    for report in (to_json(made_result()), b'{"schema": "gradproof/report/v1"}'):
        with pytest.raises(
            InternalError,
            match=r"report/v[13], but this version of gradproof reads gradproof/report/v2",
        ):
            upgrade(report)
