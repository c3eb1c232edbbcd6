import numpy as np

from grader.checks import (
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_any_shape(student, reference, draw):
    """Indices of any shape, many words and one.

    zh: 索引可以是任意形状，单词可以很多，也可以只有一个。
    """
    for shape in draw.shapes(300):
        places, dout = draw.integers(0, 5, *shape), draw.normal(*shape, 2)
        expected = reference.embedding_backward(dout, places, 6)
        found = student.embedding_backward(dout, places, 6)
        assert_close(found, expected, terms=100)
    for n, count, d in draw.sizes(3, 200):
        places, dout = draw.integers(0, count, n), draw.normal(n, d)
        places[-1] = count - 1
        expected = reference.embedding_backward(dout, places, count)
        found = student.embedding_backward(dout, places, count)
        assert_close(found, expected, terms=n)
    places, dout = np.array([[2, 0], [2, 1]]), draw.away_from_zero(2, 2, 3, dtype="float64")
    assert_backward(
        student, reference, "embedding_backward", [dout, places, 3],
        forward="embedding", at=[places, draw.normal(3, 3)], cotangent=dout,
        names=["dW"], terms=2,
    )  # fmt: skip


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of dout.

    zh: 梯度的数据类型与`dout`相同。
    """
    for dtype in ("float32", "float64"):
        places, dout = np.array([3, 1, 1]), draw.normal(3, 5, dtype=dtype)
        expected = reference.embedding_backward(dout, places, 4)
        result = student.embedding_backward(dout, places, 4)
        assert_close(result, expected, terms=2)
        assert_dtype_kept(result, dtype)


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """The gradient passed in and the indices are unchanged, and no call affects another.

    zh: 传入的梯度和索引保持不变；各次调用互不影响。
    """
    dout, places = draw.normal(2, 2, 3), np.array([[2, 0], [1, 2]])
    before = dout.copy(), places.copy()
    expected = reference.embedding_backward(*before, 4)
    assert_close(student.embedding_backward(dout, places, 4), expected, terms=2)
    for array, old, name in zip((dout, places), before, ("dout", "indices"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(2, 2, 3), np.array([[1, 1], [0, 3]]), 4]
    assert_no_memory(student, "embedding_backward", first, [*before, 4])
