"""A mistake in one exercise costs nothing in another that calls it."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pytest

from grader.exercise import Assignment, Exercise, Limits, Submission, Text
from grader.outcome import CheckResult, Outcome, Result
from grader.sandbox.channel import LocalChannel, WorkerChannel
from grader.sandbox.reference import load_reference_text
from grader.sandbox.substitutes import Substitutes
from grader.sandbox.zygote import Zygote
from grader.scoring.background import Background
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import EndedCheck
from grader.scoring.follow_through import FollowThrough
from grader.scoring.plan import Job, Plan
from grader.scoring.session import collected_checks

from .conftest import submission

REFERENCE = """\
import numpy as np

def double(x):
    if x.size == 7:
        while True:
            pass
    if x.size == 8:
        return np.zeros((1000000, 1000000)) + x[0]
    return 2 * x

def shrink(values, factor=0.5):
    values *= factor

def rows(x):
    for i in np.random.permutation(len(x)):
        yield x[i]

def user(x):
    y = double(x)
    shrink(y, factor=0.25)
    return sum(rows(y))

def later(x):
    return user(x)
"""

CHECK = '''\
from grader.checks import assert_close, needs, points


@points(1)
def test_values(student, reference, draw):
    """The values are right.

    zh: 值正确。
    """
    x = draw.normal(3, 4)
    assert_close({found}, {expected})
'''
AGAIN = '''

@points(1)
@needs("test_values")
def test_more(student, reference, draw):
    """More values are right.

    zh: 更多的值正确。
    """
    x = draw.normal(2, 2)
    assert_close(student.{name}(x), reference.{name}(x))
'''
SHRINK = '''\
from grader.checks import assert_close, points


@points(1)
def test_in_place(student, reference, draw):
    """The array itself shrinks.

    zh: 数组本身被缩小。
    """
    ours = draw.normal(4)
    theirs = ours.copy()
    reference.shrink(theirs)
    student.shrink(ours)
    assert_close(ours, theirs)
'''

RIGHT = {
    "double": "def double(x):\n    return 2 * x\n",
    "shrink": "def shrink(values, factor=0.5):\n    values *= factor\n",
    "rows": "def rows(x):\n    for row in x:\n        yield row\n",
    "user": (
        "def user(x):\n    y = double(x)\n    shrink(y, factor=0.25)\n    return sum(rows(y))\n"
    ),
    "later": "def later(x):\n    return user(x)\n",
}
#: what is wrong in each
WRONG = {
    "double": "def double(x):\n    return 3 * x\n",
    "shrink": "def shrink(array, factor=0.5):\n    array += factor\n",
    "rows": "def rows(x):\n    yield x[0]\n",
}
NAMES = ("double", "shrink", "rows", "user", "later")


def checks_of(name: str) -> str:
    """Return the checks of an exercise."""
    if name == "shrink":
        return SHRINK
    found, expected = f"student.{name}(x)", f"reference.{name}(x)"
    if name == "rows":
        found, expected = f"sum({found})", f"sum({expected})"
    again = AGAIN.replace("{name}", name) if name in ("user", "later") else ""
    return CHECK.replace("{found}", found).replace("{expected}", expected) + again


@dataclass
class Desk:
    """Grades submissions of five exercises, of which some call others."""

    plan: Plan
    zygote: Zygote
    opened: list[tuple[str, ...]] = field(default_factory=list)

    def runner(self, act: Callable[[CheckRunner], Result]) -> Result:
        """Return what *act* does with the checks."""
        reference = load_reference_text(REFERENCE, Path("reference.py"), "numpy")
        with collected_checks(self.plan, reference) as runner:
            return act(runner)

    def grade(
        self, text: str | Submission, exercises: Sequence[str] = (), follow: bool = True
    ) -> Result:
        """Grade a submission."""
        mine = submission(text) if isinstance(text, str) else text
        job = Job("ann", mine, frozenset(exercises) or None)
        return self.runner(lambda runner: runner.grade(job, self.zygote, follow=follow))


@pytest.fixture
def desk(tmp_path: Path, zygote: Zygote, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return what grades submissions, and notes which functions were replaced."""
    paths = []
    for name in NAMES:
        paths.append(tmp_path / "autograder_tests" / "mini" / name / "test_public.py")
        paths[-1].parent.mkdir(parents=True)
        paths[-1].write_text(checks_of(name), encoding="utf-8")
    exercises = tuple(
        Exercise(name, Text(name, name), Fraction(2), Limits(1.0, memory_mb=4096)) for name in NAMES
    )
    assignment = Assignment("mini", Text("Mini", "迷你"), "numpy", exercises)
    made = Desk(Plan(assignment, 7, tuple(paths), tmp_path), zygote)
    before = Substitutes.__init__

    def noted(self: Substitutes, host: object, names: Sequence[str]) -> None:
        made.opened.append(tuple(names))
        before(self, host, names)  # type: ignore[arg-type]

    monkeypatch.setattr(Substitutes, "__init__", noted)
    return made


