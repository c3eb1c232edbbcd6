"""Public suites, written anew from what they test: their inputs and tolerances, none of their code.

The functions of those projects differ from ours in small things, and the suites were fitted: a
vector is a row here, a missing bias is zero. What tests a framework's autograd or a class is left
out, and so are limits on time. Where a project prints a number for the learner to judge, the
number must be as good as the text beside it says. A suite that is stricter than its model would
make ours look worse, one that is laxer, better: in doubt they are stricter.
"""

# X, W and E as in the book
# ruff: noqa: N803, N806

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np

from grader.checks import Draw

from .common import numerical
from .modules import Array, Module, seeded

Suite = Callable[[Module, Module], None]

#: by exercise, then by project
PUBLIC: dict[str, dict[str, Suite]] = {}


def of(project: str, exercise: str) -> Callable[[Suite], Suite]:
    """Enter a suite as *project*'s for *exercise*."""

    def enter(suite: Suite) -> Suite:
        PUBLIC.setdefault(exercise, {})[project] = suite
        return suite

    return enter


# -- TorchCode -------------------------------------------------------------------------------------


def _close(found: Any, wanted: Any, atol: float = 1e-5) -> None:
    """Assert what ``torch.allclose`` does: broadcastable shapes, one dtype, values."""
    assert found.dtype == wanted.dtype
    assert np.allclose(found, wanted, atol=atol)


@of("TorchCode", "softmax")
def torchcode_softmax(student: Module, reference: Module) -> None:
    """A vector, a random matrix with the sums of its rows, and a vector of large logits."""
    X = np.array([[1, 2, 3]], dtype=np.float32)
    _close(student.softmax(X), _softmax(X))
    X = seeded("float32").normal(4, 8)
    out = student.softmax(X)
    assert out.shape == X.shape
    _close(out, _softmax(X))
    _close(out.sum(axis=1), np.ones(4, dtype=np.float32))
    X = np.array([[1000, 1001, 1002]], dtype=np.float32)
    out = student.softmax(X)
    assert np.isfinite(out).all()
    _close(out, _softmax(X))


def _softmax(X: Array) -> Array:
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return np.asarray(E / E.sum(axis=1, keepdims=True))


@of("TorchCode", "relu")
def torchcode_relu(student: Module, reference: Module) -> None:
    """Five numbers, and a random matrix."""
    out = student.relu(np.array([-2, -1, 0, 1, 2], dtype=np.float32))
    assert out.shape == (5,)
    _close(out, np.array([0, 0, 0, 1, 2], dtype=np.float32))
    x = seeded("float32").normal(4, 8)
    out = student.relu(x)
    assert out.shape == x.shape
    assert (out >= 0).all()
    _close(out, x.clip(min=0))


@of("TorchCode", "dropout")
def torchcode_dropout(student: Module, reference: Module) -> None:
    """Identity when not training; zeros and doubled ones; a share near 0.3."""
    X = seeded("float32").normal(4, 8)
    assert np.array_equal(student.dropout(X, 0.5, False), X)
    out = student.dropout(np.ones(1000, dtype=np.float32), 0.5)
    assert (out == 0).any()
    _close(out[out != 0], np.full_like(out[out != 0], 2))
    share = (student.dropout(np.ones(10000, dtype=np.float32), 0.3) == 0).mean()
    assert 0.25 < share < 0.35


@of("TorchCode", "conv2d")
def torchcode_conv2d(student: Module, reference: Module) -> None:
    """A shape; several channels with bias; padding 1 and stride 2 of one channel; all square."""
    draw = seeded("float32")
    X, W = draw.normal(1, 3, 8, 8), draw.normal(16, 3, 3, 3)
    assert student.conv2d(X, W, np.zeros(16, dtype=np.float32)).shape == (1, 16, 6, 6)
    X, W, b = draw.normal(2, 3, 8, 8), draw.normal(4, 3, 3, 3), draw.normal(4)
    _close(student.conv2d(X, W, b), reference.conv2d(X, W, b), 1e-4)
    for size, options in ((5, {"padding": 1}), (8, {"stride": 2})):
        X, W, b = (
            draw.normal(1, 1, size, size),
            draw.normal(1, 1, 3, 3),
            np.zeros(1, dtype=np.float32),
        )
        out, wanted = student.conv2d(X, W, b, **options), reference.conv2d(X, W, b, **options)
        assert out.shape == wanted.shape
        _close(out, wanted, 1e-4)


