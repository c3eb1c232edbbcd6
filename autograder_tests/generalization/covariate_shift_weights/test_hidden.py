from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_small_and_large_weights(student, reference, draw):
    """Weights are not clipped: tiny probabilities give huge ones, and a probability of 1 gives 0.

    zh: 权重不截断：很小的概率得到很大的权重，概率为1时权重为0。
    """
    for p in ([1e-3], [1e-7, 0.5], [1e-12], [0.01, 1e-5, 0.9], [1e-4] * 3):
        p = draw.cast(p)
        expected = reference.covariate_shift_weights(p)
        assert_close(student.covariate_shift_weights(p), expected)
    for p in ([1.0], [0.999, 1.0], [0.9375, 0.96875], [0.75] * 3):
        p = draw.cast(p)
        expected = reference.covariate_shift_weights(p)
        assert_close(student.covariate_shift_weights(p), expected, scale=1.0)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The weights have the dtype of the probabilities.

    zh: 权重的数据类型与概率相同。
    """
    for dtype in ("float32", "float64"):
        p = draw.uniform(0.05, 0.95, 4, dtype=dtype)
        expected = reference.covariate_shift_weights(p)
        found = student.covariate_shift_weights(p)
        assert_close(found, expected)
        assert_dtype_kept(found, dtype)


@points("0.5")
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The probabilities are unchanged on return, and no call affects another.

    zh: 函数返回后，概率保持不变；各次调用互不影响。
    """
    p = draw.uniform(0.05, 0.95, 5)
    before = p.copy()
    expected = reference.covariate_shift_weights(before)
    assert_close(student.covariate_shift_weights(p), expected)
    assert_unchanged(p, before, "p_source")
    assert_no_memory(student, "covariate_shift_weights", [draw.uniform(0.1, 0.9, 5)], [before])
