"""Forbidden functions of TensorFlow, JAX and MXNet are seen when they run, by whatever way."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from grader.errors import Forbidden
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.families import FAMILIES
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote

#: framework, family, code, and the name that is told; names are put together, so that reading the
#: code finds none
WAYS = [
    (
        "jax",
        "softmax",
        "import jax\ndef f(X): return getattr(jax.nn, 'soft' + 'max')(X)",
        "jax.nn.softmax",
    ),
    (
        "jax",
        "softmax",
        "import jax\n@jax.jit\ndef f(X): return getattr(jax.nn, 'soft' + 'max')(X)",
        "jax.nn.softmax",
    ),
    (
        "jax",
        "convolution",
        "import jax._src.lax.convolution as c\n"
        "def f(X):\n    Z = X[None, None]\n"
        "    return getattr(c, 'conv_general_' + 'dilated')(Z, Z, (1, 1), 'VALID')",
        "jax.lax.conv_general_dilated_p",
    ),
    (
        "tensorflow",
        "softmax",
        "import tensorflow as tf\ndef f(X): return getattr(tf.nn, 'soft' + 'max')(X)",
        "tensorflow.nn.softmax",
    ),
    (
        "tensorflow",
        "softmax",
        "import tensorflow as tf\n@tf.function(autograph=False)\n"
        "def f(X): return getattr(tf.raw_ops, 'Soft' + 'max')(logits=X)",
        "tensorflow.raw_ops.Softmax",
    ),
    (
        "tensorflow",
        "relu",
        "import keras\ndef f(X): return keras.layers.Dense(3, activation='re' + 'lu')(X)",
        "tensorflow.raw_ops.Relu",
    ),
    (
        "mxnet",
        "softmax",
        "from mxnet import npx\ndef f(X): return getattr(npx, 'soft' + 'max')(X)",
        "mxnet.npx.softmax",
    ),
]


@contextmanager
def function(
    zygote: Zygote, framework: str, code: str, family: str
) -> Iterator[Callable[..., object]]:
    """Give the function ``f`` of a submission that is to do without a *family*."""
    submission = Submission("a.py", (Chunk("a.py", code + "\n"),), framework, "00")
    forbidden = {"f": FAMILIES[family]}
    channel = WorkerChannel(submission, zygote.worker, forbidden=forbidden)

    def called(*args: object) -> object:
        channel.begin("f", 1, Limits(seconds=60, memory_mb=2048))
        return ModuleProxy(channel).f(*args)

    yield called
    channel.close()


@pytest.mark.parametrize(("framework", "family", "code", "told"), WAYS)
def test_it_is_told_in_every_check(
    zygote_of: Callable[[str], Zygote], framework: str, family: str, code: str, told: str
) -> None:
    """Also in a second one, where what was compiled in the first runs again."""
    with function(zygote_of(framework), framework, code, family) as f:
        for _check in range(2):
            with pytest.raises(Forbidden, match=told.replace(".", r"\.")):
                f(np.ones((2, 3), "float32"))


ALLOWED = {
    "jax": "import jax.numpy as jnp\n"
    "def f(X): return jnp.exp(X) / jnp.exp(X).sum(1, keepdims=True)",
    "tensorflow": "import tensorflow as tf\n"
    "def f(X): return tf.exp(X) / tf.reduce_sum(tf.exp(X), 1, keepdims=True)",
    "mxnet": "from mxnet import np\ndef f(X): return np.exp(X) / np.exp(X).sum(1, keepdims=True)",
}


@pytest.mark.parametrize("framework", sorted(ALLOWED))
def test_what_is_written_from_scratch_is_told_of_by_nobody(
    zygote_of: Callable[[str], Zygote], framework: str
) -> None:
    """The watch lets it pass."""
    with function(zygote_of(framework), framework, ALLOWED[framework], "softmax") as f:
        np.testing.assert_allclose(f(np.ones((2, 4), "float32")), np.full((2, 4), 0.25), rtol=1e-6)


@pytest.mark.skipif(importlib.util.find_spec("keras") is None, reason="Keras is not installed")
def test_a_watched_class_of_keras_can_be_made(zygote_of: Callable[[str], Zygote]) -> None:
    """Keras reads the arguments of constructors without looking through wrappers."""
    code = (
        "import keras\n"
        "def f(X):\n"
        "    layer = keras.layers.Dense(3, use_bias=False)\n"
        "    return type(layer).from_config(layer.get_config())(X).shape[1] + 0.0 * X[0, 0]"
    )
    with (
        function(zygote_of("tensorflow"), "tensorflow", code, "linear") as f,
        pytest.raises(Forbidden, match="Dense"),
    ):
        f(np.ones((2, 3), "float32"))
