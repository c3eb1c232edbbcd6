"""Data that no line fits, and how far a network has gone."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, as_block, assert_close

#: a target that no untrained network predicts
FAR = 1000.0


def waves(draw, n, d):
    """Return data (n, d) and (n, 1) in which the first column counts, as a wave."""
    # evenly spread, so that the wave is the same in every run
    first = np.linspace(-2, 2, n)[:, None]
    others = draw.uniform(-0.5, 0.5, n, d - 1)
    return draw.cast(np.hstack([first, others])), draw.cast(np.sin(2 * first))


def predicted(net, X):
    """Return the predictions (n, 1) of what a learner has returned, in float64."""
    result = as_array(as_block(net, "train_mlp(...)")(X), "net(X)")
    assert_close(0 * result, np.zeros((len(X), 1)), what="net(X)")
    return result.astype(np.float64)


def assert_fits(net, X, y):
    """Assert that a network's mean square is at most half that of the best line."""
    A = np.hstack([X, np.ones((len(X), 1))]).astype(np.float64)
    line = A @ np.linalg.lstsq(A, y.astype(np.float64), rcond=None)[0]
    share = float(((predicted(net, X) - y) ** 2).mean() / ((line - y) ** 2).mean())
    if not share <= 0.5:
        raise Mismatch(
            Text(
                "After training, the mean squared error is more than half that of the best line.",
                "训练之后，均方误差超过了最佳直线的一半。",
            ),
            Text(f"It is {share:.3g} times as large.", f"它是最佳直线的{share:.3g}倍。"),
        )


def way_gone(student, draw, hidden, lr, num_epochs, n=8):
    """Return how far the prediction has come from 0 to a target that is far away and constant.

    The examples are zeros. In the first step only biases change, which brings it lr of the way; it
    also drives every hidden unit to 1 or -1, so that each is as good as a bias from then on, and a
    step brings it lr (1 + hidden) of the rest.
    """
    X, y = draw.cast(np.zeros((n, 2))), draw.cast(np.full((n, 1), FAR))
    return predicted(student.train_mlp(X, y, hidden, lr, num_epochs), X)[:, 0] / FAR


def assert_between(share, low, high):
    """Assert that a way is as long as the steps lead."""
    if not (low <= share.min() and share.max() <= high):
        raise Mismatch(
            Text(
                "The network is not where so many steps of this length lead.",
                "网络不在这么多步、这样的步长所能到达的地方。",
            ),
            Text(
                f"It has gone {share[0]:.3g} of the way; {low} to {high} is allowed.",
                f"它走了全程的{share[0]:.3g}；允许的范围是{low}到{high}。",
            ),
        )


def jumps(net, draw):
    """Return by how much the predictions of many units jump: twice each v, with any sign.

    Along a half circle around 0, so far out that a unit is 1 or -1, each of them changes once.
    """
    angle = np.linspace(0, np.pi, 40_001)[:, None]
    along = predicted(net, draw.cast(1e9 * np.hstack([np.cos(angle), np.sin(angle)])))[:, 0]
    change = np.diff(along, prepend=along[0])
    # a unit may be between both at one of the angles, and then jumps twice
    moving = np.abs(change) > 1e-5
    change[1:] += np.where(moving[1:] & moving[:-1], change[:-1], 0)
    moving[:-1] &= ~moving[1:]
    return change[moving]


def ways_of_units(student, draw, lr=0.01):
    """Return how far one step has moved the hidden units, as a share of how far it leads them.

    The examples are zeros and all targets are 1. So the step moves the bias of each unit by lr
    times its own output weight v, and the prediction for zeros by lr (1 + sum of v²).
    """
    nothing = draw.cast(np.zeros((3, 2)))
    shares = []
    for _ in range(10):
        net = student.train_mlp(nothing, nothing[:, :1] + 1, 60, lr, 1)
        moved = predicted(net, nothing[:1])[0, 0] / lr - 1
        shares.append(moved / np.square(jumps(net, draw) / 2).sum())
    return np.array(shares)
