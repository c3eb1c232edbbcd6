"""Assertions on what a call leaves behind, by plain calls and in a worker."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from grader.checks import (
    Mismatch,
    Parameter,
    assert_no_alias,
    assert_no_memory,
    assert_state_kept,
)
from grader.errors import Raised
from grader.exercise import Limits
from grader.sandbox.proxy import ModuleProxy

FUNCTIONS = """
import numpy as np

def same(x, y):
    return x

def part(x, y):
    return [y + 0.0, y[1:]]

def fresh(x, y):
    return x + y

def seeds(x, y):
    np.random.seed(0)
    return x + y

def silences(x, y):
    np.seterr(all="ignore")
    return x + y

def careful(x, y):
    with np.errstate(all="ignore"):
        return x + y / 0.0

everything = (same, part, fresh, seeds, silences, careful)
"""
TORCH = """
import torch

def same(x, y):
    return x

def part(x, y):
    return [y + 0.0, y[1:]]

def fresh(x, y):
    return x + y

def seeds(x, y):
    torch.manual_seed(0)
    return x + y

def silences(x, y):
    torch.set_grad_enabled(False)
    return x + y

def careful(x, y):
    with torch.no_grad():
        return x + y

def enabled():
    return torch.is_grad_enabled()

everything = (same, part, fresh, seeds, silences, careful, enabled)
"""
JAX = """
def same(x, y):
    return x
"""
NAMES = {"numpy": ("numpy.random", "numpy.seterr")}
NAMES["torch"] = ("torch.random", "torch.set_grad_enabled")


@pytest.fixture(params=["plain", "numpy", "torch"])
def module(request, student, enrol):
    """Return the functions above as plain calls and in workers, and their framework."""
    if request.param == "plain":
        return student(FUNCTIONS), "numpy"
    text = {"numpy": FUNCTIONS, "torch": TORCH}[request.param]
    zygote = request.getfixturevalue("zygote")
    return enrol(text, zygote, request.param, "everything"), request.param


def arguments():
    """Return two arrays of unequal values."""
    return [np.arange(4.0), np.ones(4)]


def test_a_shared_result_is_refused(module):
    """The message says which argument it is."""
    functions, _framework = module
    assert_no_alias(functions, "fresh", arguments())

    for name, number in [("same", 1), ("part", 2)]:
        with pytest.raises(Mismatch) as caught:
            assert_no_alias(functions, name, arguments())
        headline = f"The result of {name} shares memory with an argument; return a new array."
        assert caught.value.headline == headline
        assert str(caught.value).endswith(f"It is the array argument number {number}.")


def test_state_left_changed_is_refused(module):
    """The message names what it is; contexts that end are fine."""
    functions, framework = module
    for name in ("fresh", "careful", "same"):
        assert_state_kept(functions, name, arguments())

    for name, what in zip(("seeds", "silences"), NAMES[framework], strict=True):
        np.random.rand()
        with pytest.raises(Mismatch) as caught:
            assert_state_kept(functions, name, arguments())
        text = f"{name} leaves a setting or random generator changed: {what}."
        assert str(caught.value) == caught.value.headline == text


def test_parameters_and_lists_are_looked_into(module):
    """As an optimiser's are: each array counts."""
    functions, _framework = module
    x, y = arguments()
    assert_state_kept(functions, "fresh", [Parameter(x), y])

    for args in ([[Parameter(y), x], y], [Parameter(x), y]):
        with pytest.raises(Mismatch, match="number 1"):
            assert_no_alias(functions, "same", args)


def test_changes_of_one_check_do_not_reach_the_next(zygote, enrol):
    """What a call switches off is on again when the next check begins."""
    functions = enrol(TORCH, zygote, "torch", "everything")
    functions.silences(*arguments())
    assert functions.enabled() is False

    functions._channel.begin("everything", 2, Limits())

    assert functions.enabled() is True


def test_what_an_earlier_call_left_changed_is_refused_too(module):
    """A check may call the function first: it is compared with how the check began."""
    functions, framework = module
    functions.silences(*arguments())

    with pytest.raises(Mismatch, match=NAMES[framework][1]):
        assert_state_kept(functions, "silences", arguments())


def test_a_mistake_cannot_change_how_references_compute(reference):
    """They run in the grader's own process, one after the other."""
    before = np.geterr()
    reference(FUNCTIONS).silences(*arguments())

    assert np.geterr() == before


def test_a_mistake_leaves_the_next_one_a_fresh_start(reference, student):
    """Also when it stood for a submission."""
    reference("")
    before = np.geterr()
    student(FUNCTIONS).silences(*arguments())
    assert np.geterr() != before

    student(FUNCTIONS)

    assert np.geterr() == before


def test_what_cannot_be_changed_may_be_shared(zygote, enrol):
    """JAX's arrays are immutable."""
    pytest.importorskip("jax", reason="JAX is not installed")
    functions = enrol(JAX, zygote, "jax", "same", Limits(seconds=60, memory_mb=8192))

    assert_no_alias(functions, "same", arguments())
    assert_state_kept(functions, "same", arguments())


class Liar:
    """A channel that answers anything."""

    framework = "numpy"

    def __init__(self, value):
        self.value = value

    def request(self, op, payload):
        """Return it."""
        return {"value": self.value, "after": []}


@pytest.mark.parametrize("lie", [None, "x", 3, [2], [-1], [True], [0.0], ["random"], [[0]], {}])
def test_lies_about_memory_are_an_error_of_the_submission(lie):
    """Only numbers of arguments count."""
    with pytest.raises(Raised, match="cannot be read"):
        assert_no_alias(ModuleProxy(Liar(lie)), "f", arguments())