def text_with(**written: str) -> str:
    """Return a right submission with some exercises written otherwise."""
    return "import numpy as np\n" + "\n".join((RIGHT | written).values())


def of(result: Result, exercise: str) -> list[CheckResult]:
    """Return the checks of one exercise."""
    return [check for check in result.checks if check.exercise == exercise]


def points(result: Result) -> dict[str, int]:
    """Return the points of each exercise."""
    return {one.exercise: int(one.points) for one in result.exercises}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_costs_points_only_where_it_is(desk: Desk, name: str) -> None:
    """A wrong value, a wrong change in place and a wrong generator cost their callers nothing."""
    result = desk.grade(text_with(**{name: WRONG[name]}))

    assert points(result) == {"double": 1, "shrink": 1, "rows": 1, "user": 2, "later": 2} | {
        name: 0
    }
    assert {name} == {check.through for check in (*of(result, "user"), *of(result, "later"))}
    assert all(not check.message for check in of(result, "user"))


LOOP = "def double(x):\n    while True: pass\n"


@pytest.fixture
def waited_for(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the exercises of which a check will have had all of its time, with its own loop."""
    found: set[str] = set()
    begin, result = WorkerChannel.begin, Background.result

    def noted(
        self: WorkerChannel, exercise: str, seed: int, limits: Limits, share: float = 1.0
    ) -> None:
        if share == 1.0 and self.can_go_on:
            found.add(exercise)
        begin(self, exercise, seed, limits, share)

    def told(self: Background, here: EndedCheck) -> EndedCheck | None:
        found.add(here.check.exercise)
        return result(self, here)

    monkeypatch.setattr(WorkerChannel, "begin", noted)
    monkeypatch.setattr(Background, "result", told)
    return found


def test_a_loop_is_waited_for_only_where_it_is(desk: Desk, waited_for: set[str]) -> None:
    """Who calls what never ends is judged without it, and not by the same loop once more."""
    result = desk.grade(text_with(double=LOOP))

    assert points(result) == {"double": 0, "shrink": 1, "rows": 1, "user": 2, "later": 2}
    assert {check.through for check in (*of(result, "user"), *of(result, "later"))} == {"double"}
    assert waited_for == {"double"}


def test_who_calls_a_loop_and_loops_is_waited_for(desk: Desk, waited_for: set[str]) -> None:
    """As is who is slow and must not lose points for that."""
    user = "def user(x):\n    double(x[:0])\n    while True: pass\n"
    result = desk.grade(text_with(double=LOOP, user=user), ["double", "user"])

    assert of(result, "user")[0].outcome is Outcome.TIMED_OUT
    assert "in their place, this check does not pass either" in of(result, "user")[0].message
    assert "only a part of its time" not in of(result, "user")[0].message
    assert waited_for == {"double", "user"}


def test_several_mistakes_are_named(desk: Desk) -> None:
    """All functions that were replaced are named, in the course's order."""
    result = desk.grade(text_with(**WRONG))

    assert {"double, shrink, rows"} == {check.through for check in of(result, "user")}
    assert result.score == 4


def test_own_mistakes_cost_their_points(desk: Desk) -> None:
    """Who is wrong beside a wrong function loses points, and is told that both are."""
    user = RIGHT["user"].replace("0.25", "0.5")
    result = desk.grade(text_with(double=WRONG["double"], user=user), ["double", "user"])

    first, second = of(result, "user")
    assert points(result)["user"] == 0
    assert (
        "user calls double, which does not pass its own checks; but with correct answers in "
        "their place, this check does not pass either." in first.message
    )
    assert second.outcome is Outcome.BLOCKED


def test_only_what_is_needed_runs_twice(desk: Desk) -> None:
    """Nothing is replaced where nothing was lost, or nothing wrong is called."""
    desk.grade(text_with())
    desk.grade(text_with(double=WRONG["double"], user="def user(x):\n    return x.sum(0) / 2\n"))
    desk.grade(text_with(double=WRONG["double"]), follow=False)

    assert desk.opened == []


def test_a_circle_earns_nothing(desk: Desk) -> None:
    """Two functions that call each other cannot stand on each other's right answers."""
    double = "def double(x):\n    return user(x)\n"
    user = "def user(x):\n    return double(x).sum(0) / 4\n"
    result = desk.grade(text_with(double=double, user=user), ["double", "user"])

    assert points(result) == {"double": 0, "user": 0}
    assert desk.opened == []
    assert "user and double call each other" in of(result, "user")[0].message


def test_later_exercises_are_not_replaced(desk: Desk) -> None:
    """Right answers of a later exercise would be those of what is asked for."""
    double = "def double(x):\n    return later(x)\n"
    result = desk.grade(text_with(double=double, later="def later(x):\n    return 3 * x\n"))

    assert points(result)["double"] == 0
    assert all("later" not in names for names in desk.opened)
    assert "double calls later" in of(result, "double")[0].message


@pytest.mark.parametrize("double", ["def double(x):\n    raise NotImplementedError\n", "", "x=1\n"])
def test_what_was_not_written_is_not_replaced(desk: Desk, double: str) -> None:
    """Who has not tried an exercise does not get its right answers elsewhere."""
    result = desk.grade(text_with(double=double), ["double", "user"])

    assert points(result)["user"] == 0
    assert desk.opened == []
    # the caller is written: it is not said to be what is missing
    told = of(result, "user")[0].message
    assert "user is not written yet" not in told
    if "NotImplementedError" in double:
        assert told == "user calls double, which is not written yet: start there."


def test_an_exercise_that_is_not_graded_is_looked_at(desk: Desk) -> None:
    """Whoever grades one exercise only gives the same points for it."""
    result = desk.grade(text_with(double=WRONG["double"]), ["user"])

    assert points(result) == {"user": 2}
    assert {"double"} == {check.through for check in result.checks}


def test_functions_in_other_files_and_under_other_names_are_replaced(desk: Desk) -> None:
    """A helper module, an alias and a constant made while loading get the right answers."""
    parts = WRONG["double"] + "def helped(x):\n    return double(x)\n"
    user = (
        "import parts\nfrom parts import helped, double\ntwice = double\nTWO = twice(np.ones(1))\n"
        "def user(x):\n    return (helped(x) + parts.double(x) + x * TWO).sum(0) / 12\n"
    )
    main = submission(text_with(double="", user=user))
    mine = Submission(main.name, main.chunks, "numpy", main.digest, (("parts.py", parts.encode()),))
    result = desk.grade(mine, ["double", "user"])

    assert points(result) == {"double": 0, "user": 2}


def test_what_cannot_be_answered_is_said(desk: Desk) -> None:
    """A function among the arguments stays in its process; the report says so."""
    double = "def double(x, f=None):\n    return 3 * x\n"
    user = "def user(x):\n    return double(x, f=np.sum).sum(0) / 4\n"
    result = desk.grade(text_with(double=double, user=user), ["double", "user"])

    assert points(result)["user"] == 0
    message = of(result, "user")[0].message
    assert "user calls double, which does not pass its own checks: start there." in message
    assert "not all of its arguments can be passed on" in message


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("jax") is None, reason="needs JAX")
def test_jax_gets_answers_unless_it_cannot_change(desk: Desk) -> None:
    """Also where it compiles and differentiates, but for what is changed in place."""
    text = text_with(
        double="import jax\n" + WRONG["double"],
        rows="def rows(x):\n    return double(x)\n",
        user="def user(x):\n"
        "    slope = jax.jit(jax.grad(lambda x: (double(x) * x).sum()))(x)\n"
        "    same = jax.vmap(double)(x) + jax.jit(double)(x)\n"
        "    return (same + slope).sum(0) / 16\n",
        later="def later(x):\n    shrink(x)\n    return x\n",
    ).replace("numpy as np", "jax.numpy as jnp")
    text = text.replace("return double(x)", "return double(x) / 2")
    result = desk.grade(submission(text, framework="jax"))

    assert points(result) == {"double": 0, "shrink": 0, "rows": 1, "user": 2, "later": 0}
    message = of(result, "later")[0].message
    assert "arrays of this framework cannot be changed in place" in message


