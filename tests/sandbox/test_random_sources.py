"""Code in PyTorch draws what a learner draws from somewhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.random import bit_generator

from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.random_sources import OWN, SOURCES
from grader.sandbox.reference import load_reference_text
from grader.sandbox.repeated_check import repetition_of
from grader.scoring.answers import alike
from grader.worker import unseeded
from grader.worker.module_host import Host

IN_TORCH = """
import torch
def draw(n):
    x = torch.zeros(n, 2, dtype=torch.float32)
    return [
        torch.rand(n, 3), torch.randn((2, n)), torch.rand_like(x), torch.randn_like(x),
        torch.randperm(n), torch.randint(n, (4,)), torch.randint(3, 3 + n, [n]),
    ]
def seeded(n):
    torch.manual_seed(7)
    return torch.rand(n)
def apart(n):
    return torch.randperm(n, generator=torch.Generator().manual_seed(7)), torch.rand(2)
def items(n):
    for i in torch.randperm(n):
        yield i + torch.rand(1)
"""
IN_NUMPY = """
import random
import numpy as np
rng = np.random.default_rng()
def draw(n):
    MADE
    f, g = np.float32, np.float64
    return [
        SOURCE.random((n, 3)).astype(g), SOURCE.standard_normal((2, n)),
        SOURCE.random((n, 2)).astype(f), SOURCE.standard_normal((n, 2)).astype(f),
        SOURCE.permutation(n), SOURCE.INTEGERS(n, size=4), SOURCE.INTEGERS(n, size=n) + 3,
    ]
def seeded(n):
    SEED
    return SOURCE.random(n)
def apart(n):
    MADE
    other = OTHER
    return other.permutation(n), SOURCE.random(2)
def items(n):
    MADE
    for i in SOURCE.permutation(n):
        yield i + SOURCE.random(1)
"""
MADE = {"SOURCE": "rng", "INTEGERS": "integers", "OTHER": "np.random.default_rng(7)"}
STYLES = {
    "numpy.random": {
        "SOURCE": "np.random",
        "INTEGERS": "randint",
        "MADE": "pass",
        "SEED": "np.random.seed(7)",
        "OTHER": "np.random.RandomState(7)",
    },
    "numpy.random.Generator": MADE
    | {"MADE": "pass", "SEED": "global rng; rng = np.random.default_rng(7)"},
    "numpy.random.Generator in each call": MADE
    | {"MADE": "rng = np.random.default_rng()", "SEED": "rng = np.random.default_rng(7)"},
}


@pytest.fixture
def begun(monkeypatch):
    """Return a function that loads a text as a worker does, and begins a check."""
    monkeypatch.setattr(bit_generator, "randbits", bit_generator.randbits)
    unseeded.take_over()

    def begun(text, exercise, seed):
        host = Host([("mine.py", 1, text)], "numpy")
        host.begin(exercise, seed)
        unseeded.seed_held(host.module)
        channel = load_reference_text("", Path("none.py"), "numpy").as_student("numpy")
        channel._host = host
        return ModuleProxy(channel)

    yield begun
    sys.modules.pop("submission", None)


def answers(source, seed, student):
    """Return what the code in PyTorch answers to the calls of *student*, and what that did."""
    request, given = repetition_of(seed, student.trace)
    other = load_reference_text(IN_TORCH, Path("reference.py"), "torch").as_given()
    return other.request("repeat", request | ({"source": source} if source else {})), given


def written(style):
    """Return the code in NumPy that draws from a source."""
    text = IN_NUMPY
    for name, code in STYLES[style].items():
        text = text.replace(name, code)
    return text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["draw", "seeded", "apart"])
def test_code_in_pytorch_draws_what_numpy_draws(begun, style, name):
    """In the same order, in every call, and after the code's own seeds; from no other source."""
    student = begun(written(style), name, 41)
    for n in (5, 3, 5):
        getattr(student, name)(n)

    fitting = [source for source in SOURCES if alike(*answers(source, 41, student), True)]

    expected = {style}
    if name == "seeded" and "Generator" in style:
        expected = {source for source in STYLES if "Generator" in source}
    assert set(fitting) == expected


@pytest.mark.parametrize("style", STYLES)
def test_what_is_drawn_while_something_iterates_belongs_to_its_call(begun, style):
    """A generator is made when the first item is taken."""
    student = begun(written(style), "items", 41)
    for n in (3, 4):
        list(student.items(n))

    assert alike(*answers(style, 41, student), with_dtype=False)


def test_code_in_pytorch_draws_what_python_draws(begun):
    """A shuffled list, numbers from 0 to 1, and integers."""
    text = """
import random
import numpy as np
def draw(n):
    uniform = lambda *shape: np.array([random.random() for _ in range(np.prod(shape))])
    normal = lambda *shape: np.array([random.gauss(0, 1) for _ in range(np.prod(shape))])
    first = uniform(n, 3).reshape(n, 3), normal(2, n).reshape(2, n)
    second = uniform(n, 2).reshape(n, 2), normal(n, 2).reshape(n, 2)
    order = list(range(n))
    random.shuffle(order)
    numbers = [random.randrange(n) for _ in range(4 + n)]
    return [*first, *second, np.array(order), np.array(numbers[:4]), np.array(numbers[4:]) + 3]
"""
    student = begun(text, "draw", 41)
    student.draw(5)

    assert alike(*answers("random", 41, student), with_dtype=False)
    assert not alike(*answers(OWN, 41, student), with_dtype=False)


def test_pytorch_draws_from_its_own_generator_again():
    """After the calls, and in its own dtype."""
    drawn, dtype = torch.rand, torch.get_default_dtype()
    other = load_reference_text(IN_TORCH, Path("reference.py"), "torch").as_given()
    calls = [["call", {"name": "seeded", "args": [3], "kwargs": {}}]]
    other.request("repeat", {"seed": 1, "calls": calls, "source": "numpy.random"})

    assert torch.rand is drawn
    assert torch.get_default_dtype() is dtype


def test_generators_that_nobody_seeded_follow_from_the_seed(begun):
    """Those of a module, and those that are made in a call; each call has one of its own."""
    text = (
        "import numpy as np\nrng = np.random.default_rng()\n"
        "def f(): return rng.random(2)\n"
        "def g(): return np.random.Generator(np.random.PCG64()).random(2)\n"
        "def both(): return [f(), g(), g()]\n"
    )
    one, same, other = (np.stack(begun(text, "both", seed).both()) for seed in (3, 3, 4))

    np.testing.assert_array_equal(one, same)
    assert not (one == other).any()
    assert len(np.unique(one)) == one.size
