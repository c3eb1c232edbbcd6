from grader.checks import points

from .training import (
    assert_between,
    assert_fits,
    predicted,
    waves,
    way_gone,
    ways_of_units,
)


@points(2)
def test_better_than_a_line(student, draw):
    """After training, the mean squared error is at most half that of the best line.

    zh: 训练之后，均方误差不超过最佳直线的一半。
    """
    X, y = waves(draw, 40, 1)
    net = student.train_mlp(X, y, 16, 0.15, 500)
    assert_fits(net, X, y)
    for n in (1, 3):
        predicted(net, X[:n])


@points(2)
def test_steps(student, draw):
    """Training takes as many steps as there are epochs, of the length that lr gives.

    zh: 训练的步数等于迭代周期数，步长由lr决定。
    """
    # thousands of steps only where one takes a fraction of a millisecond
    many = [(4, 0.0001, 2500, 0.66, 0.74)] if student.framework in ("numpy", "torch") else []
    for hidden, lr, num_epochs, low, high in [
        *many,
        (4, 0.01, 1, 0, 0.2),
        (4, 0.0001, 60, 0, 0.2),
        (4, 0.01, 60, 0.35, 1.2),
        (8, 0.1, 1, 0.09, 0.5),
        (1, 0.1, 2, 0.15, 0.8),
        (24, 0.1, 2, 1.4, 2.6),
    ]:
        assert_between(way_gone(student, draw, hidden, lr, num_epochs), low, high)
    # each unit goes by its own output weight, of which two that jump together may hide a part
    assert_between(ways_of_units(student, draw), 0.6, 1.67)