def test_the_second_run_tells_nothing(desk: Desk) -> None:
    """No right answer of another exercise comes out as text."""
    user = "def user(x):\n    raise ValueError(double(np.array([21.0])))\n"
    result = desk.grade(text_with(double=WRONG["double"], user=user), ["double", "user"])

    message = of(result, "user")[0].message
    assert "63" in message
    assert "42" not in message


ENDLESS = "def user(x):\n    return double(np.ones(7))\n"
HUGE = "def user(x):\n    return double(np.ones(8))\n"
CAUGHT = """
def user(x):
    for size in (7, 8) * 100:
        try:
            double(np.ones(size))
        except BaseException:
            pass
    return double(x).sum(0) / 4
"""


@pytest.mark.parametrize("user", [ENDLESS, HUGE, CAUGHT])
def test_the_reference_has_limits(desk: Desk, user: str) -> None:
    """Inputs that take the reference forever, or all memory, get no answer and no more."""
    result = desk.grade(text_with(double=WRONG["double"], user=user), ["double", "user"])

    assert points(result)["user"] == 0
    assert "took too much time or memory" in of(result, "user")[0].message


def test_a_flood_of_calls_ends(desk: Desk) -> None:
    """Whoever asks without end has the time of one check, as everywhere."""
    user = "def user(x):\n    while True:\n        double(x)\n"
    result = desk.grade(text_with(double=WRONG["double"], user=user), ["double", "user"])

    assert of(result, "user")[0].outcome is Outcome.TIMED_OUT
    assert result.final


