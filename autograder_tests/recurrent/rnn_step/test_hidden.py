from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

NAMES = ("x", "h", "W_xh", "W_hh", "b_h")


def arguments(draw, n, d, h, dtype=None):
    """Return x, h, W_xh, W_hh, b_h whose sums bend the tanh without ending it."""
    return [
        draw.normal(n, d, dtype=dtype),
        draw.uniform(-1, 1, n, h, dtype=dtype),
        draw.normal(d, h, scale=d**-0.5, dtype=dtype),
        draw.normal(h, h, scale=h**-0.5, dtype=dtype),
        draw.normal(h, dtype=dtype),
    ]


@points(1)
def test_any_size(student, reference, draw):
    """One example, one input, one unit or many: all sizes will do.

    zh: 一个或很多样本、输入、隐藏单元：任意大小都可以。
    """
    for n, d, h in draw.sizes(3, 40):
        args = arguments(draw, n, d, h)
        expected = reference.rnn_step(*args)
        assert_close(student.rnn_step(*args), expected, terms=d + h + 1, condition=3)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The new state has the dtype of the arguments.

    zh: 新的隐状态的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 3, 2, 4, dtype)
        expected = reference.rnn_step(*args)
        result = student.rnn_step(*args)
        assert_close(result, expected, terms=7, condition=2)
        assert_dtype_kept(result, dtype)


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，所有参数保持不变；各次调用互不影响。
    """
    args = arguments(draw, 2, 4, 3)
    before = [array.copy() for array in args]
    expected = reference.rnn_step(*before)
    assert_close(student.rnn_step(*args), expected, terms=8, condition=2)
    for array, old, name in zip(args, before, NAMES, strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "rnn_step", arguments(draw, 2, 4, 3), before)
