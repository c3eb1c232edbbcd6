import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    as_array,
    assert_close,
    assert_independent,
    assert_normal,
    points,
)


def deviation(fan_in, fan_out):
    """Return the standard deviation that the statement asks for."""
    return float(np.sqrt(2 / (fan_in + fan_out)))


@points(1)
def test_shape(student, draw):
    """The weights have a row for each input and a column for each output.

    zh: 权重的每一行对应一个输入，每一列对应一个输出。
    """
    for fan_in, fan_out in [(4, 7), (3, 3), (1, 5), (6, 1), (1, 1), (70, 2)]:
        W = as_array(student.xavier_normal(fan_in, fan_out))
        assert_close(0 * W, np.zeros((fan_in, fan_out)))
        if not W.all():
            raise Mismatch(Text("Some weights are zero.", "有的权重为零。"))


@points(2)
def test_distribution(student, draw):
    """The weights are normal, with mean 0 and the variance that both numbers give.

    zh: 权重服从均值为0的正态分布，方差由两个数共同决定。
    """
    for fan_in, fan_out in [(40, 300), (300, 40), (110, 110), (1, 12_000), (12_000, 1), (200, 75)]:
        W = student.xavier_normal(fan_in, fan_out)
        assert_close(0 * as_array(W), np.zeros((fan_in, fan_out)))
        assert_normal(W, 0, deviation(fan_in, fan_out), f"xavier_normal({fan_in}, {fan_out})")


@points(1)
def test_each_weight_on_its_own(student, draw):
    """Each weight is drawn independently of the others.

    zh: 每个权重都独立采样，与其他权重无关。
    """
    for fan_in, fan_out in [(60, 90), (90, 60), (70, 70)]:
        W = as_array(student.xavier_normal(fan_in, fan_out))
        assert_close(0 * W, np.zeros((fan_in, fan_out)))
        assert_independent(W > 0, f"xavier_normal({fan_in}, {fan_out}) > 0")
        large = 0.67 * deviation(fan_in, fan_out)
        assert_independent(np.abs(W) > large, f"abs(xavier_normal({fan_in}, {fan_out}))")
