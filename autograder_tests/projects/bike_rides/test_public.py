import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, needs, points, says

from ..rides import rides, standardized
from .nets import alike, assert_steps, faulty_layer, predictions, tilted


@points(3)
def test_one_step(student, draw):
    """A step moves weights and biases of both layers against the gradient.

    zh: 更新一步，两层的权重和偏置都沿负梯度方向移动。
    """
    faults = []
    for n, d, lr in [(4, 3, 0.37), (1, 2, 0.5), (6, 5, 0.25)] * 5:
        X, y, label = alike(draw, n, d)
        net = student.bike_rides(X.copy(), y, 1, lr, 1, n)
        faults.append(faulty_layer(draw, net, X[0], lr, label))
    assert_steps(faults)


@points(3)
@needs("test_one_step")
def test_rides(student, draw):
    """On hours that it has not seen, the network is much better than the best plane.

    zh: 在没有见过的各小时上，网络的预测远好于最佳的线性预测。
    """
    rng = np.random.default_rng(int(draw.integers(0, 2**31)))
    X, y = (standardized(values) for values in rides(rng, 500))
    A = np.column_stack([X, np.ones(len(X))])
    plane = np.linalg.lstsq(A[:300], y[:300], rcond=None)[0]
    plane_error = np.mean((A[300:] @ plane - y[300:]) ** 2)
    # training is a matter of chance: the better of two counts
    for _ in range(2):
        net = student.bike_rides(draw.cast(X[:300]), draw.cast(y[:300]), 16, 0.1, 80, 8)
        error = np.mean((predictions(net, draw.cast(X[300:])) - y[300:]) ** 2)
        if error <= 0.4 * plane_error:
            break
    else:
        raise Mismatch(
            Text(
                "The error of the network is more than 0.4 times that of the best plane.",
                "网络的误差超过了最佳线性预测的0.4倍。",
            ),
            Text(
                f"Its mean square error is {error:.3g}, that of the plane {plane_error:.3g}.",
                f"网络的均方误差为{error:.3g}，线性预测的为{plane_error:.3g}。",
            ),
        )


@points(1)
@says("shape", "values")
def test_one_row_each(student, draw):
    """The network gives a column, one prediction for each row, which depends on that row alone.

    zh: 网络给出一列，每行一个预测，并且只取决于该行。
    """
    X, y = tilted(draw, 60)
    net = student.bike_rides(X, y, 5, 0.01, 3, 10)
    every = predictions(net, X)
    for rows in (X[:1], X[7:10], X[::-1]):
        alone = as_array(net(rows), "net(X)")
        place = [int(np.flatnonzero((row == X).all(axis=1))[0]) for row in rows]
        assert_close(alone, every[place], terms=5, condition=10, scale=5, what="net(X)")
    if not every.std() > 1e-6:
        raise Mismatch(Text("All predictions are equal.", "所有预测都相等。"))
