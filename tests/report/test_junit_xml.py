from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.outcome import CheckResult, Isolation, Outcome
from grader.report.junit_xml import to_junit

from ..made_results import made_result

WHOLE = """\
<?xml version='1.0' encoding='utf-8'?>
<testsuites name="gradproof">
  <testsuite name="ada" failures="1" errors="1" skipped="1" tests="4" time="1.500">
    <properties>
      <property name="score" value="1.5" />
      <property name="max_score" value="4.833333" />
      <property name="final" value="false" />
      <property name="submission" value="ada.py" />
      <property name="digest" value="5eed" />
    </properties>
    <testcase classname="basics.softmax" name="test_shape (1.5/1.5)" time="0.250" />
    <testcase classname="basics.softmax" name="test_rows (0/2)" time="0.000">
      <failure message="failed: Each row sums to one." type="failed">got &lt;b&gt; &amp; "nan"

Every value is NaN.

What is exp(1000)?</failure>
    </testcase>
    <testcase classname="basics.softmax" name="test_large (0/1)" time="0.000">
      <skipped message="blocked: The sentence of test_large." type="blocked">waits</skipped>
    </testcase>
    <testcase classname="basics.dropout" name="test_mean (0/0.333333)" time="0.000">
      <error message="broken on our side: The sentence of test_mean." type="internal" />
    </testcase>
  </testsuite>
</testsuites>
"""


def test_the_whole_file(check, result):
    """One suite per learner, with points in names and properties."""
    made = result(
        check("softmax.test_shape", Outcome.PASSED, "1.5", seconds=0.25),
        check(
            "softmax.test_rows",
            Outcome.FAILED,
            2,
            sentence="Each row sums to one.",
            message='got <b> & "nan"',
            hints=("Every value is NaN.", "What is exp(1000)?"),
        ),
        check("softmax.test_large", Outcome.BLOCKED, message="waits"),
        check("dropout.test_mean", Outcome.INTERNAL, "1/3"),
        seconds=1.5,
    )

    assert to_junit([made]).decode() == WHOLE


@pytest.mark.parametrize(
    ("outcome", "tag"),
    [
        (Outcome.PASSED, None),
        (Outcome.FAILED, "failure"),
        (Outcome.NOT_IMPLEMENTED, "failure"),
        (Outcome.TIMED_OUT, "failure"),
        (Outcome.CRASHED, "failure"),
        (Outcome.INTERNAL, "error"),
        (Outcome.BLOCKED, "skipped"),
        (Outcome.SKIPPED, "skipped"),
    ],
)
def test_what_an_outcome_becomes(check, result, outcome, tag):
    """CI systems know four ends of a case."""
    (case,) = ET.fromstring(to_junit([result(check("a.b", outcome))])).iter("testcase")

    assert ([] if tag is None else [tag]) == [ended.tag for ended in case]


def test_names_differ(check, result):
    """A system that shows only the first of several cases of one name shows them all."""
    twice = check("a.b", Outcome.PASSED), check("a.b", Outcome.PASSED)
    tree = ET.fromstring(to_junit([result(*twice, learner=name) for name in ("s10", "s2", "s2")]))
    names = [case.get("name") for case in tree.iter("testcase")]

    assert names == [
        "b (1/1) [s2]",
        "b (1/1) [s2] #2",
        "b (1/1) [s2] #3",
        "b (1/1) [s2] #4",
        "b (1/1) [s10]",
        "b (1/1) [s10] #2",
    ]


def test_no_check_is_an_error(result):
    """An empty suite would look like a pass."""
    suite = ET.fromstring(to_junit([result()]))[0]

    assert (suite.get("tests"), suite.get("errors")) == ("1", "1")
    assert suite.find("testcase/error").get("message") == "no check ran"  # type: ignore[union-attr]


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_valid_xml(text):
    """Whatever a learner's code says, the file can be read."""
    check = CheckResult(text, text, Outcome.FAILED, Fraction(1), text, text, (text,))
    names = dict.fromkeys(["learner", "assignment", "submission", "digest", "framework"], text)
    made = made_result(check, isolation=Isolation(text), notes=(text,), **names)
    tree = ET.fromstring(to_junit([made, made]))

    assert len(list(tree.iter("failure"))) == 2