@pytest.mark.parametrize("lie", [None, "random", ["expected: 3"], [0], [["random"]], {}])
def test_lies_about_state_are_an_error_of_the_submission(lie):
    """Only known names reach a message: no text of a worker's does."""
    with pytest.raises(Raised, match="cannot be read"):
        assert_state_kept(ModuleProxy(Liar(lie)), "f", arguments())


MEMORY = """
kept = {}
buffer = np.zeros(4)

def plain(x, y):
    return x + y

def view(x, y):
    return x

def by_address(x, y):
    if id(x) not in kept:
        kept[id(x)] = x, x + y
    return kept[id(x)][1]

def in_a_buffer(x, y):
    buffer[:] = x + y
    return buffer

def momentum(x, y):
    old, before = kept.get(id(x), (None, 0.0))
    kept[id(x)] = x, y + (before if old is x else 0.0)
    x -= kept[id(x)][1]

everything = (plain, view, by_address, in_a_buffer, momentum)
"""


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_what_is_kept_from_call_to_call_is_refused(zygote, enrol, framework):
    """Answers by address, a buffer for results, a velocity; views of arguments are no memory."""
    text = "import numpy as np" + MEMORY
    if framework == "torch":
        text = "import torch" + MEMORY.replace("np.zeros(4)", "torch.zeros(4, dtype=torch.float64)")
    functions = enrol(text, zygote, framework, "everything")
    x, y = arguments()
    for name in ("plain", "view"):
        assert_no_memory(functions, name, [x, y], [y, x])

    for name, what in [
        ("by_address", "A second call of by_address with the same arrays"),
        ("momentum", "A second call of momentum"),
        ("in_a_buffer", "The first result of in_a_buffer changes in a second call"),
    ]:
        with pytest.raises(Mismatch, match=what):
            assert_no_memory(functions, name, [x, y], [y, x + 1])
    assert (x == arguments()[0]).all()


STEPS = """
import torch

def step(p, g):
    with torch.no_grad():
        p -= g

def freezes(p, g):
    p.requires_grad_(False)
    p -= g

def clears(p, g):
    step(p, g)
    p.grad.zero_()

def resumes(p, g):
    torch.set_grad_enabled(False)
    p -= g
    torch.set_grad_enabled(True)

everything = (step, freezes, clears, resumes)
"""


def test_what_belongs_to_a_trainable_argument_is_state_too(zygote, enrol):
    """Whether it is trainable, its gradient, and recording where it was switched off."""
    functions = enrol(STEPS, zygote, "torch", "everything")
    x, y = arguments()
    assert_state_kept(functions, "step", [Parameter(x), y])

    for name, told in [
        ("freezes", "freezes changes requires_grad of an argument"),
        ("clears", "clears changes grad of an argument"),
        ("resumes", "changed: torch.set_grad_enabled"),
    ]:
        with pytest.raises(Mismatch, match=told):
            assert_state_kept(functions, name, [Parameter(x), y])


SEVERAL = """
import torch

def clears(every):
    for one in every:
        one.grad = None

def clears_and_seeds(every):
    torch.manual_seed(0)
    clears(every)

everything = (clears, clears_and_seeds)
"""


def test_an_attribute_of_several_arguments_is_named_once(zygote, enrol):
    """Settings and generators come first: they concern all code, not the arguments alone."""
    functions = enrol(SEVERAL, zygote, "torch", "everything")
    x, y = arguments()
    for name, told in [
        ("clears", "clears changes grad of an argument; leave it as it was."),
        ("clears_and_seeds", "generator changed: torch.random."),
    ]:
        with pytest.raises(Mismatch) as caught:
            assert_state_kept(functions, name, [[Parameter(x), Parameter(y)]])
        assert str(caught.value).endswith(told)


DIFFERENTIATED = """
import torch

def copied(x):
    x = x.clone().requires_grad_(True)
    (x * x).sum().backward()
    return x.grad

def marked(x):
    x.requires_grad_(True)
    return torch.autograd.grad((x * x).sum(), x)[0]

def with_gradient(x):
    x.requires_grad_(True)
    (x * x).sum().backward()
    x.requires_grad_(False)
    return x.grad

everything = (copied, marked, with_gradient)
"""
ATTACHED = """
from mxnet import autograd, np

def copied(x):
    x = x.copy()
    return with_gradient(x)

def with_gradient(x):
    x.attach_grad()
    with autograd.record():
        y = (x * x).sum()
    y.backward()
    return x.grad

everything = (copied, with_gradient)
"""


@pytest.mark.parametrize(
    ("framework", "source", "found"),
    [
        ("torch", DIFFERENTIATED, {"marked": "requires_grad", "with_gradient": "grad"}),
        ("mxnet", ATTACHED, {"with_gradient": "grad"}),
    ],
)
def test_a_gradient_left_on_an_argument_is_state_too(zygote, enrol, framework, source, found):
    """Where the argument was not trainable, and had none."""
    if not importlib.util.find_spec(framework):
        pytest.skip(f"{framework} is not installed")
    functions = enrol(source, zygote, framework, "everything")
    assert_state_kept(functions, "copied", [np.arange(4.0)])
    for name, what in found.items():
        with pytest.raises(Mismatch, match=f"changes {what} of an argument"):
            assert_state_kept(functions, name, [np.arange(4.0)])


CALLS_BACK = """
def applied(f, x):
    return f(x) + x

everything = (applied,)
"""


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_functions_of_the_check_are_called_in_both_calls(zygote, enrol, framework):
    """What a call is given beside arrays is the same for both."""
    functions = enrol(CALLS_BACK, zygote, framework, "everything")
    x, y = arguments()
    assert_no_memory(functions, "applied", [np.sin, x], [np.sin, y])
