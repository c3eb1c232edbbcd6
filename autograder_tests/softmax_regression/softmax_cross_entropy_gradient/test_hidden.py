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
def test_rows_far_apart(student, reference, draw):
    """Adding the same number to all logits of a row changes nothing, however far apart rows are.

    zh: 给一行中的所有logits加上同一个数不会改变梯度，无论各行相差多大。
    """
    logits = draw.normal(5, 4) + draw.cast([[1000], [0], [-1000], [300], [-200]])
    y = draw.labels(5, 4)
    expected = reference.softmax_cross_entropy_gradient(logits, y)
    result = student.softmax_cross_entropy_gradient(logits, y)
    assert_close(result, expected, terms=4, condition=1000)
    # rows that are almost certain, of the right class and of a wrong one, to all digits
    for top in (4.0, 8.0, 14.0):
        for label in (0, 1):
            logits, y = np.array([[top, 0.0, -1.0]]), np.array([label])
            expected = reference.softmax_cross_entropy_gradient(logits, y)
            result = student.softmax_cross_entropy_gradient(logits, y)
            # 1 - p cancels
            condition = 1.0 if label else np.exp(top)
            assert_close(result, expected, condition=condition)


@points(1)
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """The logits and the labels are unchanged on return, and no call affects another.

    zh: 函数返回后，logits和标签保持不变；各次调用互不影响。
    """
    logits, y = draw.normal(12, 3), draw.labels(12, 3)
    before, labels = logits.copy(), y.copy()
    expected = reference.softmax_cross_entropy_gradient(before, labels)
    result = student.softmax_cross_entropy_gradient(logits, y)
    assert_close(result, expected, terms=3, condition=5)
    assert_unchanged(logits, before, "logits")
    assert_unchanged(y, labels, "y")
    first = [draw.normal(12, 3), draw.labels(12, 3)]
    assert_no_memory(student, "softmax_cross_entropy_gradient", first, [before, labels])


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of the logits.

    zh: 梯度的数据类型与logits相同。
    """
    for dtype in ("float32", "float64"):
        logits, y = draw.normal(3, 5, dtype=dtype), draw.labels(3, 5)
        expected = reference.softmax_cross_entropy_gradient(logits, y)
        result = student.softmax_cross_entropy_gradient(logits, y)
        assert_close(result, expected, terms=5, condition=5)
        assert_dtype_kept(result, dtype)
