"""The comparison with nbgrader is fair, and runs."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")
pytest.importorskip("nbgrader", reason="nbgrader is not installed")

import torch

from benchmarks import nbgrader_compared as compared
from benchmarks.score_vs_pytest import VARIANTS
from grader.course.source import read_cells, reference_text

SOLVED = reference_text(
    read_cells(compared.ROOT / "solutions" / compared.ASSIGNMENT / f"{compared.ASSIGNMENT}.py")
)


def accepted(text):
    """Return the exercises whose answers in *text* the asserts of the plain side accept."""
    found = set()
    for exercise, asserts in compared.ASSERTS.items():
        namespace = {"torch": torch}
        exec(text, namespace)
        try:
            exec(asserts, namespace)
        except Exception:
            continue
        found.add(exercise)
    return found


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_asserts_judge_as_the_checks_do(variant):
    """What nbgrader runs accepts the reference, and rejects what is wrong in the others."""
    unshifted = {"softmax", "log_softmax"}
    wrong = {"reference": set(), "no_shift": unshifted}.get(variant, {"softmax"})

    assert accepted(VARIANTS[variant](SOLVED)) == set(compared.ASSERTS) - wrong


@pytest.mark.slow
@pytest.mark.rare
def test_two_submissions_get_the_same_grades_from_both_of_our_sides(tmp_path):
    """The drop-in and ``score`` are measured, and agree to the point."""
    report = compared.compare(tmp_path, size=2, jobs=1, with_plain=False)

    assert report["disagreements"] == []
    assert [side["name"] for side in report["sides"]] == ["the same, drop-in", "gradproof score"]
    assert all(side["wall_seconds"] > 0 for side in report["sides"])


def test_another_grade_is_seen():
    """Points must be equal between our sides; with nbgrader's own cells, full marks must."""
    ours = {"ada": {"softmax": 4.5}, "bob": {"softmax": 9.0}}
    plain = {"ada": {"softmax": 0.0}, "bob": {"softmax": 0.0}}
    full = {"softmax": 9.0}

    assert compared.disagreements(ours, ours, {}, full) == []
    assert compared.disagreements(ours, ours, plain, full) == [
        "bob, softmax: score 9.0, nbgrader 0.0"
    ]
    assert compared.disagreements(ours, {**ours, "ada": {"softmax": 5.0}}, {}, full) == [
        "ada, softmax: score 4.5, drop-in 5.0"
    ]
