import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_correlated_features(student, reference, draw):
    """The solution is right for features that are correlated and far from zero, and of any number.

    zh: 特征彼此相关、均值远离零时解也正确，特征可以有任意多个。
    """
    for n, d in [(20, 2), (9, 1), (40, 5), (8, 4)]:
        common = draw.normal(n, 1)
        X = common + draw.normal(n, d) + draw.cast(np.arange(d) - 1.5)
        y = common + draw.normal(n, 1) - 4
        condition = np.linalg.cond(np.hstack([X, np.ones((n, 1))]).astype(np.float64))
        expected = reference.normal_equation(X, y)
        assert_close(student.normal_equation(X, y), expected, terms=n, condition=condition)
    # examples that come twice
    X, y = draw.coincident(2), draw.normal(6, 1)
    y[5] = y[0]
    expected = reference.normal_equation(X, y)
    condition = np.linalg.cond(np.hstack([X, np.ones((6, 1))]).astype(np.float64))
    assert_close(student.normal_equation(X, y), expected, terms=6, condition=condition**2)
    # as many examples as weights; many examples, of which one lies far off; columns of unequal size
    for n, d, far, small in [(5, 4, 0, 1.0), (200, 3, 500, 1.0), (30, 2, 0, 1e-4)]:
        X, y = draw.normal(n, d, scale=0.3, dtype="float64"), draw.normal(n, 1, dtype="float64")
        X[:d] += 4 * np.eye(d)
        X[:, -1] *= small
        y[n // 2] += far
        expected = reference.normal_equation(X, y)
        result = student.normal_equation(X, y)
        assert_close(0 * result, np.zeros((d + 1, 1)))
        # a weight is as large as its column is small, and off by as much
        sizes = np.ones((d + 1, 1))
        sizes[d - 1] = small
        computed_in = result.dtype.name
        assert_close(
            sizes * result, sizes * expected, terms=n, condition=1 / small, computed_in=computed_in
        )


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Features and labels are unchanged on return, and no call affects another.

    zh: 函数返回后，特征和标签都保持不变；各次调用互不影响。
    """
    X, y = draw.normal(14, 2) + 1, draw.normal(14, 1) + 2
    expected = reference.normal_equation(X, y)
    before_X, before_y = X.copy(), y.copy()
    assert_close(student.normal_equation(X, y), expected, terms=14, condition=8)
    assert_unchanged(X, before_X, "X")
    assert_unchanged(y, before_y, "y")
    first = [draw.normal(14, 2) + 1, draw.normal(14, 1) + 2]
    assert_no_memory(student, "normal_equation", first, [X, y])


@points(1)
@says("dtype")
def test_dtype_kept(student, reference, draw):
    """The result has the dtype of the inputs.

    zh: 结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        X, y = draw.normal(13, 3, dtype=dtype), draw.normal(13, 1, dtype=dtype) + 1
        expected = reference.normal_equation(X, y)
        result = student.normal_equation(X, y)
        assert_dtype_kept(result, dtype)
        assert_close(result, expected, terms=13, condition=5)
