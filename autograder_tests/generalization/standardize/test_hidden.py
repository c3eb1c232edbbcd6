import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

from .tables import assert_standardized, tables


@points(1)
def test_columns_of_any_size(student, reference, draw):
    """Columns of tiny and huge numbers get deviation 1 like others, each by its own values.

    zh: 数值很小和很大的列同样得到标准差1，每一列只取决于它自己的值。
    """
    sizes = np.array(draw.magnitudes())
    for n in (5, 3):
        train = draw.away_from_zero(n, 3, dtype="float64") * sizes
        test = draw.normal(4, 3, dtype="float64") * sizes
        expected = reference.standardize(train, test)
        found = student.standardize(train, test)
        assert_standardized(found, expected, condition=4)
        for j in range(3):
            for table, want in zip(found, expected, strict=True):
                assert_close(table[:, j], want[:, j], terms=4, condition=4)
    train = draw.cast([[1, 0, 5], [1, 0, 5], [1, 1e-4, 5], [2, 0, 5]], "float64")
    test = draw.cast([[3, 1, 6]], "float64")
    expected = reference.standardize(train, test)
    assert_standardized(student.standardize(train, test), expected)
    train = draw.coincident(3)
    expected = reference.standardize(train, train[1:3])
    assert_standardized(student.standardize(train, train[1:3]), expected)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """Both results have the dtype of the inputs.

    zh: 两个结果的数据类型都与输入相同。
    """
    for dtype in ("float32", "float64"):
        train, test = tables(draw, 5, 2, 3, dtype)
        train[:, 1] = 2
        expected = reference.standardize(train, test)
        found = student.standardize(train, test)
        assert_standardized(found, expected)
        for name, table in zip(("train", "test"), found, strict=True):
            assert_dtype_kept(table, dtype, name)


@points("0.5")
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """Both tables are unchanged on return, and no call affects another.

    zh: 函数返回后，两个表都保持不变；各次调用互不影响。
    """
    train, test = tables(draw, 5, 4, 3)
    train[:, 2] = 1
    before = train.copy(), test.copy()
    expected = reference.standardize(*before)
    assert_standardized(student.standardize(train, test), expected)
    assert_unchanged(train, before[0], "train")
    assert_unchanged(test, before[1], "test")
    assert_no_memory(student, "standardize", list(tables(draw, 5, 4, 3)), list(before))
