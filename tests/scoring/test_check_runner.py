from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest

from grader.errors import MachineBusy, TimedOut
from grader.outcome import Outcome
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.worker.adapters import CPU

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


def test_what_waits_for_a_check_of_an_unwritten_function_is_unwritten_too(runner, zygote):
    """It is not blocked by anything that its author could mend first."""
    job = Job("ada", submission("def double(x):\n    raise NotImplementedError\n"))

    result = runner.only("double", ["test_row"]).grade(job, zygote)

    assert [check.outcome for check in result.checks] == [Outcome.NOT_IMPLEMENTED] * 2


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

    def explain(ended, other):
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

    def explain(ended, other):
        explained.append(ended)
        return {}

    with collected_checks(made.plan, made.reference) as runner:
        job = Job("ada", submission(REFERENCE), frozenset({"shrink"}))
        runner.grade(job, zygote, observe=observed.append, explain=explain)

    assert (len(observed), len(explained)) == (times, times)


# -- time ------------------------------------------------------------------------------------------

IMPORT = "from grader.checks import needs, points\n"
CHECK = '''

@points(1)
def test_{name}(student):
    """It ends. zh: 会结束。"""
    student.double(1.0)
'''
FOUR = IMPORT + "".join(CHECK.format(name=name) for name in "abcd")
FIFTH = IMPORT + CHECK.format(name="e")
ENDLESS = 9.0


NO_WORKER = SimpleNamespace(hand_over=lambda: lambda: None)


class SlowChannel:
    """Stands for a submission that needs parts of the limit, by check; any more is endless.

    Attributes:
        used: the parts of the limit that it was given and that it used, by check, in order.
    """

    framework = "numpy"
    device = CPU

    def __init__(self, runner, needs, busy=(), alone=True):
        self._names = {runner.seed_of(check) % 2**31: check.name for check in runner.checks}
        self._needs = {f"test_{name}": need for name, need in needs.items()}
        self._busy = {f"test_{name}" for name in busy}
        self.can_go_on = not alone
        self._go_on = None
        self.used = []

    def begin(self, exercise, seed, limits, share=1.0):
        """Note which check begins."""
        self._name, self._share = self._names[seed], share

    def when_spent(self, go_on):
        """Note where the next check may go on."""
        self._go_on = go_on

    def request(self, op, payload):
        """Answer if there is enough time."""
        need = self._needs.get(self._name, 0.0)
        self.used.append((self._name[-1], min(need, self._share)))
        if self._name in self._busy:
            raise MachineBusy("the machine was too busy")
        if need > self._share and self._go_on and self._go_on(NO_WORKER):
            self._share = 1.0
        if need > self._share:
            raise TimedOut("too late")
        return {"value": 2.0, "after": []}


@pytest.fixture
def timed(mini):
    """Return what runs five checks of one exercise, and returns their outcomes and the channel."""

    def timed(needs, checks=FOUR, **more):
        made = mini(double=checks, double_hidden=FIFTH)
        with collected_checks(made.plan, made.reference) as runner:
            runner = dataclasses.replace(
                runner, checks=tuple(c for c in runner.checks if c.exercise == "double")
            )
            channel = SlowChannel(runner, needs, **more)
            results = runner.run(Job("ada", submission("")), channel)
        assert [one.name for one in results] == names(runner)
        return {one.name[-1]: one for one in results}, channel.used

    return timed


def lost(results):
    """Return the checks that timed out."""
    assert {one.outcome for one in results.values()} <= {Outcome.PASSED, Outcome.TIMED_OUT}
    return "".join(name for name, one in results.items() if one.outcome is Outcome.TIMED_OUT)


