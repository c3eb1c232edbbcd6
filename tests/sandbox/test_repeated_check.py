from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader.errors import Raised
from grader.exercise import Limits
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.reference import load_reference_text
from grader.sandbox.repeated_check import repetition_of

SOURCE = """
import numpy as np
def noise(x): return x + np.random.random(x.shape)
def fill(x): x[...] = np.random.random(x.shape)
def stop(x): raise KeyError("x")
class Stream:
    def __init__(self, n): self.n = n
    def next(self, step): return self.n * step + np.random.random()
def items(n):
    for i in range(n): yield np.random.random(2) + i
"""


@pytest.fixture
def module():
    """A module that draws random numbers, behind a channel as a submission is."""
    channel = load_reference_text(SOURCE, Path("mine.py"), "numpy").as_student("numpy")
    channel.begin("", 41, Limits())
    return ModuleProxy(channel)


@pytest.fixture
def other():
    """Another channel to the same module."""
    return load_reference_text(SOURCE, Path("reference.py"), "numpy").as_given()


def repeated(other, seed, trace):
    """Return whether *other* answers the whole of *trace* in the same way."""
    request, answer = repetition_of(seed, trace)
    np.testing.assert_equal(other.request("repeat", request), answer)
    return True


def test_the_same_calls_after_the_same_seed_draw_the_same_numbers(module, other):
    """Results and changes in place; after another seed they are others."""
    module.noise(np.zeros(3))
    module.fill(np.zeros(4))
    module.noise(np.ones(2))

    assert repeated(other, 41, module.trace)
    with pytest.raises(AssertionError):
        repeated(other, 42, module.trace)


def test_what_was_drawn_before_matters(module, other):
    """A call alone draws other numbers than the same call later in a check."""
    module.noise(np.zeros(3))
    module.noise(np.zeros(3))

    with pytest.raises(AssertionError):
        repeated(other, 41, module.trace[1:])


def test_objects_and_generators_are_known_by_their_place(module, other):
    """Whatever numbers they had where they were made."""
    for n in (5, 3):
        stream = module.Stream(n)
        list(module.items(n))
        stream.call("next", 2)

    assert repeated(other, 41, module.trace)


def test_a_call_that_raises_is_answered_with_nothing(module, other):
    """The calls before it are what they were."""
    module.noise(np.zeros(3))
    with pytest.raises(Raised):
        module.stop(np.zeros(3))

    assert repeated(other, 41, module.trace)
    assert repetition_of(41, module.trace)[1]["value"][1] is None


def test_a_repetition_is_computed_once(module, other):
    """The second time it comes from memory, and cannot be spoilt by who got it first."""
    module.noise(np.zeros(3))
    request, _answer = repetition_of(41, module.trace)
    first = other.request("repeat", request)
    wanted = np.array(first["value"][0][0])
    first["value"][0][0][...] = 0

    assert len(other.answers) == 1
    assert other.request("repeat", request)["value"][0][0].tolist() == wanted.tolist()
