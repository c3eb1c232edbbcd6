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
    result = student.train_linreg(features, labels, 0.03, 40, 10)
    assert_trained(result, best)


@points(1)
def test_short_last_batch(student, draw):
    """Training finds it, too, if the last minibatch of an epoch is short.

    zh: 一个迭代周期的最后一个小批量较小时，训练也能找到最小二乘解。
    """
    features = draw.uniform(-1, 2, 18, 2)
    labels = features @ draw.cast([[-3], [5]]) + draw.normal(18, 1, scale=0.01) - 6
    best = least_squares(features, labels)
    result = student.train_linreg(features, labels, 0.1, 200, 4)
    assert_trained(result, best)
