"""What is read off a network that a submission trained.

Far from the data every sigmoid unit is 0 or 1, and with all features 0 it shows its bias. So the
few numbers in a small network follow from its predictions. Labels of a million with a tiny learning
rate take away chance: the first steps are then as long as the labels say, wherever weights began.
"""

import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close

#: a label beside which predictions do not count, and where units are 0 or 1
LARGE, FAR = 1e6, 1e6


def predictions(net, X):
    """Return the predictions ``(m, 1)`` for *X*; raises Mismatch for another shape, or NaN."""
    found = as_array(net(X), "net(X)")
    assert_close(0 * found, np.zeros((len(X), 1)), what="net(X)")
    return found.astype(np.float64)


def ends(draw, net, d):
    """Return the least and the largest prediction far away: ``b2`` and ``b2 + W2`` of one unit."""
    found = predictions(net, draw.normal(40, d, scale=FAR))
    return float(found.min()), float(found.max())


def jumps(draw, net, d):
    """Return the weights of the output, with any sign: by how much predictions jump far away.

    Along a half circle around 0, so far away that a unit is 0 or 1, each unit changes once.
    """
    angle = np.linspace(0, np.pi, 40_001)[:, None]
    way = np.hstack([np.cos(angle), np.sin(angle), np.zeros((len(angle), d - 2))])
    along = predictions(net, draw.cast(1e9 * way))[:, 0]
    change = np.diff(along, prepend=along[0])
    # a unit may be between 0 and 1 at one of the angles, and then jumps twice
    moving = np.abs(change) > 1e-5
    change[1:] += np.where(moving[1:] & moving[:-1], change[:-1], 0)
    moving[:-1] &= ~moving[1:]
    return change[moving]


def assert_bias(student, draw, n, lr, num_epochs, batch_size, steps, labels=None):
    """Assert that *steps*, a number of labels of a million, have moved ``b2`` of one unit."""
    X = draw.cast(np.zeros((n, 2)))
    y = draw.cast(LARGE * np.ones((n, 1)) if labels is None else LARGE * labels[:, None])
    expected = LARGE * lr * steps
    for _ in range(3):
        net = student.bike_rides(X.copy(), y.copy(), 1, lr, num_epochs, batch_size)
        moved = ends(draw, net, 2)
        if not min(abs(end - expected) for end in moved) <= 3e-3 * max(expected, 0.3):
            raise Mismatch(
                Text(
                    "The bias of the output has not moved as far as its steps lead.",
                    "输出的偏置移动的距离与更新的步数和步长不符。",
                ),
                Text(
                    f"After {num_epochs} epochs over {n} examples in minibatches of {batch_size}, "
                    f"with lr = {lr} and labels near a million, it should be near {expected:.4g}; "
                    f"far from the data one unit gives {moved[0]:.4g} or {moved[1]:.4g}.",
                    f"对{n}个样本训练{num_epochs}个迭代周期，小批量大小为{batch_size}，lr = {lr}，"
                    f"标签约为一百万，偏置应约为{expected:.4g}；只有一个单元时，在远离数据的地方，"
                    f"预测为{moved[0]:.4g}或{moved[1]:.4g}。",
                ),
            )


def faulty_layer(draw, net, x, lr, label):
    """Return which layer took a wrong step, ``"hidden"`` or ``"output"``, "" for neither.

    One unit has taken one step with examples that were all *x*, with the mean label *label*. From
    where the parameters are now follows where they began, since the biases began at 0. Returns
    None where the unit is too near 0, or to its ends, to tell.
    """
    low, high = ends(draw, net, len(x))
    at_zero, at_x = predictions(net, draw.cast([0 * x, x]))[:, 0]
    faults = []
    for b2, w2 in [(low, high - low), (high, low - high)]:  # either may be b2
        if not abs(w2) > 0.2:
            return None
        shares = np.array([at_zero - b2, at_x - b2]) / w2
        if not ((shares > 0.02) & (shares < 0.98)).all():
            return None
        b1, z = np.log(shares / (1 - shares))

        def output_moved(before, b2=b2, w2=w2):
            h = 1 / (1 + np.exp(-before))
            w2 = w2 - h * b2
            return abs(b2 + lr * (w2 * h - label)) < 5e-3, b2 * w2 * h * (1 - h)

        right, expected = output_moved(z - b1 - b1 * (x @ x))
        if right and abs(b1 - expected) < 1e-2:
            return ""
        stays, _ = output_moved(z - b1)  # if W1 was left as it was
        faults.append("hidden" if right or stays else "output")
    return min(faults)


