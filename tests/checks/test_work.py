"""Assertions on how much work a call does, by plain calls and in a worker."""

from __future__ import annotations

import importlib.util
import re
import sys

import numpy as np
import pytest

from grader.checks import Draw, Mismatch, assert_vectorised
from grader.exercise import Limits

NUMPY = """
import operator
import sys
from functools import lru_cache, reduce
from itertools import starmap

import numpy as np

def plus(a, b):
    return a + b

def ufunc(a, b):
    return np.add(a, b)

def einsum(a, b):
    return np.einsum("ki->i", np.stack([a, b]))

def of_two(a, b):
    return sum([a, b])

def matrix(a, b):
    return np.array([1.0, 1.0]) @ np.array([np.asarray(a), np.asarray(b)])

def in_few_blocks(a, b):
    result = a.copy()
    for start in range(0, len(a), 1000):
        result[start:start + 1000] += b[start:start + 1000]
    return result

def bad_loop(a, b):
    result = np.zeros_like(a)
    for i in range(len(a)):
        result[i] = a[i] + b[i]
    return result

def bad_while(a, b):
    result, i = np.zeros_like(a), 0
    while i < len(a): result[i] = a[i] + b[i]; i += 1
    return result

def bad_list(a, b):
    return np.array([x + y for x, y in zip(a, b)])

def bad_generator(a, b):
    return np.fromiter((x + y for x, y in zip(a, b)), float)

def bad_blocks(a, b):
    return np.concatenate([a[i:i + 8] + b[i:i + 8] for i in range(0, len(a), 8)])

def bad_recursion(a, b):
    if len(a) == 1:
        return a + b
    half = len(a) // 2
    return np.concatenate([bad_recursion(a[:half], b[:half]), bad_recursion(a[half:], b[half:])])

def bad_map(a, b):
    return np.array(list(map(operator.add, a, b)))

def bad_streamed_map(a, b):
    return np.fromiter(map(operator.add, a, b), float)

def bad_star(a, b):
    return np.array([*starmap(operator.add, zip(a.tolist(), b.tolist()))])

def bad_streamed_lists(a, b):
    return np.fromiter(map(operator.add, a.tolist(), b.tolist()), float)

def bad_base(a, b):
    return np.array(list(map(operator.add, np.asarray(a), np.asarray(b))))

def bad_vectorize(a, b):
    return np.vectorize(operator.add)(a, b)

def bad_vectorize_lambda(a, b):
    return np.vectorize(lambda x, y: x + y)(a, b)

def bad_frompyfunc(a, b):
    return np.frompyfunc(operator.add, 2, 1)(a, b).astype(float)

def bad_objects(a, b):
    return (a.astype(object) + b.astype(object)).astype(float)

def bad_apply(a, b):
    return np.apply_along_axis(sum, 0, np.stack([a, b]))

def bad_caught(a, b):
    try:
        return bad_loop(a, b)
    except BaseException:
        return a + b

def bad_unwatched(a, b):
    sys.settrace(None)
    return bad_loop(a, b)
"""
TORCH = """
import operator
import torch

def plus(a, b):
    return a + b

def function(a, b):
    return torch.add(a, b)

def mapped(a, b):
    return torch.vmap(torch.add)(a, b)

def stacked(a, b):
    return torch.stack([a, b]).sum(0)

@torch.jit.script
def compiled(a, b):
    return a + b

def in_numpy(a, b):
    return torch.from_numpy(a.numpy() + b.numpy())

def bad_loop(a, b):
    result = torch.zeros_like(a)
    for i in range(len(a)):
        result[i] = a[i] + b[i]
    return result

def bad_map(a, b):
    return torch.stack(list(map(torch.add, a, b)))

def bad_unbound(a, b):
    return torch.stack(tuple(map(torch.add, a.unbind(), b.unbind())))

def bad_lists(a, b):
    return torch.tensor(list(map(operator.add, a.tolist(), b.tolist())))
"""
TENSORFLOW = """
import operator
import tensorflow as tf

def plus(a, b):
    return a + b

def function(a, b):
    return tf.add(a, b)

def stacked(a, b):
    return tf.reduce_sum(tf.stack([a, b]), axis=0)

@tf.function
def graph(a, b):
    return a + b

@tf.function(jit_compile=True)
def compiled(a, b):
    return tf.add_n([a, b])

def mapped(a, b):
    return tf.vectorized_map(lambda pair: pair[0] + pair[1], (a, b))

def bad_loop(a, b):
    result = []
    for i in range(len(a)):
        result.append(a[i] + b[i])
    return tf.stack(result)

def bad_map(a, b):
    return tf.stack(list(map(tf.add, a, b)))

def bad_map_fn(a, b):
    return tf.map_fn(lambda pair: pair[0] + pair[1], (a, b), fn_output_signature=a.dtype)

def bad_lists(a, b):
    return tf.constant(list(map(operator.add, a.numpy().tolist(), b.numpy().tolist())))
"""
JAX = """
import jax
import jax.numpy as jnp

def plus(a, b):
    return a + b

def function(a, b):
    return jnp.add(a, b)

def mapped(a, b):
    return jax.vmap(jnp.add)(a, b)

@jax.jit
def compiled(a, b):
    return a + b

def in_a_loop_of_xla(a, b):
    return jax.lax.map(lambda pair: pair[0] + pair[1], (a, b))

def einsum(a, b):
    return jnp.einsum("ki->i", jnp.stack([a, b]))

def bad_list(a, b):
    return jnp.array([x + y for x, y in zip(a, b)])

def bad_loop(a, b):
    result = jnp.zeros_like(a)
    for i in range(len(a)):
        result = result.at[i].set(a[i] + b[i])
    return result
"""
MXNET = """
from mxnet import np

def plus(a, b):
    return a + b

def function(a, b):
    return np.add(a, b)

def bad_loop(a, b):
    result = np.zeros_like(a)
    for i in range(len(a)):
        result[i] = a[i] + b[i]
    return result
"""
SLOW = ("jax", "tensorflow", "mxnet")
SOURCES = {
    "numpy": NUMPY,
    "torch": TORCH,
    "tensorflow": TENSORFLOW,
    "jax": JAX,
    "mxnet": MXNET,
}


