from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from grader.checks import assert_close
from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.checks.plugin import Check
from grader.exercise import Text
from grader.outcome import Outcome
from grader.sandbox.channel import LocalChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.reference import ReplayChannel, load_reference_text
from grader.scoring.compared_calls import by_recording, by_reference, judged_calls
from grader.scoring.ended_check import EndedCheck
from grader.scoring.verdict import Verdict

REFERENCE = """
import numpy as np

def double(x):
    return 2 * x

def add(x):
    x += 1

def relu(x):
    return np.maximum(x, 0)

def noise(n):
    return np.random.randn(n)

def batches(n):
    for i in range(n):
        yield np.full(2, i)

def refuse(x):
    raise ValueError
"""


def compared(code, use, right=REFERENCE, recorded=False):
    """Return the calls that *use* makes of the learner's *code*, beside the reference's answers."""
    namespace = {}
    exec(code, namespace)
    channel = LocalChannel.of_namespace(namespace, "numpy")
    channel._host.begin("", 9)
    student = ModuleProxy(channel)
    context = CheckContext(Draw(9), student.trace)
    with running(context):
        use(student)
    check = Check(
        "f", "test_f", Fraction(1), Text("", ""), (), frozenset(), False, Path("x.py"), 1, None
    )
    ended = EndedCheck(check, Verdict(Outcome.FAILED), student.trace, context, seed=9)
    reference = load_reference_text(right, Path("reference.py"), "numpy")
    if not recorded:
        return judged_calls(ended, by_reference(reference, ended))
    exact, given = reference, reference.as_given()
    for record in student.trace[:-1]:
        for channel in (exact, given):
            channel.request(record.op, record.payload)
    replays = [ReplayChannel(channel.answers, "numpy") for channel in (exact, given)]
    return judged_calls(ended, by_recording(replays, ended))


def wrong(calls):
    """Return which calls are wrong."""
    return [call.wrong for call in calls]


def test_wrong_values_and_right_ones():
    """The reference's answer stands beside each."""
    code = "def double(x):\n    return x + x if x.size < 3 else 3 * x\n"
    calls = compared(code, lambda s: (s.double(np.ones(2)), s.double(np.ones(3))))

    assert [False, True] == wrong(calls)
    assert [[2, 2], [2, 2, 2]] == [call.right[0].tolist() for call in calls]


@pytest.mark.parametrize("recorded", [False, True])
def test_what_is_right_is_shown_in_the_dtype_of_the_input(recorded):
    """Although the reference computes in float64; in dictionaries, too."""
    code = REFERENCE + "\ndef named(x):\n    return {'a': (x, 2 * x)}\n"

    def use(student):
        student.double(np.ones(2, np.float32))
        student.named(np.ones(2, np.float32))
        student.double(np.ones(1))

    calls = compared(code, use, code, recorded)
    double, named = (call.right[0] for call in calls[:2])

    assert "float32" == double.dtype.name
    assert ["float32"] * 2 == [one.dtype.name for one in named["a"]]
    assert [False] * 3 == wrong(calls)


def test_changes_in_place_count_and_a_needless_result_does_not():
    """A function that is asked for nothing may return anything."""
    returning = "def add(x):\n    x += 1\n    return x\n"
    forgetful = "def add(x):\n    x = x + 1\n"

    assert [False] == wrong(compared(returning, lambda s: s.add(np.zeros(2))))
    assert [True] == wrong(compared(forgetful, lambda s: s.add(np.zeros(2))))


def test_an_error_is_wrong_unless_the_reference_raises_too():
    """Some checks ask for one."""

    def use(student):
        for name in ("double", "refuse"):
            with pytest.raises(Exception, match="raised"):
                getattr(student, name)(np.ones(1))

    code = "def double(x):\n    return [][0]\n\ndef refuse(x):\n    raise KeyError\n"

    assert [True, False] == wrong(compared(code, use))


def test_where_chance_plays_a_part_only_an_error_is_wrong():
    """The same numbers are drawn, but in other ways others are right."""
    other = "import numpy as np\ndef noise(n):\n    return np.random.rand(n)\n"
    (same,) = compared(REFERENCE, lambda s: s.noise(3))
    (differs,) = compared(other, lambda s: s.noise(3))

    assert (same.chance, same.wrong) == (True, False)
    assert (differs.chance, differs.wrong) == (True, False)
    assert same.right[0].tolist() == same.record.value.tolist()


def test_items_are_compared_all_together():
    """However many were taken at once; too few are wrong."""
    few = REFERENCE.replace("range(n)", "range(n - 1)")
    right = compared(REFERENCE, lambda s: list(s.batches(5)))
    short = compared(few, lambda s: list(s.batches(5)))

    assert ["call", "iterate", "take"] == [call.record.op for call in short]
    assert [False, False, False] == wrong(right)
    assert [False, False, True] == wrong(short)
    assert (4, 5) == (len(short[-1].record.value), len(short[-1].right[0]))


def test_a_list_in_place_of_a_generator_is_not_judged():
    """A check may take either."""
    code = "import numpy as np\ndef batches(n):\n    return [np.full(2, i) for i in range(n)]\n"

    assert [False] == wrong(compared(code, lambda s: list(s.batches(3))))


def test_any_slope_at_a_kink_is_right():
    """Between those on both sides; elsewhere there is one."""
    point, ones = np.array([-1.0, 0.0, 2.0]), np.ones(3)

    def use(student):
        student.slopes("relu", [point], ones, 1)

    half = "import numpy as np\ndef relu(x):\n    return np.where(x > 0, x, 0.3 * (x + abs(x)))\n"
    steep = "import numpy as np\ndef relu(x):\n    return np.where(x > 0, 2 * x, 0 * x)\n"

    assert [False] == wrong(compared(half, use))
    assert [True] == wrong(compared(steep, use))


def test_what_a_check_expected_is_the_right_answer_where_no_other_is_known():
    """As of an object, which nobody but the learner has; a right answer stays as it is."""
    code = "class Twice:\n    def __call__(self, x):\n        return 3 * x\n"
    x = np.ones(2, np.float32)

    def use(student):
        block = student.Twice()
        with pytest.raises(AssertionError):
            assert_close(block(x), 2 * x.astype(np.float64))

    made, called = compared(code, use, code, recorded=True)

    assert [False, True] == wrong([made, called])
    assert ("float32", [2, 2]) == (called.right[0].dtype.name, called.right[0].tolist())


def test_a_recording_knows_what_was_asked_of_the_reference():
    """And of other calls nothing: there only an error is wrong."""
    code = "def double(x):\n    return 3 * x\n"
    calls = compared(code, lambda s: (s.double(np.ones(2)), s.double(np.ones(3))), recorded=True)

    assert [True, False] == wrong(calls)
    assert calls[1].right is None
