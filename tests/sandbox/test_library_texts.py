"""Errors that libraries really raise are told without their values."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys

import numpy as np
import pytest

from grader.sandbox.library_texts import known_text

torch = pytest.importorskip("torch")

N = np.arange(12.0).reshape(4, 3)
X = torch.arange(12.0).reshape(4, 3)
W = torch.ones(3, requires_grad=True)

#: what raises, and a part of what is told
NUMPY_AND_TORCH = {
    "torch.ones(3, requires_grad=True).numpy()": "detach()",
    "(W * 2).backward()": "take the sum or the mean first",
    "X.sum().backward()": "nothing here requires grad",
    "X.max(1).shape": "returns values and indices",
    "X - X.max(1)": "returns values and indices",
    "X.T.view(-1)": "use reshape",
    "1 - (X > 0)": "masks of booleans",
    "-(X > 0)": "masks of booleans",
    "torch.where(X, 1, 2)": "a tensor of booleans",
    "torch.tensor([1, 2]).softmax(0)": "floating-point",
    "torch.tensor([1, 2]).mean()": "floating-point",
    "torch.cat([X, N])": "a tensor of PyTorch is needed",
    "torch.matmul(X, N.T)": "a tensor of PyTorch is needed",
    "torch.stack([X, X.T])": "equal sizes",
    "torch.stack([])": "nothing was given",
    "np.concatenate([])": "nothing was given",
    "X.gather(1, torch.tensor([0, 1]))": "as many axes",
    "X[torch.ones(4)]": "an index must be an integer",
    "N[np.ones(3)]": "an index must be an integer",
    "N[1.0]": "an index must be an integer",
    "N[np.ones(3, bool)]": "the shape of the array",
    "X[torch.ones(3, dtype=bool)]": "the shape of the array",
    "range(2.0)": "// divides integers",
    "np.zeros((2.0, 3))": "// divides integers",
    "np.add(np.zeros(3, int), 0.5, out=np.zeros(3, int))": "make a new one",
    "np.linalg.inv(np.zeros((2, 2)))": "singular",
    "torch.linalg.inv(torch.zeros(2, 2))": "singular",
    "np.linalg.inv(N)": "square",
    "np.broadcast_to(N, (2, 4, 3)).fill(1)": "copy it first",
    "np.softmax(N)": "no function of this name",
    "torch.softmx(X)": "no function of this name",
    "N.unsqueeze(0)": "no attribute of this name",
    "len(3)": "no length",
    "X @ X": "cannot be multiplied",
    "N @ N": "mismatch",
    "N + np.ones((3, 4))": "broadcast",
}
TENSORFLOW = {
    "T[range(4), [0, 1, 2, 0]]": "tf.gather",
    "tf.constant(3) * 0.5": "tf.cast",
    "tf.log(T)": "tf.math.log",
    "tf.sum(T)": "tf.reduce_sum",
    "T.sum(axis=1)": "it is a function",
    "T.reshape(-1)": "it is a function",
    "T @ T": "sizes of the matrices",
    "T.T": "tf.transpose(X)",
    "tf.matmul(T, tf.ones(3))": "tf.linalg.matvec",
    "tf.function(lambda x: x.numpy())(T)": "has no values while tf.function traces",
    "tf.function(lambda x: np.sum(x))(T)": "has no values while tf.function traces",
    "tf.function(lambda x: [y for y in x])(T)": "has no values while tf.function traces",
    "tf.function(lambda x: tf.Variable(x))(T)": "make variables outside of it",
    "[tf.function(lambda x: kept.append(x))(T), kept[0] + 1]": "kept outside of it",
    "[tape.gradient(Y, V), tape.gradient(Y, V)]": "gives gradients once",
    "type('M', (tf.keras.Model,), {})()(T)": "computes in call",
    "type('M', (tf.keras.Model,), {'__init__': set_layer})()(T)": "super().__init__() first",
    "tf.reduce_mean(T, dim=1)": "unexpected keyword argument",
}
JAX = {
    "put(J)": "x = x.at[i].set(y)",
    "put(J.at)": "x = x.at[i].set(y)",
    "J.at[0] + 1": "x = x.at[i].set(y)",
    "jax.grad(lambda x: x * 2)(J)": "the sum or the mean first",
    "jax.grad(lambda x: x.sum())(J.astype(int))": "convert the integers first",
    "jnp.sum([1.0, 2.0])": "jnp.array",
    "jax.lax.scan(lambda h, x: (h[0], x), J, J)": "the shapes and dtypes of what it got",
    "jax.vmap(lambda x, y: x)(J, J[1:])": "in_axes",
    "jax.jit(lambda n: list(range(n)))(3)": "static_argnums",
    "jax.jit(lambda n: jnp.zeros((n, 2)))(3)": "static_argnums",
    "jax.random.normal(0, (3,))": "a key is needed here",
    "jax.jit(lambda x: x if x.sum() > 0 else -x)(J)": "jnp.where",
    "jax.jit(lambda x: x[x > 0])(J)": "jnp.where",
    "jax.jit(lambda x: np.sum(np.asarray(x)))(J)": "use jax.numpy",
    "J @ J": "sizes of the matrices",
    "J + jnp.ones((3, 4))": "broadcast",
    "J.sum(dim=1)": "unexpected keyword argument",
}
MXNET = {
    "M.T @ M.T": "do not fit",
    "put(M, record=True)": "make a new one",
    "(M * 2).sum().backward()": "autograd.record()",
    "mx.np.nothing(M)": "NumPy has more than it",
    "mx.gluon.nn.Dense(2)(M)": "call initialize()",
    "M + mx.np.ones((3, 4))": "broadcast",
    "M.sum(dim=1)": "unexpected keyword argument",
}


def told(expression: str, **names: object) -> str:
    """Return what is told of the exception that *expression* raises."""
    try:
        eval(expression, {"np": np, "torch": torch, "N": N, "X": X, "W": W, **names})
    except Exception as error:
        return known_text(str(error))
    raise AssertionError(f"{expression} raises nothing")


@pytest.mark.parametrize(("expression", "part"), NUMPY_AND_TORCH.items())
def test_what_numpy_and_pytorch_say_is_known(expression: str, part: str) -> None:
    """A learner whose hidden check raises it reads what to do."""
    assert part in told(expression)


@pytest.mark.parametrize(("expression", "part"), TENSORFLOW.items())
def test_what_tensorflow_says_is_known(expression: str, part: str) -> None:
    """In TensorFlow's own words for what to do."""
    tf = pytest.importorskip("tensorflow")
    ones, variable = tf.ones((4, 3)), tf.Variable(1.0)
    with tf.GradientTape() as tape:
        product = variable * variable

    def set_layer(model: object) -> None:
        setattr(model, "layer", tf.keras.layers.Dense(1))  # noqa: B010 — Keras looks at it

    names = {"tape": tape, "V": variable, "Y": product, "kept": [], "set_layer": set_layer}
    assert part in told(expression, tf=tf, T=ones, **names)


