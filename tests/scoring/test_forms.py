"""Right values in a shape that has an axis of size 1 too many earn half of a check's points."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.outcome import Outcome
from grader.sandbox.channel import LocalChannel
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.worker.module_host import Host

from .conftest import submission

CHECKS = '''\
from grader.checks import assert_close, assert_unchanged, points, says


@points(2)
def test_values(student, reference, draw):
    """Every entry is doubled. zh: 每个元素都加倍。"""
    for shape in [(3,), (5,), (1, 4)]:
        x = draw.normal(*shape)
        doubled = student.double(x)
        assert_close(doubled, 2 * x)
        # with a column for a flat array, these are 9 and 25 differences
        assert (doubled - 2 * x).size == x.size


@points(1)
@says("shape", "values")
def test_shape(student, reference, draw):
    """The shape is that of x. zh: 形状与x相同。"""
    x = draw.normal(3)
    assert_close(student.double(x), 2 * x)


@points(1)
@says("unchanged")
def test_unchanged(student, reference, draw):
    """x is unchanged. zh: x保持不变。"""
    x = draw.normal(3)
    before = x.copy()
    assert_close(student.double(x), 2 * x)
    assert_unchanged(x, before, "x")
'''


@pytest.fixture
def ended(mini):
    """Return what runs the checks on a body of ``double``, and returns their results by name."""

    def run(body):
        made = mini(double=CHECKS)
        text = f"import numpy as np\n\ndef double(x):\n    {body}\n"
        channel = LocalChannel(Host([("mine.py", 1, text)], "numpy"), "numpy")
        with collected_checks(made.plan, made.reference) as runner:
            job = Job("ada", submission(text), frozenset(["double"]))
            return {one.name: one for one in runner.run(job, channel)}

    return run


@pytest.mark.parametrize("form", ["x[:, None]", "x[None]", "x[..., None]", "x.squeeze()[:, None]"])
def test_a_form_earns_half(ended, form):
    """In all shapes of a check; the report says which one was asked for."""
    values = ended(f"x = 2 * x; return {form} if x.ndim == 1 else x")["test_values"]

    assert (values.outcome, values.points) == (Outcome.FAILED, 1)
    assert values.credit.share == Fraction(1, 2)
    assert values.message.endswith("expected (3,). The values are right.")


@pytest.mark.parametrize(
    "body",
    [
        "return 3 * x[:, None]",
        "return (2 if len(x) < 5 else 3) * x[:, None]",
        "return (2 * x)[:, None].astype(int)",
        "return np.tile(2 * x, (2, 1))",
        "return (2 * x).reshape(-1)[:-1]",
    ],
)
def test_another_form_is_no_other_shape_and_no_other_values(ended, body):
    """Everything else has to be right, in every call."""
    values = ended(body)["test_values"]

    assert (values.outcome, values.points, values.credit) == (Outcome.FAILED, 0, None)


def test_a_check_of_the_shape_gives_nothing_for_values(ended):
    """It speaks of the shape; one of side effects cannot be judged."""
    found = ended("return 2 * x[:, None]")

    assert (found["test_shape"].outcome, found["test_shape"].points) == (Outcome.FAILED, 0)
    assert found["test_unchanged"].outcome is Outcome.BLOCKED
