from __future__ import annotations

import pytest

from grader.audit import draft as module
from grader.audit.draft import try_draft
from grader.errors import UsageError
from grader.outcome import Outcome
from grader.report.audit_tables import draft_view

from ..report.test_terminal import shown

RIGHT = "# framework: numpy\ndef scale(x, factor):\n    return factor * x\n"


@pytest.fixture
def tried(warmup, walls, monkeypatch, tmp_path):
    """Return a function that tries a draft with some text."""

    class Lent:
        def __init__(self, frameworks, level):
            pass

        def __enter__(self):
            return walls[0]

        def __exit__(self, *exception):
            pass

    monkeypatch.setattr(module, "Zygote", Lent)

    def tried(text, *names):
        path = tmp_path / "draft.py"
        path.write_text(text, encoding="utf-8")
        return try_draft(warmup, path, names)

    return tried


def test_a_right_draft_passes_public_and_hidden_checks(tried):
    """Of the exercises that it defines."""
    draft = tried(RIGHT)

    assert {check.outcome for check in draft.result.checks} == {Outcome.PASSED}
    assert [check.hidden for check in draft.result.checks] == [False, False, True]
    assert draft.likenesses == {}


def test_a_draft_may_be_a_known_mistake(tried):
    """It is named, and each check has one line."""
    draft = tried(RIGHT.replace("factor * x", "x * abs(factor)"))
    lines = shown(draft_view(draft.result, draft.framework, draft.likenesses), 200).splitlines()

    assert draft.likenesses == {("scale", "test_negative_factor"): "size_only"}
    assert lines[0] == "scale: 2 of 3 checks pass on NumPy arrays"
    assert lines[1] == "  ✓ test_values"
    assert lines[2].startswith("  ✗ test_negative_factor: failed: The result has wrong values.")
    assert lines[3:] == [
        "  ✓ test_input_unchanged (hidden)",
        "  It gives the same answers as the known mistake size_only.",
    ]


def test_a_likeness_that_not_all_failed_checks_show_is_none(tried):
    """Another failed check disagrees: the draft is not that mistake."""
    draft = tried(RIGHT.replace("factor * x", "x * abs(factor) + (x.ndim == 2)"))
    lines = shown(draft_view(draft.result, draft.framework, draft.likenesses), 200).splitlines()

    assert lines[0] == "scale: 0 of 3 checks pass on NumPy arrays"
    assert lines[4:] == []


def test_a_draft_without_an_exercise_is_wrong_usage(tried):
    """There is nothing to try."""
    with pytest.raises(UsageError, match=r"draft.py defines no exercise that was asked for"):
        tried("def scales(x, factor):\n    return x\n")
