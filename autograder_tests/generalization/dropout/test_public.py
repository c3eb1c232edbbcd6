import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, assert_rate, points


@points(2)
def test_survivors_are_scaled(student, draw):
    """While training, an entry becomes zero or x / (1 - p); negative entries and zeros too.

    zh: 训练时，每个元素变为零或x / (1 - p)，负数和零也一样。
    """
    for p, dtype in [(0.2, None), (0.7, None), (0.37, "float64")]:
        X = draw.away_from_zero(61, 73, dtype=dtype)
        X[::3, ::4] = 0
        result = as_array(student.dropout(X.copy(), p))
        dropped = result == 0
        scaled = X.astype(np.float64) / (1 - p)
        assert_close(result, np.where(dropped, 0, scaled) if dropped.shape == X.shape else scaled)
        if not dropped[X != 0].any():
            raise Mismatch(Text("No entry is dropped.", "没有丢弃任何元素。"))
        if dropped.all():
            raise Mismatch(Text("All entries are dropped.", "所有元素都被丢弃了。"))


@points(2)
def test_share_dropped(student, draw):
    """About the share p of the entries is dropped.

    zh: 被丢弃的元素所占的比例约为p。
    """
    for p, size in [(0.2, 1), (0.7, 1e-3), (0.37, 1), (0.1, 100), (0.002, 1)]:
        X = draw.away_from_zero(1, 40_000) * draw.cast(size)
        result = as_array(student.dropout(X.copy(), p, True))
        assert_rate(int((result == 0).sum()), X.size, p, f"dropout(X, {p}) == 0")


@points(2)
def test_not_training(student, draw):
    """Entries are dropped only while training.

    zh: 只在训练时丢弃元素。
    """
    X = draw.away_from_zero(16, 19)
    assert_close(student.dropout(X.copy(), 0.4, training=False), X)
    assert_close(student.dropout(X.copy(), 0.9, False), X)
    if not (as_array(student.dropout(X, 0.8)) == 0).any():
        raise Mismatch(
            Text(
                "Without a third argument, no entry is dropped.",
                "不传第三个参数时，没有丢弃任何元素。",
            )
        )
