import numpy as np

from grader.checks import Mismatch, Text, assert_normal, assert_rate, assert_unchanged, points, says

from .one_unit import (
    FAR_OUT,
    Unit,
    assert_one_step,
    assert_one_unit,
    assert_steps,
    clear_units,
)
from .training import assert_between, assert_fits, jumps, predicted, waves, way_gone


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


@points("0.5")
def test_initial_weights(student, draw):
    """The weights begin normal, with mean 0 and standard deviation 0.5.

    zh: 权重的初始值服从均值为0、标准差为0.5的正态分布。
    """
    d, X, y = 1000, draw.normal(3, 1000), draw.normal(3, 1)
    for _ in range(20):
        unit = Unit.of(student.train_mlp(X, y, 1, 0.1, 0), draw, d)
        if unit.v > 0.1:
            break
    assert_normal(unit.w, 0, 0.5, "W_1")
    X, y = draw.cast(np.full((3, 1), FAR_OUT)), draw.cast(np.full((3, 1), 9.0))
    signs = [predicted(student.train_mlp(X, y, 1, 0.1, 0), X)[0, 0] > 0 for _ in range(100)]
    assert_rate(sum(signs), 100, 0.5, "net(X) > 0")
    X, y = draw.normal(3, 2), draw.normal(3, 1)
    found = [jumps(student.train_mlp(X, y, 60, 0.1, 0), draw) / 2 for _ in range(12)]
    assert_normal(np.concatenate(found), 0, 0.5, "W_2")


@points("0.5")
def test_one_unit(student, draw):
    """With one unit, the network is one to which the steps lead from biases at 0.

    zh: 只有一个隐藏单元时，得到的网络正是从偏置为0的初始状态出发、走完这些步所到达的网络。
    """
    for n, d, lr, num_epochs, mean in [
        (40, 2, 0.1, 0, 1),
        (160, 2, 0.1, 20, 1),
        (5, 2, 0.02, 10, 5),
        (40, 1, 0.0003, 30, 5),
    ]:
        X = draw.normal(n, d)
        y = draw.cast(mean + draw.normal(n, 1))
        nets = clear_units(lambda: student.train_mlp(X, y, 1, lr, num_epochs), draw, d)  # noqa: B023
        for net, unit in nets:
            for some in (X, draw.normal(7, d), X[:1]):
                assert_one_unit(net, unit, some)
            assert_steps(unit, X, y, lr, num_epochs)
    assert_one_step(student, draw)


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
    given = X.copy()
    first = student.train_mlp(given, draw.normal(5, 1), 3, 0.1, 2)
    before = predicted(first, X)
    student.train_mlp(X.copy(), draw.normal(5, 1, scale=9), 3, 0.1, 2)
    given += 1
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