FRAMES = {
    "another function": '[1,"callback",["d",[["v","callback"],["v","args"]],[["v",1],["l",[]]]]]',
    "no arguments": '[1,"callback",["d",[["v","callback"],["v","args"]],[["v",0],["l",[]]]]]',
    "a request to run": (
        '[1,"callback",["d",[["v","callback"],["v","args"]],[["v",0],'
        '["l",[["v","begin"],["v","user"]]]]]]'
    ),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_only_what_was_granted_is_answered(desk: Desk, frame: str) -> None:
    """Who asks for another function, or in another way, by writing to the socket, gains nothing."""
    user = (
        "import os, struct\n"
        "def user(x):\n"
        "    os.set_blocking(3, True)\n"
        f"    header = {frame.encode()!r}\n"
        "    os.write(3, struct.pack('!IQ', len(header), 0) + header)\n"
        "    return double(x).sum(0) / 4\n"
    )
    result = desk.grade(text_with(double=WRONG["double"], user=user), ["double", "user"])

    assert points(result) == {"double": 0, "user": 0}


def test_right_answers_are_there_for_the_second_run_only(desk: Desk) -> None:
    """What is kept of them in one exercise is gone when the function itself is checked."""
    double = "KEPT = []\ndef double(x):\n    return KEPT[-1] if KEPT else 3 * x\n"
    user = "def user(x):\n    KEPT.append(double(x))\n    return KEPT[-1].sum(0) / 4\n"
    result = desk.grade(text_with(double=double, user=user, later="KEPT.append(double(1))\n"))

    assert points(result)["double"] == 0


def test_a_busy_machine_costs_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the reference gets too little of the machine, the submission is graded again."""
    from grader.errors import MachineBusy

    def busy(*_anything: object) -> None:
        raise MachineBusy("the machine was too busy to run double")

    monkeypatch.setattr(Substitutes, "_answer", busy)
    result = desk.grade(text_with(double=WRONG["double"]), ["double", "user"])

    assert result.machine_busy
    assert not result.final


def test_without_processes_the_sentence_says_where_to_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the reference cannot run apart, no points change."""
    monkeypatch.delattr(os, "fork")
    result = desk.grade(text_with(double=WRONG["double"]), ["double", "user"])

    assert points(result)["user"] == 0
    assert "start there" in of(result, "user")[0].message


def test_at_the_desk_the_sentence_says_where_to_start(desk: Desk) -> None:
    """In a kit there is no reference: the report of a wrong caller names what it calls."""
    namespace: dict[str, object] = {}
    text = text_with(double=WRONG["double"])
    exec(text, namespace)
    mine = submission(text)

    def check(runner: CheckRunner) -> Result:
        channel = LocalChannel.of_namespace(namespace, "numpy")
        follow = FollowThrough(desk.plan.assignment, mine)
        results = runner.run(Job("", mine), channel, follow=follow)
        assert {check.points for check in results if check.exercise == "user"} == {0}
        assert "user calls double, which does not pass its own checks: start there." in next(
            check.message for check in results if check.exercise == "user"
        )
        return Result.of("", "mini", mine, results, desk.zygote.isolation)

    desk.runner(check)
