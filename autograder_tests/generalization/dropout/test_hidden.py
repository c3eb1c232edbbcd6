import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    as_array,
    assert_close,
    assert_dtype_kept,
    assert_independent,
    assert_rate,
    assert_unchanged,
    points,
    says,
)


def dropped_entries(result, X, p):
    """Return which entries of X were dropped; all others must be scaled."""
    dropped = as_array(result) == 0
    scaled = X.astype(np.float64) / (1 - p)
    assert_close(result, np.where(dropped, 0, scaled) if dropped.shape == X.shape else scaled)
    if not dropped.any():
        raise Mismatch(Text("No entry is dropped.", "没有丢弃任何元素。"))
    if dropped.all():
        raise Mismatch(Text("All entries are dropped.", "所有元素都被丢弃了。"))
    return dropped


@points(1)
@says("unchanged", "values")
def test_p_zero_and_one(student, draw):
    """With p = 0 nothing is dropped, with p = 1 everything while training; X stays as it is.

    zh: p = 0时不丢弃任何元素；p = 1时，只在训练中丢弃所有元素；X保持不变。
    """
    # What code that fails at p = 1 may break is asked here, so that it costs little more than this.
    X = draw.away_from_zero(4, 7)
    before = X.copy()
    for p, training, expected in [
        (0.0, True, before),
        (1.0, True, np.zeros(X.shape)),
        (1.0, False, before),
    ]:
        assert_close(student.dropout(X, p, training), expected)
        assert_unchanged(X, before, "X")


@points(2)
def test_each_entry_on_its_own(student, draw):
    """Each entry is dropped or kept on its own, whatever the shape of X.

    zh: 无论X是什么形状，每个元素都独立地被丢弃或保留。
    """
    p = 0.4
    for shape in [(60, 90), (20, 3, 15, 12), (20_000,), (12, 15, 20), (40, 40)]:
        X = draw.away_from_zero(*shape)
        dropped = dropped_entries(student.dropout(X.copy(), p), X, p)
        assert_independent(dropped, f"dropout(X, {p}) == 0")

    # one row for each call, one column for each entry
    for shape, p in [((50,), 0.4), ((4, 5), 0.37), ((3, 2, 4), 0.5), ((2, 3, 2, 2), 0.37)]:
        x = draw.away_from_zero(*shape)
        calls = as_array(student.dropout.many([[x, p]] * 120))
        assert_close(calls, np.where(calls == 0, 0, np.stack([x / (1 - p)] * 120)))
        assert_independent(calls.reshape(120, -1) == 0, f"dropout(x, {p}) == 0")
    x = draw.away_from_zero(1)
    calls = as_array(student.dropout.many([[x, 0.5]] * 120))
    assert_rate(int((calls == 0).sum()), calls.size, 0.5, "dropout(x, 0.5) == 0")


@points(1)
def test_fresh_each_call(student, draw):
    """Each call decides anew which entries are dropped.

    zh: 每次调用都重新决定丢弃哪些元素。
    """
    X = draw.away_from_zero(41, 43)
    first = dropped_entries(student.dropout(X.copy(), 0.5), X, 0.5)
    second = dropped_entries(student.dropout(X.copy(), 0.5), X, 0.5)
    if (first == second).all():
        raise Mismatch(Text("Two calls drop the same entries.", "两次调用丢弃了相同的元素。"))
    if not (first == second).any():
        headline = Text(
            "A call drops just the entries that the one before kept.",
            "一次调用丢弃的恰好是前一次保留的元素。",
        )
        raise Mismatch(headline)


@points(1)
@says("unchanged")
def test_input_unchanged(student, draw):
    """X is unchanged on return.

    zh: 函数返回后X保持不变。
    """
    X = draw.away_from_zero(51, 53)
    before = X.copy()
    dropped_entries(student.dropout(X, 0.3), before, 0.3)
    assert_unchanged(X, before, "X")
    for p, training in [(0.0, True), (0.3, False)]:
        student.dropout(X, p, training)
        assert_unchanged(X, before, "X")


@points(1)
@says("dtype")
def test_dtype(student, draw):
    """The result has the dtype of X, for every p.

    zh: 无论p是多少，结果的数据类型都与X相同。
    """
    for dtype in ("float32", "float64"):
        X = draw.away_from_zero(47, 43, dtype=dtype)
        result = student.dropout(X.copy(), 0.4)
        dropped_entries(result, X, 0.4)
        assert_dtype_kept(result, dtype)
        for p, training in [(1.0, True), (0.0, True), (0.4, False)]:
            assert_dtype_kept(student.dropout(X, p, training), dtype)
