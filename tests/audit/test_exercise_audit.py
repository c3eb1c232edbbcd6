"""What is said of an exercise by what became of its trials."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from grader.audit.exercise_audit import judge
from grader.audit.kept_results import CheckFacts
from grader.audit.measurement import CheckEnd, Measurement
from grader.audit.trials import SEEDS, read_exercises, trials_of
from grader.exercise import Text
from grader.outcome import Outcome

from ..warmup import CHECKS

NAMES = ("test_values", "test_negative_factor", "test_input_unchanged")
FACTS = [
    CheckFacts(name, Fraction(points), Text("Right.", "正确。"), name == NAMES[2], 4)
    for name, points in zip(NAMES, (2, 1, 1), strict=True)
]


@pytest.fixture
def audited(warmup):
    """Return the exercise of the small course."""
    units = [(a, e) for a in warmup.assignments for e in a.exercises]
    ((one,), _findings) = read_exercises(warmup, units)
    return one


def ended(outcomes, message=""):
    """Return what became of a trial: all checks pass but those in *outcomes*."""
    ends = [CheckEnd(name, outcomes.get(name, Outcome.PASSED)) for name in NAMES]
    lost = [replace(e, message=message) if e.name in outcomes else e for e in ends]
    return Measurement(tuple(lost), {"float64": 1e-16}, {"test_values": 1})


def as_it_should_be(audited, seeds=3):
    """Return trials under some seeds, and what became of each in a course that is right."""
    named = {mistake.name: mistake.caught_by for mistake in audited.mistakes}
    measured = {}
    for trial in trials_of(audited, seeds, seeds):
        if trial.must_pass:
            measured[trial] = ended({})
        elif trial.kind == "mistake":
            measured[trial] = ended(dict.fromkeys(named[trial.name], Outcome.FAILED))
        elif trial.kind == "starter":
            measured[trial] = ended(dict.fromkeys(NAMES, Outcome.NOT_IMPLEMENTED))
        else:
            measured[trial] = ended(dict.fromkeys(NAMES, Outcome.FAILED))
    return measured


def test_what_is_compiled_runs_once_unless_more_seeds_are_asked_for(audited):
    """A run in JAX takes seconds; whoever asks for many seeds gets them in every framework."""
    jax, numpy = (
        (f"by_{name}", replace(audited.reference, framework=name)) for name in ("jax", "numpy")
    )
    audited = replace(audited, variants=(jax, numpy))

    def runs(seeds):
        return Counter(t.name for t in trials_of(audited, seeds, seeds) if t.kind == "variant")

    assert runs(SEEDS) == {"by_jax": 1, "by_numpy": SEEDS}
    assert runs(SEEDS + 1) == {"by_jax": SEEDS + 1, "by_numpy": SEEDS + 1}


def found(audited, measured):
    """Return the findings as ``file:line: what``, the file within the exercise's folder."""
    home = audited.course.root / CHECKS
    return [str(f).removeprefix(f"{home}/") for f in judge(audited, FACTS, measured).findings]


def changed(measured, kind, name, seeds, end):
    """Return *measured* with another *end* of one submission under some seeds."""
    first = min(trial.seed for trial in measured)
    hit = [
        trial
        for trial in measured
        if (trial.kind, trial.name) == (kind, name) and trial.seed - first in seeds
    ]
    assert len(hit) == len(seeds)
    return measured | dict.fromkeys(hit, end)


def test_a_course_that_is_right_has_no_findings(audited):
    """Runs, errors and chances are counted over all right solutions."""
    audit = judge(audited, FACTS, as_it_should_be(audited))

    assert audit.findings == []
    assert audit.runs == 3 * (1 + len(audited.variants))
    assert audit.errors == {"float64": 1e-16}
    assert audit.chances == {"test_values": 1}
    assert audit.tolerances == {"float64": 1e-9}


def test_a_right_solution_that_another_seed_rejects_is_a_finding(audited):
    """It names the check, the variant, and a seed to try again."""
    end = ended({"test_values": Outcome.FAILED}, "Wrong.")
    measured = changed(as_it_should_be(audited), "variant", "loop", {1, 2}, end)

    seed = audited.course.seed + 1
    what = f"test_values rejects loop.py under 2 of 3 seeds, such as {seed}: failed: Wrong."
    assert found(audited, measured) == [f"test_public.py:4: {what}"]


def test_a_mistake_that_another_seed_lets_through_is_a_finding(audited):
    """A check must catch the mistakes that name it under every seed."""
    measured = changed(as_it_should_be(audited), "mistake", "in_place", {2}, ended({}))

    seed = audited.course.seed + 2
    what = f"test_input_unchanged catches scale/in_place under 2 of 3 seeds, not under {seed}"
    said = f"test_hidden.py:4: {what}; draw inputs that always show it"
    assert found(audited, measured) == [said]


def test_a_check_that_catches_a_mistake_now_and_then_is_a_finding(audited):
    """Also one that the mistake does not name: whether it does depends on a class's secret seed."""
    both = {"test_input_unchanged": Outcome.FAILED, "test_values": Outcome.FAILED}
    measured = changed(as_it_should_be(audited), "mistake", "in_place", {0}, ended(both))

    seed = audited.course.seed + 1
    what = f"test_values catches scale/in_place under 1 of 3 seeds, not under {seed}"
    said = f"test_public.py:4: {what}; draw inputs that always show it"
    assert found(audited, measured) == [said]
    caught = judge(audited, FACTS, measured).caught["in_place"]
    assert caught == ("test_input_unchanged",)


def test_what_the_courses_own_seed_shows_is_said_once(audited):
    """Other seeds have nothing to add to it."""
    end = ended({"test_values": Outcome.FAILED}, "Wrong.")
    measured = changed(as_it_should_be(audited), "variant", "loop", {0, 1, 2}, end)

    what = "loop.py must pass test_values, but: failed: Wrong."
    assert found(audited, measured) == [f"test_public.py:4: {what}"]


def test_a_check_that_breaks_is_told_once(audited):
    """However many trials it breaks on; a trial that broke is not caught by it."""
    end = ended({"test_values": Outcome.INTERNAL}, "This is not your fault.")
    measured = changed(as_it_should_be(audited), "reference", "", {0, 1, 2}, end)

    (what,) = found(audited, measured)
    assert what.startswith("test_public.py:4: test_values breaks on the reference: This is not")


def test_a_trial_that_could_not_be_run_says_nothing(audited):
    """Another finding says that it could not; the rest is judged."""
    measured = as_it_should_be(audited)
    left = {trial: end for trial, end in measured.items() if trial.name != "size_only"}

    assert len(left) < len(measured)
    assert found(audited, left) == []
