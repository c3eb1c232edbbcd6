"""Submissions in frameworks that start threads of their own, within little memory."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import numpy as np
import pytest

from grader.errors import TimedOut
from grader.exercise import Limits
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote

Enrol = Callable[..., ModuleProxy]

SOURCES = {
    "jax": """
import jax.numpy as jnp

def f(X):
    return jnp.exp(X - X.max(axis=1, keepdims=True))

def pair(X, W, n):
    return X @ W, (X.sum() * n).astype(X.dtype)

def batches(X, n):
    for i in range(0, len(X), n):
        yield X[i:i + n]

def half(X):
    return X.astype(jnp.bfloat16)

def cut(X):
    import jax
    return jax.lax.stop_gradient(X) * 2

everything = (f, pair, batches, half, cut)
""",
    "mxnet": """
from mxnet import np, npx
npx.set_np()

def f(X):
    return np.exp(X - X.max(axis=1, keepdims=True))

def pair(X, W, n):
    return np.dot(X, W), (X.sum() * n).astype(X.dtype)

def batches(X, n):
    for i in range(0, len(X), n):
        yield X[i:i + n]

def half(X):
    return X.astype('float32')

def cut(X):
    return X.detach() * 2 + X * 0

everything = (f, pair, batches, half, cut)
""",
    "tensorflow": """
import tensorflow as tf

def f(X):
    return tf.exp(X - tf.reduce_max(X, axis=1, keepdims=True))

def pair(X, W, n):
    return X @ W, tf.reduce_sum(X) * n

def batches(X, n):
    for i in range(0, len(X), n):
        yield X[i:i + n]

def half(X):
    return tf.cast(X, tf.bfloat16)

def cut(X):
    return tf.stop_gradient(X) * 2

everything = (f, pair, batches, half, cut)
""",
}


@pytest.fixture(params=sorted(SOURCES))
def framework(request: pytest.FixtureRequest) -> str:
    """Return the name of a framework."""
    return str(request.param)


@pytest.fixture
def module(framework: str, enrol: Enrol, zygote_of: Callable[[str], Zygote]) -> ModuleProxy:
    """Return the functions above, in a worker of a zygote that has imported their framework."""
    limits = Limits(seconds=60, memory_mb=512)
    return enrol(SOURCES[framework], zygote_of(framework), framework, "everything", limits)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_arrays_of_the_framework_go_in_and_come_back(module: ModuleProxy, dtype: str) -> None:
    """Values and dtype are those of NumPy's formula."""
    x = np.array([[1.0, -2.0, 3.0], [0.5, 0.25, 0.0]], dtype)

    got = module.f(x)

    assert got.dtype == dtype
    np.testing.assert_allclose(got, np.exp(x - x.max(1, keepdims=True)), rtol=1e-6)


def test_tuples_generators_and_odd_dtypes_come_back(module: ModuleProxy) -> None:
    """Results are neutral whatever their form."""
    x, w = np.arange(6.0).reshape(3, 2), np.ones((2, 4))

    product, total = module.pair(x, w, 2)

    np.testing.assert_allclose(product, x @ w)
    assert float(total) == 30.0
    assert [len(batch) for batch in module.batches(x, 2)] == [2, 1]
    assert module.half(x).dtype == np.float32


def test_the_frameworks_own_gradient_is_asked(module: ModuleProxy, framework: str) -> None:
    """Gradients for floating arguments, None for others; none flows through a cut."""
    x, w, upstream = np.arange(6.0).reshape(3, 2), np.ones((2, 4)), np.arange(12.0).reshape(3, 4)

    to_x, to_w, to_n = module.vjp("pair", [x, w, 2], (upstream, np.float64(0.0)))
    cut = module.vjp("cut", [x], np.ones_like(x))[0]

    np.testing.assert_allclose(to_x, upstream @ w.T)
    np.testing.assert_allclose(to_w, x.T @ upstream)
    assert to_n is None
    if framework == "tensorflow":  # where its tape has none, the slope of the values counts
        np.testing.assert_allclose(cut, np.full_like(x, 2.0), rtol=1e-6)
    else:
        assert cut is None or not cut.any()


def test_a_framework_that_was_not_imported_beforehand_works_as_well(
    framework: str, enrol: Enrol, zygote: Zygote
) -> None:
    """The worker imports it before the learner's clock starts."""
    need(framework)
    limits = Limits(seconds=60, memory_mb=8192)
    module = enrol(SOURCES[framework], zygote, framework, "everything", limits)

    assert module.f(np.ones((2, 2))).shape == (2, 2)


def need(framework: str) -> None:
    """Skip where a framework is not installed, without importing it: only workers do."""
    if importlib.util.find_spec(framework) is None:
        pytest.skip(f"{framework} is not installed")


@pytest.mark.slow
@pytest.mark.rare
@pytest.mark.parametrize("level", ["landlock", "user", "process"])
def test_it_works_at_every_level(framework: str, enrol: Enrol, level: str) -> None:
    """Also where a worker sees a /proc of which it may read almost nothing."""
    need(framework)
    with Zygote(["numpy", framework], level=level) as zygote:
        if zygote.isolation.level != level:
            pytest.skip(f"the level {level} does not work here")
        limits = Limits(seconds=60, memory_mb=512)
        module = enrol(SOURCES[framework], zygote, framework, "everything", limits)

        assert module.f(np.ones((2, 2))).shape == (2, 2)


def test_jax_has_computed_before_the_learners_code_is_loaded(
    enrol: Enrol, zygote_of: Callable[[str], Zygote]
) -> None:
    """So starting its threads is not on the learner's time."""
    source = (
        "from jax._src import xla_bridge\n"
        "there = xla_bridge.backends_are_initialized()\n"
        "def f():\n    return there\n"
    )

    assert enrol(source, zygote_of("jax"), "jax").f() is True


SUM = """
import jax.numpy as jnp

def f(n):
    return jnp.ones(n).mean()
"""


def test_jax_sums_many_numbers(enrol: Enrol, zygote_of: Callable[[str], Zygote]) -> None:
    """A sum of thousands of numbers works in a worker, as it does outside of one."""
    assert enrol(SUM, zygote_of("jax"), "jax").f(20_000) == 1.0


SHAPES = """
import jax.numpy as jnp

def f(counts):
    return [jnp.exp(jnp.ones((n, n + 1)) - n).sum(1, keepdims=True) for n in counts]
"""


@pytest.mark.slow
def test_jax_may_compile_for_many_shapes(enrol: Enrol, zygote_of: Callable[[str], Zygote]) -> None:
    """It does so in a quick way, and has more time than other frameworks."""
    limits = Limits(seconds=1.25, memory_mb=4096)
    module = enrol(SHAPES, zygote_of("jax"), "jax", "f", limits)

    with pytest.raises(TimedOut, match="within 5 s"):
        module.f(list(range(1, 2000)))

    flags = "import os\ndef f():\n    return os.environ['XLA_FLAGS']\n"
    assert "optimization_level=0" in enrol(flags, zygote_of("jax"), "jax").f()
