import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    as_array,
    assert_close,
    assert_independent,
    assert_normal,
    points,
    says,
)


def drawn(student, fan_in, fan_out, calls=120):
    """Return weights of many calls, a row for each call."""
    found = as_array(student.xavier_normal.many([[fan_in, fan_out]] * calls))
    assert_close(0 * found, np.zeros((calls, fan_in, fan_out)))
    return found.reshape(calls, -1)


@points(1)
def test_small_layers(student, draw):
    """Small layers have the same distribution; it shows over many calls.

    zh: 小的层也服从同样的分布；多次调用就能看出来。
    """
    for fan_in, fan_out in [(1, 1), (2, 3), (6, 1), (1, 6), (4, 4)]:
        calls = drawn(student, fan_in, fan_out)
        expected = float(np.sqrt(2 / (fan_in + fan_out)))
        assert_normal(calls, 0, expected, f"xavier_normal({fan_in}, {fan_out})")
        if fan_in * fan_out > 1:
            assert_independent(calls > 0, f"xavier_normal({fan_in}, {fan_out}) > 0")
    # where one input more or less makes the largest difference
    assert_normal(drawn(student, 1, 1, calls=1500), 0, 1, "xavier_normal(1, 1)")


@points(1)
@says("state", "values")
def test_fresh_each_call(student, draw):
    """Each call draws anew.

    zh: 每次调用都重新采样。
    """
    first, second = (as_array(student.xavier_normal(30, 20)) for _ in range(2))
    for W in (first, second):
        assert_close(0 * W, np.zeros((30, 20)))
        assert_normal(W, 0, 0.2, "xavier_normal(30, 20)")
    if np.isin(first, second).any():
        raise Mismatch(Text("Two calls give the same weights.", "两次调用得到了相同的权重。"))
    for fan_in, fan_out in [(2, 3), (4, 5)]:
        calls = drawn(student, fan_in, fan_out)
        assert_independent(calls > 0, f"xavier_normal({fan_in}, {fan_out}) > 0")
