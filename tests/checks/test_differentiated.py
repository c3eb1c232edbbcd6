"""The assertion that a framework differentiates, whichever of its functions is used."""

from __future__ import annotations

import importlib.util
import re

import numpy as np
import pytest

from grader.checks import Mismatch, assert_differentiated
from grader.exercise import Limits

TORCH = """
import torch
import torch.autograd.forward_ad as forward
from torch.autograd import grad

def of(x):
    return 2 * torch.dot(x, x)

def backward(x):
    x = x.clone().requires_grad_()
    of(x).backward()
    return x.grad

def imported(x):
    x = x.clone().requires_grad_()
    return grad(of(x), x)[0]

made_before = torch.func.grad(of)

def function(x):
    return made_before(x)

def jacobian(x):
    return torch.autograd.functional.jacobian(of, x)

def backwards_in_a_map(x):
    return torch.func.jacrev(of)(x)

def forwards_in_a_map(x):
    return torch.func.jacfwd(of)(x)

def duals(x):
    found = []
    for direction in torch.eye(len(x), dtype=x.dtype):
        with forward.dual_level():
            found.append(forward.unpack_dual(of(forward.make_dual(x, direction))).tangent)
    return torch.stack(found)

def hooked(x):
    found = []
    x = x.clone().requires_grad_()
    x.register_hook(found.append)
    of(x).backward()
    return found[0]

def bad_formula(x):
    return 4 * x

def bad_recorded(x):
    x = x.clone().requires_grad_()
    return (of(x) * 0 + 4 * x).detach()

def bad_differences(x):
    return torch.stack([(of(x + e) - of(x - e)) / 2 for e in torch.eye(len(x), dtype=x.dtype)])
"""
TENSORFLOW = """
import tensorflow as tf

def of(x):
    return 2 * tf.tensordot(x, x, 1)

def tape(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = of(x)
    return t.gradient(y, x)

def variable(x):
    x = tf.Variable(x)
    with tf.GradientTape() as t:
        y = of(x)
    return t.gradient(y, x)

graph = tf.function(tape, input_signature=[tf.TensorSpec([None], tf.float32)])

def compiled(x):
    return graph(x)

@tf.function
def in_a_graph(x):
    return tf.gradients(of(x), x)[0]

def bad_formula(x):
    return 4 * x

@tf.function
def bad_graph(x):
    return 4 * x
"""
JAX = """
import jax
import jax.numpy as jnp

def of(x):
    return 2 * jnp.dot(x, x)

def gradient(x):
    return jax.grad(of)(x)

fast = jax.jit(jax.grad(of))

def compiled(x):
    return fast(x)

def pulled_back(x):
    return jax.vjp(of, x)[1](jnp.ones((), x.dtype))[0]

def forwards(x):
    return jax.jacfwd(of)(x)

def bad_formula(x):
    return 4 * x

@jax.jit
def bad_compiled(x):
    return 4 * x
"""
MXNET = """
from mxnet import autograd, np
from mxnet.autograd import grad

def of(x):
    return 2 * np.dot(x, x)

def backward(x):
    x = x.copy()
    x.attach_grad()
    with autograd.record():
        y = of(x)
    y.backward()
    return x.grad

def imported(x):
    x = x.copy()
    x.attach_grad()
    with autograd.record():
        y = of(x)
    return grad(y, [x])[0]

def bad_formula(x):
    return 4 * x
"""
SOURCES = {"torch": TORCH, "tensorflow": TENSORFLOW, "jax": JAX, "mxnet": MXNET}
X = [1.0, -2.0, 0.5]


@pytest.mark.parametrize(
    "framework",
    [
        pytest.param(name, marks=[pytest.mark.slow, pytest.mark.rare] * (name != "torch"))
        for name in SOURCES
    ],
)
def test_each_way_to_differentiate_is_seen_and_a_formula_is_none(zygote, enrol, framework):
    """By whatever name, forwards and backwards; compiled before, too, and in a second call."""
    if not importlib.util.find_spec(framework):
        pytest.skip(f"{framework} is not installed")
    source = SOURCES[framework]
    names = [n for n in re.findall(r"^def (\w+)", source, re.MULTILINE) if n != "of"]
    text = f"{source}\neverything = ({', '.join(names)})\n"
    limits = Limits(seconds=60, memory_mb=4096)
    functions = enrol(text, zygote, framework, "everything", limits=limits)
    for name in names:
        x = np.array(X, dtype="float32")
        np.testing.assert_allclose(getattr(functions, name)(x), 4 * x, rtol=1e-5)
        if not name.startswith("bad_"):
            assert_differentiated(functions, name, [x])
            continue
        with pytest.raises(Mismatch, match=f"{name} does not let the framework") as caught:
            assert_differentiated(functions, name, [x])
        assert caught.value.subject == "work"


def test_numpy_is_not_asked_to_differentiate(student):
    """It cannot."""
    functions = student("def formula(x):\n    return 4 * x\n")
    assert_differentiated(functions, "formula", [np.array(X)])


def test_what_saw_a_call_is_gone_after_it():
    """Also after a call that raises."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    from grader.worker.differentiation import differentiates

    variable, forward = torch.autograd.Variable, torch.autograd.forward_ad
    before = variable._execution_engine, forward.make_dual
    with pytest.raises(ZeroDivisionError):
        differentiates(lambda: 1 / 0, [], "torch")
    assert (variable._execution_engine, forward.make_dual) == before


SCRIPTED = """
import torch

@torch.jit.script
def gradient(x):
    x = x.clone().requires_grad_(True)
    found = torch.autograd.grad([2 * torch.dot(x, x)], [x])[0]
    assert found is not None
    return found

def scripted(x):
    return gradient(x)
"""


def test_scripted_code_that_differentiates_unseen_passes(zygote, enrol):
    """Nobody can say, so it has the benefit of the doubt."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    functions = enrol(SCRIPTED, zygote, "torch", "scripted")
    x = np.array(X, dtype="float32")
    np.testing.assert_allclose(functions.scripted(x), 4 * x)
    assert_differentiated(functions, "scripted", [x])
