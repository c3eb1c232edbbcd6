"""Whatever a worker answers, the grader is told a value or that the submission is at fault."""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import Raised, SubmissionError
from grader.exercise import Chunk, Limits
from grader.sandbox.fault_sentences import translate
from grader.sandbox.proxy import ModuleProxy
from grader.worker.values import MAX_TEXT, Callback, Held, Parameter

X = np.arange(6.0).reshape(2, 3)

arrays = st.sampled_from(["float64", "int64", "bool", "complex64"]).flatmap(
    lambda name: hnp.arrays(name, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
)
markers = st.builds(Held, st.integers(0, 3), st.just("Net"), st.booleans()) | st.sampled_from(
    [Parameter(X), Callback(0)]
)
words = st.sampled_from(
    [
        "value",
        "after",
        "kind",
        "message",
        "type",
        "where",
        "off_device",
        "raised",
        "syntax",
        "memory",
    ]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**62) | st.floats() | words | arrays | markers,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(words | st.integers(0, 3), inner, max_size=4)
    ),
    max_leaves=10,
)
changes = st.lists(st.tuples(st.integers(-2, 3), arrays).map(list), max_size=3)
answers = anything | st.fixed_dictionaries({"value": anything, "after": changes | anything})


class Liar:
    """A channel that answers what it was given, one after the other, then again."""

    framework = "numpy"

    def __init__(self, told: list[Any]) -> None:
        self._told = told
        self._next = 0

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Return a lie."""
        self._next += 1
        return self._told[self._next % len(self._told)]


def used(told: list[Any]) -> dict[str, Any]:
    """Return uses of a module whose answers are *told*."""
    student = ModuleProxy(Liar(told))
    held = Liar([{"value": Held(1, "Net", True), "after": []}, *told])

    def with_object(use: Any) -> Any:
        held._next = -1
        return use(ModuleProxy(held).make())

    return {
        "call": lambda: student.softmax(X.copy()),
        "many": lambda: student.softmax.many([[X.copy()], [X.copy()]]),
        "vjp": lambda: student.vjp("softmax", [X.copy()], X),
        "slopes": lambda: student.slopes("softmax", [X.copy(), 2], X, 1),
        "aliases": lambda: student.aliases("softmax", [X.copy()]),
        "disturbed": lambda: student.disturbed("softmax", [X.copy()]),
        "listed": lambda: student.softmax.listed([[X.copy()]]),
        "in_turn": lambda: student.in_turn("softmax", [X.copy()], [X.copy()]),
        "work": lambda: student.work("softmax", [[X.copy()]], [X.copy()]),
        "differentiates": lambda: student.differentiates("softmax", [X.copy()]),
        "object": lambda: with_object(lambda net: net(X.copy())),
        "items": lambda: with_object(lambda net: list(islice(net, 200))),
        "attribute": lambda: with_object(lambda net: net.get("rate")),
        "parameters": lambda: with_object(lambda net: net.parameters()),
        "set_parameters": lambda: with_object(lambda net: net.set_parameters([X])),
        "state": lambda: with_object(lambda net: net.state()),
        "restore": lambda: with_object(lambda net: net.restore([X])),
        "gradients": lambda: with_object(lambda net: net.gradients([X.copy()], X)),
        "slopes along": lambda: with_object(lambda net: net.slopes([X.copy()], X, [X])),
        "block": lambda: student.block("affine", X),
    }


@settings(max_examples=80)
@given(st.lists(answers, min_size=1, max_size=3))
def test_an_answer_that_lies_is_a_value_or_the_submissions_fault(told: list[Any]) -> None:
    """Of every kind of request; nothing else is ever raised, so that nothing is taken for ours."""
    for use in used(told).values():
        with contextlib.suppress(SubmissionError):
            use()


@settings(max_examples=80)
@given(anything | st.dictionaries(words, anything | words, max_size=6))
def test_a_fault_that_lies_is_the_submissions_fault(fault: Any) -> None:
    """Its texts are capped, and whatever it says of a place is looked up."""
    error = translate(fault, "softmax", [Chunk("a.py", "x = 1\n")], Limits())

    assert isinstance(error, SubmissionError)
    assert len(str(error)) < 3 * MAX_TEXT


def test_a_huge_text_in_a_fault_is_cut() -> None:
    """Two thousand characters tell enough."""
    fault = {"kind": "raised", "type": "T" * 10**6, "message": "m" * 10**6, "where": ["x"] * 9}

    assert len(str(translate(fault, "softmax"))) < 3 * MAX_TEXT


# -- gradients and parameters ----------------------------------------------------------------------


def slopes_of(*shape: int, dtype: str = "float64") -> dict[str, Any]:
    """Return slopes as a worker gives those of an array of this shape."""
    ones = np.ones(int(np.prod(shape)), dtype)
    return {"shape": list(shape), "low": ones, "high": ones}


W = np.ones(3, np.float32)
#: (X, 2, W): what no gradient of X, a number and W may be
NO_GRADIENTS: dict[str, Any] = {
    "nothing": None,
    "no list": (X, None, W),
    "one too few": [X, None],
    "one too many": [X, None, W, W],
    "a number": [1.0, None, W],
    "a text": ["X", None, W],
    "slopes": [slopes_of(2, 3), None, W],
    "an object": [X, None, Held(1, "Net", False)],
    "one of a number": [X, np.array(2.0), W],
    "another shape": [X.T, None, W],
    "one that would broadcast": [X[:1], None, W],
    "an empty one": [X[:0], None, W],
    "another dtype": [X.astype(np.float32), None, W],
    "complex numbers": [X.astype(complex), None, W],
    "whole numbers": [X.astype(np.int64), None, W],
    "truths": [X > 1, None, W],
}
NO_SLOPES: dict[str, Any] = {
    "nothing": None,
    "one too few": [slopes_of(2, 3), None],
    "one of a number": [slopes_of(2, 3), slopes_of(1), slopes_of(3)],
    "whole gradients": [X, None, W],
    "another shape": [slopes_of(3, 2), None, slopes_of(3)],
    "a huge shape": [slopes_of(2, 3) | {"shape": [2**31, 2**31]}, None, None],
    "no end of axes": [slopes_of(2, 3) | {"shape": [1] * 99}, None, None],
    "a shape below zero": [slopes_of(2, 3) | {"shape": [-2, -3]}, None, None],
    "another dtype": [slopes_of(2, 3, dtype="complex128"), None, None],
}
NO_PARAMETERS: dict[str, Any] = {
    "nothing": None,
    "one array": X,
    "a dict": {"w": X},
    "numbers": [1.0, 2.0],
    "a text": [X, "w"],
    "an object": [X, Held(2, "Net", False)],
    "lists": [[X]],
    "whole numbers": [X.astype(np.int64)],
    "truths": [X > 1],
    "no end of them": [W] * 20_000,
}


def answering(value: Any) -> ModuleProxy:
    """Return a module whose every answer is *value*."""
    return ModuleProxy(Liar([{"value": value, "after": []}]))


@pytest.mark.parametrize("lie", NO_GRADIENTS.values(), ids=NO_GRADIENTS.keys())
def test_what_is_no_gradient_of_an_argument_is_refused(lie: Any) -> None:
    """There is one for each argument, of its shape and dtype; the record says that it was none."""
    student = answering(lie)

    with pytest.raises(Raised):
        student.vjp("f", [X, 2, W], X)
    assert [(type(r.error), r.value) for r in student.trace] == [(Raised, None)]


@pytest.mark.parametrize("lie", NO_SLOPES.values(), ids=NO_SLOPES.keys())
def test_what_are_no_slopes_of_an_argument_is_refused(lie: Any) -> None:
    """Likewise; whatever shape is claimed, nothing of its size is made."""
    student = answering(lie)

    with pytest.raises(Raised):
        student.slopes("f", [X, 2, W], X, 1)
    assert [(type(r.error), r.value) for r in student.trace] == [(Raised, None)]


@pytest.mark.parametrize("lie", NO_PARAMETERS.values(), ids=NO_PARAMETERS.keys())
def test_what_are_no_parameters_is_refused(lie: Any) -> None:
    """They are floating arrays in a list."""
    student = ModuleProxy(
        Liar([{"value": lie, "after": []}, {"value": Held(1, "Net", False), "after": []}])
    )
    net = student.make()

    with pytest.raises(Raised):
        net.parameters()
    assert student.trace[-1].value is None


def test_honest_gradients_and_parameters_are_taken() -> None:
    """In the argument's dtype or float64, and None where an argument does not matter."""
    for honest in ([X, None, W], [X, None, W.astype(np.float64)], [None, None, None]):
        taken = answering(honest).vjp("f", [X, 2, W], X)
        assert [np.array_equal(*pair) for pair in zip(taken, honest, strict=True)] == [True] * 3
    slopes = answering([slopes_of(2, 3), None, slopes_of(3)]).slopes("f", [X, 2, W], X, 1)
    assert [one and one.shape for one in slopes] == [(2, 3), None, (3,)]
    taken = answering([X, W]).ask("parameters", "Net.parameters", {"id": 1}, [])
    assert [np.array_equal(*pair) for pair in zip(taken, [X, W], strict=True)] == [True] * 2


@pytest.mark.parametrize("off_device", [X, "yes", 1, None])
def test_whether_a_value_strayed_is_true_or_false(off_device: Any) -> None:
    """An array would be neither, and its question a fault of the grader's."""
    with pytest.raises(Raised):
        ModuleProxy(Liar([{"value": X, "after": [], "off_device": off_device}])).f(X)