#: what the expressions of JAX and MXNet are evaluated in, in a process of their own: both start
#: threads, and tests fork
PROCESS = """
import contextlib, json, sys
import numpy as np
from grader.worker import mxnet_import

def put(array, record=False):
    with mx.autograd.record() if record else contextlib.nullcontext():
        array[0] = 1

library, expressions = sys.argv[1], json.load(sys.stdin)
if library == "jax":
    import jax
    from jax import numpy as jnp
    J = jnp.ones((4, 3))
else:
    mxnet_import.allow()
    import mxnet as mx
    mx.npx.set_np()
    M = mx.np.ones((4, 3))
    M.attach_grad()
said = {}
for expression in expressions:
    try:
        said[expression] = repr(eval(expression))
    except Exception as error:
        said[expression] = str(error)
print(json.dumps(said))
"""


@pytest.mark.parametrize(("library", "known"), [("jax", JAX), ("mxnet", MXNET)])
def test_what_jax_and_mxnet_say_is_known(library: str, known: dict[str, str]) -> None:
    """In their own words for what to do."""
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    command = [sys.executable, "-W", "ignore", "-c", PROCESS, library]
    environment = os.environ | {"MXNET_ENGINE_TYPE": "NaiveEngine", "JAX_PLATFORMS": "cpu"}
    done = subprocess.run(
        command,
        input=json.dumps([*known]),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout.splitlines()[-1])

    assert [] == [
        (one, said[one]) for one, part in known.items() if part not in known_text(said[one])
    ]


def test_no_value_is_told() -> None:
    """What is told is ours, whatever the message holds."""
    assert known_text("name 'x' is 3.14159") == ""
    assert "3.14159" not in known_text("index 3.14159 is out of bounds, has no attribute 3.14159")
