import numpy as np

from grader.checks import Mismatch, Text, assert_normal, assert_unchanged, points, says

from .nets import (
    FAR,
    LARGE,
    alike,
    assert_bias,
    assert_error_counts_bias,
    assert_mean_unit,
    assert_steps,
    faulty_layer,
    jumps,
    predictions,
    tilted,
)


@points(2)
def test_hidden_units(student, draw):
    """There are as many hidden units as asked for.

    zh: 隐藏单元的个数与要求的一致。
    """
    # one step with labels of a million, from hidden units of 1/2, adds 20 to each of W2
    step = 40
    for hidden in (1, 3, 20):
        X, y = np.zeros((6, 4)), np.full((6, 1), LARGE)
        net = student.bike_rides(draw.cast(X), draw.cast(y), hidden, step / LARGE, 1, 6)
        far = draw.normal(25, 4, scale=FAR)
        # a unit that is 1 on one side is 0 on the other
        both = np.median(predictions(net, far) + predictions(net, -far))
        found = (both - 2 * step) / (step / 2)
        if not abs(found - hidden) < 0.5:
            raise Mismatch(
                Text(
                    "The weights of the output are not those of as many units as asked for.",
                    "输出层权重之和与应有的单元个数不符。",
                ),
                Text(
                    f"One step makes each near {step // 2}. For {hidden} units they add up to "
                    f"those of {found:.3g}.",
                    f"更新一步后，每个权重约为{step // 2}。要求{hidden}个单元时，"
                    f"权重之和相当于{found:.3g}个单元。",
                ),
            )


@points(2)
def test_beginning(student, draw):
    """Weights begin as normal numbers of the deviation asked for, anew in each call; biases at 0.

    zh: 每次调用时，权重重新初始化为标准差符合要求的正态随机数，偏置从0开始。
    """
    # without training: one unit on many features shows each of its weights
    d = 600
    one = d**0.5 * np.eye(d)
    before = None
    for _ in range(2):
        net = student.bike_rides(*tilted(draw, 4, d), 1, 0.2, 0, 2)
        outer = 2 * predictions(net, draw.cast(np.zeros((1, d)))).item()
        ahead, back, far = (predictions(net, draw.cast(size * one)) for size in (1, -1, FAR))
        moved = max(np.abs(ahead + back - outer).max(), np.abs(far * (far - outer)).mean())
        if not moved < 1e-3 * max(abs(outer), outer**2):
            raise Mismatch(
                Text(
                    "The biases do not begin at 0, or there is more than one unit.",
                    "偏置不是从0开始的，或者不止一个单元。",
                )
            )
        share = np.clip(ahead / outer, 1e-12, 1 - 1e-6)
        assert_normal(np.log(share / (1 - share)) / d**0.5, 0, d**-0.5, "W1")
        if before is not None and np.array_equal(before, far):
            raise Mismatch(Text("Two calls begin alike.", "两次调用的初始值相同。"))
        before = far
    found = []
    for _ in range(12):
        net = student.bike_rides(*tilted(draw, 4, 3), 60, 0.2, 0, 2)
        found.append(jumps(draw, net, 3))
    assert_normal(np.concatenate(found), 0, 60**-0.5, "W2")


@points(1)
def test_units_saturate(student, draw):
    """Far from the data the predictions level off, as sigmoid units do.

    zh: 在远离数据的地方，预测趋于平稳，sigmoid单元就是如此。
    """
    X, y = tilted(draw, 60)
    net = student.bike_rides(X, y, 6, 0.01, 3, 10)
    far = draw.normal(25, 3, scale=1e8)
    near, beyond = predictions(net, far), predictions(net, 3 * far)
    # a unit may change along one of the lines, if it hardly changes there
    if not np.median(np.abs(near - beyond)) <= 1e-3 * np.median(np.abs(near)):
        raise Mismatch(
            Text(
                "Far from the data the predictions go on growing.",
                "在远离数据的地方，预测仍在不断增大。",
            )
        )


@points(1)
def test_steps(student, draw):
    """Learning rate and number of epochs are those handed in.

    zh: 学习率和迭代周期数与传入的一致。
    """
    for n, lr, num_epochs in [(5, 1e-6, 1), (1, 3.7e-7, 3), (4, 2e-8, 40), (3, 1e-6, 0)]:
        assert_bias(student, draw, n, lr, num_epochs, n, num_epochs)


@points(2)
def test_minibatches(student, draw):
    """Steps are taken after each minibatch, with the mean over the examples that are in it.

    zh: 每个小批量之后更新一步，按其中实际的样本求平均。
    """
    # minibatches that divide the examples, a short one, one that is never full, one example each
    for n, batch_size, num_epochs in [(12, 3, 2), (10, 4, 1), (7, 6, 2), (5, 1000, 3), (6, 1, 1)]:
        steps = num_epochs * -(-n // batch_size)
        assert_bias(student, draw, n, 1 / LARGE / steps, num_epochs, batch_size, steps)
    # every example once: these labels have other sums if one is left out or comes twice
    labels = np.array([0.25, 0.5, 1, 2, 4, 8])[draw.permutation(6)]
    for batch_size in (1, 2, 6):
        steps = 2 * labels.sum() / batch_size
        assert_bias(student, draw, 6, 1 / LARGE / steps, 2, batch_size, steps, labels)


@points(2)
def test_later_steps(student, draw):
    """Each step starts from where the one before has led every parameter.

    zh: 每一步都从上一步之后的全部参数出发。
    """
    for num_epochs, n, batch_size in [(4, 3, 3), (2, 4, 2), (1, 5, 1)]:
        assert_mean_unit(student, draw, num_epochs, n, batch_size)
    assert_error_counts_bias(student, draw)


@points(1)
@says("unchanged")
def test_data_unchanged(student, draw):
    """Features and labels are unchanged on return.

    zh: 函数返回后，特征和标签都保持不变。
    """
    faults = []
    for n, d in [(4, 3), (3, 1), (5, 2), (2, 4), (1, 3)]:
        X, y, label = alike(draw, n, d)
        before, labels = X.copy(), y.copy()
        net = student.bike_rides(X, y, 1, 0.37, 1, n)
        assert_unchanged(X, before, "X")
        assert_unchanged(y, labels, "y")
        faults.append(faulty_layer(draw, net, before[0], 0.37, label))
    assert_steps(faults)
