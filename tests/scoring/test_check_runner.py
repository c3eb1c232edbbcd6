from __future__ import annotations

import dataclasses

import pytest

from grader.outcome import Outcome
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from .conftest import DOUBLE, REFERENCE, submission

WRONG = REFERENCE.replace("2 * x", "3 * x")


@pytest.fixture
def runner(mini):
    """Return the runner of the miniature assignment's checks."""
    made = mini()
    with collected_checks(made.plan, made.reference) as runner:
        yield runner


def names(runner):
    """Return the names of a runner's checks."""
    return [check.name for check in runner.checks]


def test_a_runner_can_be_narrowed(runner):
    """To checks of one exercise and those that they need; it stays as it was itself."""
    before = names(runner)

    assert names(runner.only("double", ["test_row"])) == ["test_values", "test_row"]
    assert names(runner.only("double", ["test_large"])) == ["test_large"]
    assert names(runner) == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        runner.checks = ()


def test_what_is_needed_is_found_through_others(mini):
    """A check that is needed may need one itself."""
    third = DOUBLE[DOUBLE.index("@points(1)\n@needs") :].replace("test_row", "test_third")
    chain = DOUBLE + "\n\n" + third.replace('"test_values"', '"test_row"')
    made = mini(double=chain)
    with collected_checks(made.plan, made.reference) as runner:
        narrowed = runner.only("double", ["test_third"])

    assert names(narrowed) == ["test_values", "test_row", "test_third"]


def test_a_check_that_is_not_there_is_no_empty_runner(runner):
    """Its name is in the error, also where the exercise is another one."""
    for exercise, name in (("double", "test_gone"), ("shrink", "test_row")):
        with pytest.raises(KeyError, match=name):
            runner.only(exercise, [name])


def test_a_narrowed_runner_draws_the_same_inputs(runner, zygote):
    """A check alone ends as it does among all others."""
    job = Job("ada", submission(WRONG))
    alone = runner.only("double", ["test_large"]).grade(job, zygote).checks

    every = runner.grade(job, zygote).checks
    (among,) = (check for check in every if check.name == "test_large")
    assert [(c.seed, c.outcome, c.message) for c in alone] == [
        (among.seed, Outcome.FAILED, among.message)
    ]


def test_another_seed_draws_other_inputs(runner):
    """For every check, and for the new runner only."""
    other = runner.seeded(8)
    seeds = {check.name: runner.seed_of(check) for check in runner.checks}

    assert {check.name for check in other.checks if other.seed_of(check) != seeds[check.name]} == {
        *seeds
    }
    assert runner.plan.seed == 7


def test_the_hooks_are_told_of_each_exercise_once(runner, zygote):
    """When its checks have ended; observing returns nothing, explaining returns hints."""
    told = []

    def observe(ended):
        told.append([(one.check.name, one.lost) for one in ended])

    def explain(ended):
        assert len(told[-1]) == len(ended)
        return {one.check.name: ("Think again.",) for one in ended if one.lost}

    result = runner.grade(Job("ada", submission(WRONG)), zygote, observe=observe, explain=explain)

    assert told == [
        [("test_values", True), ("test_row", True), ("test_large", True)],
        [("test_in_place", False)],
        [("test_rate", False)],
    ]
    lost = {"test_values", "test_row", "test_large"}
    assert {c.name for c in result.checks if c.hints == ("Think again.",)} == lost
    assert {c.name for c in result.checks if not c.hints} == {"test_in_place", "test_rate"}


@pytest.mark.parametrize(("device", "times"), [("cpu", 1), ("all", 2)])
def test_both_hooks_are_told_on_each_device(mini, zygote, device, times):
    """What is seen on the first device is no reason to be silent about the second."""
    made = mini(device=device)
    observed, explained = [], []

    def explain(ended):
        explained.append(ended)
        return {}

    with collected_checks(made.plan, made.reference) as runner:
        job = Job("ada", submission(REFERENCE), frozenset({"shrink"}))
        runner.grade(job, zygote, observe=observed.append, explain=explain)

    assert (len(observed), len(explained)) == (times, times)