def names(source):
    """Return the names of the functions in *source*."""
    return re.findall(r"^def (\w+)", source, re.MULTILINE)


def two(entries):
    """Return two arrays of this many entries."""
    draw = Draw(entries)
    return [draw.normal(entries), draw.normal(entries)]


@pytest.mark.parametrize(
    "framework",
    # those that trace or compile each of them take long, and MXNet runs each in Python
    [
        pytest.param(name, marks=[pytest.mark.slow, pytest.mark.rare] * (name in SLOW))
        for name in SOURCES
    ],
)
def test_work_on_single_entries_is_found_and_work_on_whole_arrays_is_not(zygote, enrol, framework):
    """In every framework, in loops and in what hides them; what is compiled is whole."""
    if not importlib.util.find_spec(framework):
        pytest.skip(f"{framework} is not installed")
    source = SOURCES[framework]
    text = f"{source}\neverything = ({', '.join(names(source))})\n"
    limits = Limits(seconds=60, memory_mb=4096)
    functions = enrol(text, zygote, framework, "everything", limits=limits)
    for name in names(source):
        if not name.startswith("bad_"):
            assert_vectorised(functions, name, two)
            continue
        with pytest.raises(Mismatch) as caught:
            assert_vectorised(functions, name, two)
        told = f"{name} handles entries one by one in Python; work on whole arrays."
        assert caught.value.headline == told
        assert caught.value.subject == "work"


def test_the_answer_is_the_same_without_a_worker(student):
    """At the desk, where a debugger's trace comes back after the call."""
    functions = student(NUMPY)
    assert_vectorised(functions, "plus", two)
    with pytest.raises(Mismatch, match="steps"):
        assert_vectorised(functions, "bad_loop", two)
    with pytest.raises(Mismatch, match="object for every entry"):
        assert_vectorised(functions, "bad_vectorize", two)


def test_the_trace_of_a_debugger_is_back_after_the_call(student):
    """Whatever the call did."""
    functions = student(NUMPY)

    def debugger(*_args):
        return None

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        assert_vectorised(functions, "plus", two)
        with pytest.raises(Mismatch):
            assert_vectorised(functions, "bad_unwatched", two)
        found = sys.gettrace()
    finally:
        sys.settrace(before)
    assert found is debugger


def test_entries_are_those_of_the_largest_array(student):
    """A loop over few rows is no loop over entries; arguments in lists count, too."""
    text = """
import numpy as np

def by_rows(pair, factor):
    return np.stack([factor * (x + y) for x, y in zip(*pair)])
"""
    functions = student(text)

    def rows(entries):
        shape = 1 + entries // 1000, 1000
        return [[Draw(1).normal(*shape), Draw(2).normal(*shape)], 2]

    def columns(entries):
        shape = entries // 2, 2
        return [[Draw(1).normal(*shape), Draw(2).normal(*shape)], np.ones(2)]

    assert_vectorised(functions, "by_rows", rows)
    with pytest.raises(Mismatch):
        assert_vectorised(functions, "by_rows", columns)
