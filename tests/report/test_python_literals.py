from __future__ import annotations

import base64
import math
import zlib

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.report.python_literals import MOST_ENTRIES, literal
from grader.worker.values import DTYPES, Held, Parameter

NAMES = {"np": np, "zlib": zlib, "base64": base64}

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(codec=None), max_size=8),
)
ARRAYS = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, min_side=0, max_side=5))
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)


def evaluated(text, **more):
    """Return what an expression gives where only the modules that it may use are known."""
    return eval(text, {**NAMES, **more})


def identical(one, other):
    """Whether two neutral values are the same in type, shape, dtype and every bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(identical, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(identical(one[key], other[key]) for key in one)
    if isinstance(one, float):
        same_sign = math.copysign(1, one) == math.copysign(1, other)
        return (math.isnan(one) and math.isnan(other)) or (one == other and same_sign)
    return one == other


@settings(max_examples=300)
@given(VALUES, st.sampled_from([0, 8]))
def test_a_literal_gives_the_same_value(value, indent):
    """Type, dtype, shape and every bit survive, whatever the value holds."""
    assert identical(value, evaluated(literal(value, "numpy", indent=indent)))


@settings(max_examples=100)
@given(
    arrays.arrays("float32", arrays.array_shapes(max_side=6)),
    st.sampled_from(["float32", "float16", "int64", "bool", "uint32"]),
)
def test_a_literal_gives_the_same_tensor(array, dtype):
    """PyTorch's tensors hold the same bits in the same dtype."""
    torch = pytest.importorskip("torch")
    with np.errstate(all="ignore"):
        array = array.astype(dtype)
    tensor = evaluated(literal(array, "torch"), torch=torch)

    assert isinstance(tensor, torch.Tensor)
    assert identical(array, tensor.numpy())


def test_a_literal_is_short():
    """Of float32 no more digits are written than tell the number."""
    array = np.array([0.1, -2.5], dtype=np.float32)

    assert "np.array([0.1, -2.5], dtype=np.float32)" == literal(array, "numpy")
    assert "torch.tensor([0.1, -2.5], dtype=torch.float32)" == literal(array, "torch")
    assert "jnp.array([0.1, -2.5], dtype=jnp.float32)" == literal(array, "jax")
    assert "np.array([True], dtype=np.bool_)" == literal(np.array([True]), "numpy")


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_a_large_array_takes_one_line(framework):
    """It is written as compressed bytes, and can be changed in place like any other."""
    array = np.random.RandomState(0).standard_normal((MOST_ENTRIES, 2))
    text = literal(array, framework)
    more = {"torch": pytest.importorskip("torch")} if framework == "torch" else {}
    found = evaluated(text, **more)
    found += 0

    assert "\n" not in text
    assert identical(array, np.asarray(found))


def test_wide_arrays_are_broken_into_lines():
    """No line of numbers is much wider than a screen."""
    array = np.random.RandomState(0).standard_normal((3, 40))
    text = literal(array, "numpy")

    assert max(map(len, text.splitlines())) <= 100
    assert identical(array, evaluated(text))


def test_parameters_are_trainable_where_there_is_such_a_thing():
    """For NumPy they are arrays like any other."""
    parameter = Parameter(np.ones(2, np.float32))

    assert "np.array([1.0, 1.0], dtype=np.float32)" == literal(parameter, "numpy")
    assert literal(parameter, "torch").endswith("dtype=torch.float32).requires_grad_()")


def test_what_has_no_literal_has_a_name():
    """Objects and functions stand by the names that they are given."""
    value = [Held(3, "Net", False), len, 1]

    assert "[net, net, 1]" == literal(value, "numpy", lambda what: "net")
