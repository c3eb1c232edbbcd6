"""Arguments that an exercise changes in place, in frameworks whose arrays can or cannot change."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.substitutes import Substitutes
from grader.sandbox.zygote import Zygote
from grader.worker.module_host import Host
from grader.worker.values import Array, Parameter

ZygoteOf = Callable[[str], Zygote]

#: multiplies its second argument by the first, as each framework does it
HALVE = {
    "numpy": "def halve(rate, params):\n    for p in params: p *= rate\n",
    "torch": "import torch\n@torch.no_grad()\ndef halve(rate, params):\n"
    "    for p in params: p *= rate\n",
    "tensorflow": "import tensorflow as tf\ndef halve(rate, params):\n"
    "    for p in params: p.assign(rate * p)\n",
    "jax": "import jax\ndef halve(rate, params):\n    return [p * rate for p in params]\n",
}
#: a function that calls the first one, by either convention
CALLER = "def caller(params):\n    new = halve(0.5, params)\n    return new or params\n"
CALLERS = dict.fromkeys(HALVE, CALLER) | {
    # a function of the learner's own makes its variables itself
    "tensorflow": CALLER.replace(
        "    new", "    params = [tf.Variable(p) for p in params]\n    new"
    )
}
#: others that return something: their names, and the values
OTHERS = {
    "tupled": "tuple(new)",
    "named": "{'w': new[0], 'b': new[1]}",
    "nested": "(new[0], (new[1],))",
    "alone": "new[0]",
    "nothing": "None",
    "numbers": "[1.0, 2.0]",
    "many": "new + new",
    "other": "new",
}
CHANGES = {name: {"params": 1} for name in ["halve", *OTHERS] if name != "other"}
LIMITS = Limits(seconds=60, memory_mb=8192)


def halve(rate: float, params: list[Array]) -> None:
    """Do it right, as a reference."""
    for param in params:
        param *= rate


def text_of(framework: str) -> str:
    """Return a submission with all of the functions above."""
    others = "".join(
        f"def {name}(rate, params):\n    new = [p * rate for p in params]\n    return {value}\n"
        for name, value in OTHERS.items()
    )
    everything = f"everything = {', '.join(['halve', *OTHERS])}\n"
    return HALVE[framework] + others + CALLERS[framework] + everything


def started(framework: str, zygote_of: ZygoteOf, exercise: str, **options: Any) -> WorkerChannel:
    """Return a channel to the functions in *framework*, of which most are to change an argument."""
    zygote = zygote_of(framework)
    submission = Submission("a.py", (Chunk("a.py", text_of(framework)),), framework, "00")
    channel = WorkerChannel(submission, zygote.worker, changes=CHANGES, **options)
    channel.begin(exercise, 1, LIMITS)
    return channel


@pytest.fixture(scope="module", params=sorted(HALVE))
def module(request: pytest.FixtureRequest, zygote_of: ZygoteOf) -> Iterator[ModuleProxy]:
    """Return the functions in a worker."""
    with contextlib.closing(started(request.param, zygote_of, "everything")) as channel:
        yield ModuleProxy(channel)


@pytest.fixture(scope="module")
def immutable(zygote_of: ZygoteOf) -> Iterator[ModuleProxy]:
    """Return the functions in a framework whose arrays cannot change."""
    with contextlib.closing(started("jax", zygote_of, "everything")) as channel:
        yield ModuleProxy(channel)


def given() -> list[Array]:
    """Return two arrays."""
    return [np.array([2.0, 4.0], np.float32), np.array([[6.0]], np.float32)]


def test_new_values_are_the_change(module: ModuleProxy) -> None:
    """Changed or returned: what is seen is the same, and no value."""
    plain, named, trainable = given(), given(), given()

    results = [module.halve(0.5, plain), module.halve(0.5, params=named)]
    results.append(module.halve(0.5, [Parameter(one) for one in trainable]))

    assert results == [None, None, None]
    for params in (plain, named, trainable):
        assert [one.tolist() for one in params] == [[1, 2], [[3]]]


@pytest.mark.parametrize("name", ["tupled", "named", "nested"])
def test_the_form_of_what_is_returned_is_free(immutable: ModuleProxy, name: str) -> None:
    """Only the order counts."""
    params = given()

    assert getattr(immutable, name)(0.5, params) is None
    assert [one.tolist() for one in params] == [[1, 2], [[3]]]


@pytest.mark.parametrize("name", ["alone", "nothing", "numbers", "many", "other"])
def test_anything_else_is_an_ordinary_result(immutable: ModuleProxy, name: str) -> None:
    """As many arrays must be returned as there are to change, by a function that is to do so."""
    params = given()

    result = getattr(immutable, name)(0.5, params)

    assert [one.tolist() for one in params] == [[2, 4], [[6]]]
    assert name == "nothing" or len(result) > 0


def test_a_second_call_with_other_values_changes_these(module: ModuleProxy) -> None:
    """What is changed after two calls are the arrays of the second one."""
    params = given()
    module.in_turn("halve", [0.5, [10 * one for one in given()]], [0.5, params])

    assert [one.tolist() for one in params] == [[1, 2], [[3]]]


@pytest.mark.parametrize("framework", sorted(HALVE))
def test_a_correct_function_does_as_the_learners_should(
    framework: str, zygote_of: ZygoteOf
) -> None:
    """In place of the learner's own it changes the caller's arrays, or returns the new ones."""
    right = Substitutes(Host.of_namespace({"halve": halve}, "numpy"), ["halve"])
    with contextlib.closing(started(framework, zygote_of, "caller", substitutes=right)) as channel:
        result = ModuleProxy(channel).caller(given())

    assert [one.tolist() for one in result] == [[1, 2], [[3]]]
    assert (right.asked, right.cannot) == ({"halve"}, {})
