"""Whatever a worker answers, the grader is told a value or that the submission is at fault."""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import Any

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.exercise import Chunk, Limits
from grader.sandbox.channel import translate
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
    ["value", "after", "kind", "message", "type", "where", "strayed", "raised", "syntax", "memory"]
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
        "object": lambda: with_object(lambda net: net(X.copy())),
        "items": lambda: with_object(lambda net: list(islice(net, 200))),
        "attribute": lambda: with_object(lambda net: net.get("rate")),
        "parameters": lambda: with_object(lambda net: net.parameters()),
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