def _plane(draw: Draw) -> tuple[Array, Array, Array]:
    """Return features, labels without noise, and the weights with the intercept last."""
    w = np.array([[2.0], [-1.0], [0.5], [3.0]], dtype=draw.dtype)
    X = draw.normal(100, 3)
    return X, np.asarray(X @ w[:3] + w[3]), w


@of("TorchCode", "normal_equation")
def torchcode_normal_equation(student: Module, reference: Module) -> None:
    """The shape, and the weights of labels without noise."""
    X, y, w = _plane(seeded("float32"))
    out = student.normal_equation(X, y)
    assert out.shape == w.shape
    _close(out, w, 1e-4)


@of("TorchCode", "train_linreg")
def torchcode_train_linreg(student: Module, reference: Module) -> None:
    """Descent on all data at once, 2000 steps, to within 0.1 of the weights."""
    X, y, w = _plane(seeded("float32"))
    found, b = student.train_linreg(X, y, 0.05, 2000, len(X))
    _close(found, w[:3], 0.1)
    assert abs(b.item() - w[3].item()) < 0.1


# -- minitorch -------------------------------------------------------------------------------------


def _hundred(*shape: int) -> list[Array]:
    """Return as many examples as hypothesis tries, of numbers up to 100 in size.

    They are spread evenly: hypothesis would choose more zeros and ties.
    """
    rng = np.random.default_rng(0)
    return [rng.uniform(-100, 100, size=shape) for _ in range(100)]


@of("minitorch", "softmax")
def minitorch_softmax(student: Module, reference: Module) -> None:
    """One row of many a matrix sums to 1, within 0.01."""
    for X in _hundred(4, 4):
        assert abs(student.softmax(X).sum(axis=1)[0] - 1) < 1e-2


@of("minitorch", "log_softmax")
def minitorch_log_softmax(student: Module, reference: Module) -> None:
    """Its exponential is the learner's own softmax, within 0.01."""
    for X in _hundred(4, 4):
        found, wanted = np.exp(student.log_softmax(X)), student.softmax(X)
        for index in np.ndindex(X.shape):
            assert abs(found[index] - wanted[index]) < 1e-2


@of("minitorch", "dropout")
def minitorch_dropout(student: Module, reference: Module) -> None:
    """Any one entry, for the probabilities 0 and 1 and when not training."""
    rng = np.random.default_rng(0)
    for X in _hundred(2, 3):
        at = tuple(rng.integers(X.shape))
        assert student.dropout(X, 0.0)[at] == X[at]
        assert student.dropout(X, 1.0)[at] == 0
        assert student.dropout(X, 1.0, False)[at] == X[at]


# -- deep-ml ---------------------------------------------------------------------------------------


@of("deep-ml", "softmax")
def deep_ml_softmax(student: Module, reference: Module) -> None:
    """Three vectors, four decimals."""
    for row in ([1, 2, 3], [1, 1, 1], [-1, 0, 5]):
        X = np.array([row], dtype=float)
        assert np.round(student.softmax(X), 4).tolist() == np.round(_softmax(X), 4).tolist()


@of("deep-ml", "log_softmax")
def deep_ml_log_softmax(student: Module, reference: Module) -> None:
    """Three vectors, four decimals."""
    for row in ([1, 2, 3], [1, 1, 1], [1, 1, 1e-7]):
        X = np.array([row], dtype=float)
        wanted = np.log(_softmax(X))
        assert np.round(student.log_softmax(X), 4).tolist() == np.round(wanted, 4).tolist()


# -- CS231n ----------------------------------------------------------------------------------------


def _near(found: Any, wanted: Any) -> None:
    """Assert that the largest relative error is as small as the notebooks say it should be."""
    size = np.maximum(1e-8, np.abs(found) + np.abs(wanted))
    assert np.max(np.abs(found - wanted) / size) < 1e-7


def _steps(low: float, high: float, *shape: int) -> Array:
    return np.linspace(low, high, num=int(np.prod(shape))).reshape(shape)


@of("CS231n", "linear_forward")
def cs231n_linear_forward(student: Module, reference: Module) -> None:
    """Two rows of 120 evenly spaced numbers."""
    x, W, b = _steps(-0.1, 0.5, 2, 120), _steps(-0.2, 0.3, 120, 3), _steps(-0.3, 0.1, 3)
    _near(student.linear_forward(x, W, b), x @ W + b)


@cache
def _linear(reference: Module) -> tuple[list[Array], list[Array]]:
    draw = seeded()
    x, W, b, dout = draw.normal(10, 6), draw.normal(6, 5), draw.normal(5), draw.normal(10, 5)
    return [dout, x, W], numerical(reference.linear_forward, [x, W, b], dout, 1e-5)


