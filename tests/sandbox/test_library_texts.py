"""Errors that libraries really raise are told without their values."""

from __future__ import annotations

import importlib.util

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
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("tensorflow is not installed")
    import tensorflow as tf

    assert part in told(expression, tf=tf, T=tf.ones((4, 3)))


def test_no_value_is_told() -> None:
    """What is told is ours, whatever the message holds."""
    assert known_text("name 'x' is 3.14159") == ""
    assert "3.14159" not in known_text("index 3.14159 is out of bounds, has no attribute 3.14159")
