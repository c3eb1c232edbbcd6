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
def test_any_shape(student, reference, draw):
    """Indices of any shape, vocabularies and vectors of any size.

    zh: 索引可以是任意形状，词表和向量可以任意大小。
    """
    for shape in draw.shapes(300):
        places, W = draw.integers(0, 7, *shape), draw.normal(7, 3)
        expected = reference.embedding(places, W)
        assert_close(student.embedding(places, W), expected)
    for vocabulary, d in draw.sizes(2, 300):
        places, W = draw.integers(0, vocabulary, 4), draw.normal(vocabulary, d)
        places[-1] = vocabulary - 1
        expected = reference.embedding(places, W)
        assert_close(student.embedding(places, W), expected)
    for size in draw.magnitudes():
        places, W = draw.integers(0, 4, 3), draw.normal(4, 2, scale=size, dtype="float64")
        expected = reference.embedding(places, W)
        assert_close(student.embedding(places, W), expected)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of W.

    zh: 结果的数据类型与`W`相同。
    """
    for dtype in ("float32", "float64"):
        places, W = np.array([3, 1, 1]), draw.normal(4, 5, dtype=dtype)
        expected = reference.embedding(places, W)
        result = student.embedding(places, W)
        assert_close(result, expected)
        assert_dtype_kept(result, dtype)


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Indices and W are unchanged on return, and no call affects another.

    zh: 函数返回后，索引和`W`保持不变；各次调用互不影响。
    """
    places, W = np.array([[2, 0], [1, 2]]), draw.normal(3, 4)
    before = places.copy(), W.copy()
    expected = reference.embedding(*before)
    assert_close(student.embedding(places, W), expected)
    for array, old, name in zip((places, W), before, ("indices", "W"), strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "embedding", [places[::-1].copy(), draw.normal(3, 4)], list(before))