@of("CS231n", "linear_backward")
def cs231n_linear_backward(student: Module, reference: Module) -> None:
    """Finite differences with a random cotangent, of each of the three."""
    arguments, wanted = _linear(reference)
    for found, by in zip(student.linear_backward(*deepcopy(arguments)), wanted, strict=True):
        _near(found, by)


@of("CS231n", "relu")
def cs231n_relu(student: Module, reference: Module) -> None:
    """Twelve evenly spaced numbers."""
    x = _steps(-0.5, 0.5, 3, 4)
    _near(student.relu(x), np.maximum(x, 0))


@of("CS231n", "relu_backward")
def cs231n_relu_backward(student: Module, reference: Module) -> None:
    """Finite differences with a random cotangent."""
    draw = seeded()
    x, dout = draw.normal(10, 10), draw.normal(10, 10)
    _near(student.relu_backward(dout, x), numerical(reference.relu, [x], dout, 1e-5)[0])


@cache
def _softmax_loss(reference: Module) -> tuple[list[Array], Array]:
    draw = seeded()
    X, y = 0.001 * draw.normal(50, 10), draw.labels(50, 10)

    def loss(X: Array) -> Any:
        return reference.cross_entropy(reference.softmax(X), y).mean()

    return [X, y], numerical(loss, [X], 1.0, 1e-5)[0]


@of("CS231n", "softmax_cross_entropy_gradient")
def cs231n_softmax_loss(student: Module, reference: Module) -> None:
    """Finite differences of the mean loss, at small logits."""
    arguments, wanted = _softmax_loss(reference)
    _near(student.softmax_cross_entropy_gradient(*deepcopy(arguments)), wanted)


@of("CS231n", "dropout")
def cs231n_dropout(student: Module, reference: Module) -> None:
    """Means and shares of zeros at three probabilities, as a reader would judge them: within 3%.

    There p is the probability to keep; here the same three are probabilities to drop.
    """
    X = seeded().normal(500, 500) + 10
    for p in (0.25, 0.4, 0.7):
        trained, tested = student.dropout(X, p), student.dropout(X, p, False)
        assert abs(trained.mean() / X.mean() - 1) < 0.03
        assert abs(tested.mean() / X.mean() - 1) < 0.03
        assert abs((trained == 0).mean() - p) < 0.03
        assert (tested == 0).mean() < 0.03


@of("CS231n", "conv2d")
def cs231n_conv2d(student: Module, reference: Module) -> None:
    """Evenly spaced numbers, three channels, stride 2 and padding 1, all square."""
    X, W = _steps(-0.1, 0.5, 2, 3, 4, 4), _steps(-0.2, 0.3, 3, 3, 4, 4)
    b = _steps(-0.1, 0.2, 3)
    _near(student.conv2d(X, W, b, 2, 1), reference.conv2d(X, W, b, 2, 1))


@cache
def _conv2d(reference: Module) -> tuple[list[Any], list[Array]]:
    draw = seeded()
    X, W, b = draw.normal(4, 3, 5, 5), draw.normal(2, 3, 3, 3), draw.normal(2)
    dout = draw.normal(4, 2, 5, 5)
    wanted = numerical(lambda *inputs: reference.conv2d(*inputs, 1, 1), [X, W, b], dout, 1e-5)
    return [dout, X, W, 1, 1], wanted


@of("CS231n", "conv2d_backward")
def cs231n_conv2d_backward(student: Module, reference: Module) -> None:
    """Finite differences with a random cotangent; stride 1, padding 1, all square."""
    arguments, wanted = _conv2d(reference)
    for found, by in zip(student.conv2d_backward(*deepcopy(arguments)), wanted, strict=True):
        _near(found, by)


@of("CS231n", "lstm_cell")
def cs231n_lstm_cell(student: Module, reference: Module) -> None:
    """Evenly spaced numbers; the gates in our order."""
    n, d, h = 3, 4, 5
    arguments = [
        _steps(-0.4, 1.2, n, d),
        _steps(-0.3, 0.7, n, h),
        _steps(-0.4, 0.9, n, h),
        _steps(-2.1, 1.3, d, 4 * h),
        _steps(-0.7, 2.2, h, 4 * h),
        _steps(0.3, 0.7, 4 * h),
    ]
    wanted = reference.lstm_cell(*arguments)
    for found, by in zip(student.lstm_cell(*arguments), wanted, strict=True):
        _near(found, by)
