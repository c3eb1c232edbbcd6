import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, points

#: how close the statement asks for
NEAR = 0.02


def least_squares(features, labels):
    """Return the weights ``(d, 1)`` and the bias ``(1,)`` that training should come close to."""
    A = np.hstack([features, np.ones((len(features), 1))]).astype(np.float64)
    solution = np.linalg.lstsq(A, labels.astype(np.float64), rcond=None)[0]
    return solution[:-1], solution[-1]


def assert_trained(result, best):
    """Assert that *result* is a pair (w, b) near the least-squares solution *best*."""
    w, b = result
    for found, want, name in ((w, best[0], "w"), (b, best[1], "b")):
        values = as_array(found, name)
        assert_close(0 * values, 0 * want, what=name)
        distance = np.abs(values - want).max()
        if not distance <= NEAR:
            off = f"{distance:.3g}"
            raise Mismatch(
                Text(
                    f"{name} is not near the least-squares solution.",
                    f"{name}与最小二乘解相差较远。",
                ),
                Text(f"It is off by {off}; {NEAR} is allowed.", f"相差{off}，允许的误差为{NEAR}。"),
            )


@points(2)
def test_finds_the_line(student, draw):
    """Training finds the least-squares line.

    zh: 训练能找到最小二乘解。
    """
    features = draw.normal(200, 2) + draw.cast(0.5)
    labels = features @ draw.cast([[2], [-3.4]]) + draw.normal(200, 1, scale=0.01) + 4.2
    best = least_squares(features, labels)
    result = student.train_linreg(features, labels, 0.1, 20, 20)
    assert_trained(result, best)


@points(1)
def test_short_last_batch(student, draw):
    """The short last minibatch of an epoch takes a step of full length.

    zh: 一个迭代周期的最后一个小批量即使较小，也走完整的一步。
    """
    # All examples are the same, so that their order does not matter: each step multiplies the
    # error of the prediction w + b by 1 - 2 * lr, and an epoch has two steps.
    lr, num_epochs, target = 0.2, 3, float(draw.integers(3, 6))
    features = draw.cast([[1]] * 5)
    w, b = student.train_linreg(features, features * draw.cast(target), lr, num_epochs, 4)
    w, b = as_array(w, "w"), as_array(b, "b")
    assert_close(0 * w, np.zeros((1, 1)), what="w")
    assert_close(0 * b, np.zeros(1), what="b")
    off = abs(float(w[0, 0] + b[0]) - target * (1 - (1 - 2 * lr) ** (2 * num_epochs)))
    if not off <= NEAR:
        raise Mismatch(
            Text(
                "w + b is not where six steps of full length lead.",
                "w + b不是走完六个完整步之后应有的值。",
            ),
            Text(
                f"It is off by {off:.3g}; {NEAR} is allowed.",
                f"相差{off:.3g}，允许的误差为{NEAR}。",
            ),
        )
