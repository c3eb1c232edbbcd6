import numpy as np

from grader.checks import Mismatch, Text, assert_close, assert_unchanged, points, says

from ..shared import built
from .layer import Layer


@points(1)
def test_random_start(student, draw):
    """Every entry of the weight begins at a random number of its own, in every block.

    zh: 权重的每个元素都初始化为各自的随机数，每个块都如此。
    """
    layers = [Layer(student, draw, d, k) for d, k in [(5, 3), (5, 3), (12, 8)]]
    if np.array_equal(layers[0].weight, layers[1].weight):
        raise Mismatch(Text("Two blocks begin with the same weight.", "两个块的初始权重相同。"))
    for layer in layers:
        if len(np.unique(layer.weight)) < layer.weight.size:
            raise Mismatch(
                Text("Two entries of the weight begin alike.", "权重有两个元素的初始值相同。")
            )


@points(1)
def test_gradients(student, draw):
    """Both parameters get their gradients.

    zh: 两个参数都能得到各自的梯度。
    """
    for d, k, n in [(5, 2, 6), (3, 4, 1)]:
        layer, X, upstream = Layer(student, draw, d, k), draw.normal(n, d), draw.normal(n, k)
        dW, db = layer.in_order(layer.block.gradients([X], upstream))
        scale = float((np.abs(X).T @ np.abs(upstream)).max() + np.abs(upstream).sum())
        assert_close(dW, X.T.astype(np.float64) @ upstream, terms=n, scale=scale, what="dW")
        assert_close(db, upstream.sum(axis=0), terms=n, scale=scale, what="db")


@points(1)
def test_trained(student, draw):
    """A few steps of gradient descent bring the loss down.

    zh: 经过几步梯度下降，损失会减小。
    """
    layer = Layer(student, draw, 4, 2)
    # Centred and uncorrelated, so that each step leaves 0.7 of the error, and a bias is no help.
    Q, _ = np.linalg.qr(np.hstack([np.ones((24, 1)), draw.normal(24, 4, dtype="float64")]))
    X = draw.cast(np.sqrt(24) * Q[:, 1:])
    y = X @ draw.normal(4, 2, scale=3)
    losses = []
    for _ in range(9):
        error = np.asarray(layer.block(X), np.float64) - y
        losses.append(float((error**2).mean()))
        found = layer.block.gradients([X], (error / len(X)).astype(X.dtype))
        known = layer.block.parameters()
        steps = [0 * p if g is None else 0.3 * g for g, p in zip(found, known, strict=True)]
        layer.block.set_parameters([p - step for p, step in zip(known, steps, strict=True)])
    if not losses[-1] < 0.1 * losses[0]:
        raise Mismatch(
            Text("Training does not bring the loss down.", "训练没有使损失减小。"),
            Text(
                f"The mean square went from {losses[0]:.3g} to {losses[-1]:.3g} in 8 steps.",
                f"8步之后，均方误差从{losses[0]:.3g}变为{losses[-1]:.3g}。",
            ),
        )


@points(1)
@says("unchanged", "state", "values")
def test_saved_and_loaded(student, draw):
    """What is saved of one block and loaded into another one makes it give the same results.

    zh: 把一个块保存的内容加载到另一个块，后者便给出相同的结果；两者互不影响，X保持不变。
    """
    one, other = Layer(student, draw, 5, 3), Layer(student, draw, 5, 3)
    X = draw.normal(6, 5, scale=300)
    before, W, b = X.copy(), draw.normal(5, 3), draw.normal(3)
    scale = float((np.abs(X) @ np.abs(W)).max() + np.abs(b).max())
    unlike = other.block(X)
    one.set(W, b)
    assert_close(other.block(X), unlike)
    for from_file in (True, False):
        one.set(W, b)
        other.block.restore(one.block.state() if from_file else one.block)
        one.set(0 * W, 0 * b)
        assert_close(other.block(X), X.astype(np.float64) @ W + b, terms=5, scale=scale)
        other.set(b[0] * W, W[0, 0] * b)
    assert_unchanged(X, before, "X")
    X = draw.normal(6, 4)
    one, other = (built(student.Linear(4, 4), X, "Linear(4, 4)") for _ in range(2))
    other.restore(one.state())
    assert_close(other(X), one(X), terms=4)
