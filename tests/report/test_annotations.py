from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader import language
from grader.exercise import Source, Text
from grader.outcome import Outcome, Result
from grader.report.annotations import annotated, to_github, to_gitlab

from ..made_results import made_check, made_result

TITLES = {"scale": Text("Scaling, by 100%: a start", "缩放")}
CODE = "import numpy\n\n\ndef scale(x, factor):\n    return x[factor]\n"
EVIL = "boom\n::set-env name=PATH::/evil\r\n::error::100%"


@pytest.fixture(autouse=True)
def english():
    """Speak English."""
    language.use("en")


def judged(message: str, file: str = "ada.py", hints: tuple[str, ...] = ()) -> Result:
    """Return a result with one check that failed."""
    check = made_check("scale.test_a", Outcome.FAILED, message=message, hints=hints)
    result = made_result(check, made_check("scale.test_b", Outcome.PASSED))
    sourced = (replace(one, source=Source(file, "", "written")) for one in result.exercises)
    return replace(result, exercises=tuple(sourced))


def test_a_remark_stands_at_the_line_that_the_message_names(tmp_path):
    """Else where the function begins; in a notebook, at the file."""
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "ada.py").write_text(CODE)
    (tmp_path / "work" / "ada.ipynb").write_text("{}")
    places = [
        ("It raised.\n  ada.py, line 5: return x[factor]", "ada.py"),
        ("It is wrong.", "ada.py"),
        ("It is wrong.", "ada.ipynb"),
        ("It is wrong.", "../../etc/passwd"),
    ]
    found = [
        annotated(judged(message, file), TITLES, tmp_path / "work", tmp_path)[0]
        for message, file in places
    ]

    assert [(one.file, one.line) for one in found] == [
        *(("work/ada.py", 5), ("work/ada.py", 4), ("work/ada.ipynb", 0), ("", 0)),
    ]


def test_no_text_of_a_learner_becomes_a_command_to_github(tmp_path):
    """One line for each remark, whatever is quoted in it."""
    (tmp_path / "ada.py").write_text(CODE)
    text = to_github(annotated(judged(EVIL), TITLES, tmp_path / "ada.py", tmp_path))

    assert text.count("\n") == 1 and "\r" not in text
    assert text.startswith(
        "::error file=ada.py,line=4,title=Scaling%2C by 100%25%3A a start (1/2)::The sentence of"
    )
    assert "%0A::set-env name=PATH" in text and "100%25" in text


def test_gitlab_gets_the_same_as_a_report_of_quality(tmp_path):
    """With the keys that it asks for."""
    (tmp_path / "ada.py").write_text(CODE)
    (one,) = json.loads(to_gitlab(annotated(judged("Wrong."), TITLES, tmp_path, tmp_path)))

    assert one.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert one["location"] == {"path": "ada.py", "lines": {"begin": 4}}


def test_full_marks_need_no_remark_and_no_check_is_an_error():
    """A run without checks must not look like a pass."""
    passed = made_result(made_check("scale.test_a", Outcome.PASSED))
    (nothing,) = annotated(made_result(), TITLES, Path(), Path())

    assert annotated(passed, TITLES, Path(), Path()) == []
    assert (nothing.level, nothing.text) == ("error", "No check ran.")
