"""Parameters that are handed over with their gradients, in every framework."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.errors import Raised
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.worker.values import WithGradient

#: how each framework clears a gradient, takes a step, and gives a gradient to what has none
_ITS_OWN = {
    "numpy": ("import numpy as np", "p.grad[...] = 0", "p -= lr * p.grad", "p.grad = p + 1"),
    "torch": (
        "import torch",
        "p.grad.zero_()",
        "p.data -= lr * p.grad",
        "p.grad = torch.ones_like(p)",
    ),
    "tensorflow": (
        "import tensorflow as tf",
        "p.grad = tf.zeros_like(p)",
        "p.assign_sub(lr * p.grad)",
        "p.grad = tf.ones_like(p)",
    ),
    "jax": (
        "import jax",
        "p.grad = 0 * p.grad",
        "p.value = p.value - lr * p.grad",
        "p.grad = p.value",
    ),
    "mxnet": (
        "from mxnet import np, npx\nnpx.set_np()",
        "p.grad[:] = 0",
        "p[:] = p - lr * p.grad",
        "p.attach_grad()",
    ),
}
_SOURCE = """
{0}
def cleared(params):
    for p in params:
        if p.grad is not None:
            {1}
def dropped(params):
    for p in params:
        p.grad = None
def step(params, lr):
    for p in params:
        if p.grad is not None:
            {2}
def grown(params):
    for p in params:
        {3}
def kinds(params):
    return [p.grad is None for p in params]
everything = cleared, dropped, step, grown, kinds
"""
DATA = np.array([[1.0, 2.0]], np.float32)
GRADIENT = np.array([[4.0, 8.0]], np.float32)


#: CI tries them in the framework in which most learners write
FRAMEWORKS = [
    pytest.param(name, marks=[pytest.mark.slow, pytest.mark.rare] * (name != "torch"))
    for name in sorted(_ITS_OWN)
]


@pytest.fixture(params=FRAMEWORKS)
def module(
    request: pytest.FixtureRequest, zygote_of: Callable[[str], Zygote]
) -> Iterator[ModuleProxy]:
    """Return the functions above in a framework."""
    framework = request.param
    text = _SOURCE.format(*_ITS_OWN[framework])
    submission = Submission("a.py", (Chunk("a.py", text),), framework, "00")
    changes = {name: {"params": 0} for name in ("cleared", "dropped", "step", "grown")}
    made = WorkerChannel(submission, zygote_of(framework).worker, changes=changes)
    with contextlib.closing(made) as channel:
        channel.begin("everything", 1, Limits(seconds=60, memory_mb=8192))
        yield ModuleProxy(channel)


def given() -> list[WithGradient]:
    """Return a parameter with a gradient, one without, and another with one."""
    one, other = (WithGradient(k * DATA, k * GRADIENT) for k in (1, 2))
    return [one, WithGradient(DATA.copy(), None), other]


def test_a_parameter_has_its_gradient_or_none(module: ModuleProxy) -> None:
    """It stands in the attribute ``grad``."""
    assert module.kinds(given()) == [False, True, False]


def test_a_gradient_that_is_cleared_is_zero_for_the_check(module: ModuleProxy) -> None:
    """The parameters keep their values."""
    params = given()
    module.cleared(params)

    assert [p.gradient is None or p.gradient.tolist() for p in params] == [
        [[0, 0]],
        True,
        [[0, 0]],
    ]
    assert [p.data.tolist() for p in params] == [[[1, 2]], [[1, 2]], [[2, 4]]]


def test_none_counts_as_zeros(module: ModuleProxy) -> None:
    """Whoever sets ``grad`` to None has cleared it, too, where the framework lets them."""
    params = given()
    if module.framework == "mxnet":
        with pytest.raises(Raised):
            module.dropped(params)
        return
    module.dropped(params)

    assert [p.gradient is None or p.gradient.tolist() for p in params] == [
        [[0, 0]],
        True,
        [[0, 0]],
    ]


def test_a_step_changes_the_parameters_alone(module: ModuleProxy) -> None:
    """Those without a gradient stay where they are."""
    params = given()
    module.step(params, 0.25)

    assert [p.data.tolist() for p in params] == [[[0, 0]], [[1, 2]], [[0, 0]]]
    assert params[0].gradient is not None and params[0].gradient.tolist() == GRADIENT.tolist()


def test_a_gradient_out_of_nowhere_is_told(module: ModuleProxy) -> None:
    """A parameter that had no gradient must not have got one."""
    with pytest.raises(Raised, match="gave a gradient to a parameter that had none"):
        module.grown([WithGradient(DATA.copy(), None)])


def test_the_same_arrays_are_filled_anew(module: ModuleProxy) -> None:
    """Two calls in turn each see their own values and gradients."""
    first, then = given(), given()
    for part in then:
        part.data[...] = 7
    module.in_turn("step", [first, 0.5], [then, 0.25])

    assert [p.data.tolist() for p in then] == [[[6, 5]], [[7, 7]], [[5, 3]]]
