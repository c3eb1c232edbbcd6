import numpy as np

from grader.checks import Mismatch, Text, assert_unchanged, points, says

from .training import assert_between, assert_fits, predicted, waves, way_gone


@points(1)
def test_untrained(student, draw):
    """Without any epoch, or with lr = 0, the network is as it began.

    zh: 迭代周期数为0或者lr = 0时，网络与初始时一样。
    """
    for hidden, lr, num_epochs in [(4, 0.37, 0), (7, 0.0, 9)]:
        assert_between(way_gone(student, draw, hidden, lr, num_epochs), -0.05, 0.05)
    X = draw.normal(50, 3)
    two = [predicted(student.train_mlp(X, 0 * X[:, :1], 6, 0.1, 0), X) for _ in range(2)]
    if np.array_equal(*two) or not two[0].std() > 1e-6:
        raise Mismatch(
            Text("Networks do not begin with random weights.", "网络的初始权重不是随机的。")
        )


@points(1)
@says("unchanged", "values")
def test_arguments_unchanged(student, draw):
    """The data are unchanged on return, also where they have several columns.

    zh: 函数返回后，数据保持不变，有多列时也是如此。
    """
    X, y = waves(draw, 60, 3)
    before, y_before = X.copy(), y.copy()
    assert_fits(student.train_mlp(X, y, 20, 0.15, 500), X, y)
    assert_unchanged(X, before, "X")
    assert_unchanged(y, y_before, "y")


@points(1)
@says("state", "values")
def test_two_networks(student, draw):
    """A network stays as it is when another one is trained, and when it is called.

    zh: 训练另一个网络或者调用一个网络时，这个网络都保持不变。
    """
    X = draw.normal(5, 2)
    first = student.train_mlp(X.copy(), draw.normal(5, 1), 3, 0.1, 2)
    before = predicted(first, X)
    student.train_mlp(X.copy(), draw.normal(5, 1, scale=9), 3, 0.1, 2)
    if not np.array_equal(predicted(first, X), before):
        raise Mismatch(
            Text(
                "A network changes when another one is trained, or when it is called.",
                "训练另一个网络或者调用一个网络时，它发生了变化。",
            ),
            subject="state",
        )
    way = way_gone(student, draw, 8, 0.1, 1, n=1)
    assert_between(way, 0.05, 5)