@pytest.mark.parametrize("alone", [True, False], ids=["one after another", "two at once"])
@pytest.mark.parametrize(
    "needs",
    [
        {"a": ENDLESS, "b": 0.9, "c": 0.9, "d": 0.9, "e": 0.9},
        {"a": 0.9, "b": ENDLESS, "c": 0.05, "d": 0.9, "e": 0.9},
        {"a": ENDLESS, "b": 0.05, "c": ENDLESS, "d": 0.05, "e": 0.05},
        {"a": ENDLESS, "b": 0.9, "c": ENDLESS, "d": 0.09, "e": ENDLESS},
        {"a": ENDLESS, "b": ENDLESS, "c": ENDLESS, "d": 0.09, "e": 0.01},
        {"a": ENDLESS, "b": ENDLESS, "c": ENDLESS, "d": 0.02, "e": 0.02},
        {"a": ENDLESS, "b": ENDLESS, "c": 0.1, "d": ENDLESS, "e": 0.01},
        dict.fromkeys("abcde", 1.0),
    ],
)
def test_no_check_loses_by_the_loop_of_another(timed, needs, alone):
    """What ends in its time passes, whatever does not end before or after it."""
    results, _used = timed(needs, alone=alone)

    assert lost(results) == "".join(n for n, need in needs.items() if need == ENDLESS)


def test_an_exercise_that_never_ends_uses_up_two_limits_and_little_else(timed):
    """However many checks it has, and who is given up is told why."""
    results, used = timed(dict.fromkeys("abcde", ENDLESS))

    assert used == [("a", 1.0), *((name, 0.02) for name in "bcde"), ("b", 1.0)]
    assert lost(results) == "abcde"
    assert results["b"].message == "too late"
    assert results["e"].message == (
        "too late This check had only a part of its time, because two others of this exercise "
        "used up all of theirs."
    )


def test_two_that_may_never_end_go_on_at_once(timed):
    """In forks of this process, which runs none a second time; reports are the same."""
    needs = dict.fromkeys("abcde", ENDLESS)
    results, used = timed(needs, alone=False)
    expected, _used = timed(needs)

    assert used == [("a", 0.05), *((name, 0.02) for name in "bcde")]
    told = {name: (one.outcome, one.message) for name, one in results.items()}
    assert told == {name: (one.outcome, one.message) for name, one in expected.items()}


def test_one_endless_loop_costs_its_limit_once(timed):
    """The other checks end as they would without it, and run once."""
    _results, used = timed({"c": ENDLESS})

    assert used == [("a", 0.0), ("b", 0.0), ("c", 1.0), ("d", 0.0), ("e", 0.0)]


def test_what_is_put_off_for_others_has_no_more_patience(timed):
    """However many checks need one that is slow, two that never end are enough."""
    needing = FOUR
    for name in "bcd":
        mark = f'@points(1)\n@needs("test_a")\ndef test_{name}'
        needing = needing.replace(f"@points(1)\ndef test_{name}", mark)

    results, used = timed({"a": 0.5} | dict.fromkeys("bcde", ENDLESS), needing)

    assert lost(results) == "bcde"
    assert sum(part for _name, part in used) < 3.0


def test_what_needs_a_check_that_is_put_off_is_put_off_too(timed):
    """It is decided when the other is, and not blocked by a check that passes."""
    needing = FOUR.replace("@points(1)\ndef test_c", '@points(1)\n@needs("test_b")\ndef test_c')

    results, used = timed({"a": ENDLESS, "b": 0.5}, needing)

    assert lost(results) == "a"
    assert [name for name, _part in used] == [*"abdebc"]


def test_a_check_that_is_repeated_has_taken_both_times(timed, monkeypatch):
    """A report says how long a check took, and the first try is part of it."""
    ticks = iter(range(100))
    monkeypatch.setattr("grader.scoring.check_runner.time.monotonic", lambda: next(ticks))
    results, _used = timed({"a": ENDLESS, "b": 0.5})

    assert [one.seconds for one in results.values()] == [1, 2, 1, 1, 1]


def test_a_busy_machine_decides_nothing_that_was_put_off(timed):
    """If the repetition of a check gets no time, the exercise is graded again as a whole."""
    results, _used = timed({"a": ENDLESS, "b": 0.5}, busy="e")

    assert results["b"].outcome is Outcome.INTERNAL
    assert results["b"].machine_busy
    assert results["c"].outcome is Outcome.PASSED