def sigmoid(z):
    """Return the sigmoid of *z*, any shape."""
    return 1 / (1 + np.exp(-z))


def assert_mean_unit(student, draw, num_epochs, n, batch_size):
    """Assert that many units together have moved as one of mean weight would.

    All examples are the first unit vector, and one step adds the activation of a unit to its weight
    of the output. So beside thousands of units the weights they began with do not count: of many
    features each begins near 0.
    """
    hidden, d = 4000, 2500
    first = np.eye(d)[0]
    X, y = np.tile(first, (n, 1)), np.full((n, 1), LARGE**2)
    net = student.bike_rides(draw.cast(X), draw.cast(y), hidden, LARGE**-2, num_epochs, batch_size)
    steps = num_epochs * -(-n // batch_size)
    w = z = 0.0  # the weight of the output; what the bias and the first weight have both gained
    for _ in range(steps):
        h = sigmoid(2 * z)
        w, z = w + h, z + w * h * (1 - h)
    along = np.array([0.0, 1.0, -1.0, -2.0, 3.0])  # the negative ones tell weight and bias apart
    expected = w * sigmoid(z + along * z)
    found = (predictions(net, draw.cast(np.outer(along, first)))[:, 0] - steps) / hidden
    if not np.abs(found / expected - 1).max() <= 3e-3:
        raise Mismatch(
            Text(
                f"After {steps} steps the hidden units are not where their gradients lead.",
                f"更新{steps}步之后，隐藏单元没有到达各自的梯度所引向的位置。",
            )
        )


def assert_error_counts_bias(student, draw):
    """Assert that the second step of one unit is shorter by what the output's bias has gained.

    After one step with labels of a million and all features 0, the unit is 0 or 1, by chance; only
    where it is 1 does the second step count its weight, too.
    """
    lr = 0.37
    # bias and weight of the output after both steps: the unit is 1 at the second, or 0
    both = lr * LARGE * np.array([[2 - 1.5 * lr, 1.5 - 1.5 * lr], [2 - lr, 0.5]])
    expected = np.sort(both @ [[1, 1], [0, 1]])
    X, y = draw.cast(np.zeros((4, 2))), draw.cast(np.full((4, 1), LARGE))
    wrong = 0
    for _ in range(16):
        found = ends(draw, student.bike_rides(X.copy(), y.copy(), 1, lr, 2, 4), 2)
        wrong += not (np.abs(expected / found - 1) <= 5e-4).all(axis=1).any()
    if wrong > 2:  # once in several thousand calls the unit is neither 0 nor 1
        raise Mismatch(
            Text(
                "The second step of the output layer does not start from where the first one led.",
                "输出层的第二步没有从第一步之后的参数出发。",
            )
        )


def assert_steps(faults):
    """Assert that no step was wrong, and that one could be told to be right."""
    for layer, zh in [("output", "输出层"), ("hidden", "隐藏层")]:
        if layer in faults or "" not in faults:
            raise Mismatch(
                Text(
                    f"One unit takes one step: that of the {layer} layer is wrong.",
                    f"只有一个单元、更新一步时，{zh}的更新有误。",
                )
            )


def alike(draw, n, d):
    """Return *n* examples with the same features, the labels, and the mean label."""
    x = np.resize([1, -1, 1], d) * draw.uniform(0.7, 1.3, d)
    y = draw.normal(n, 1) + draw.cast(3)
    return draw.cast(np.tile(x, (n, 1))), y, float(y.mean(dtype=np.float64))


def tilted(draw, n, d=3):
    """Return features ``(n, d)`` and labels that depend on three of them by a plane, far from 0."""
    X = draw.normal(n, d)
    return X, X[:, :3] @ draw.cast([[1], [-0.5], [0.3]]) + draw.cast(3)
