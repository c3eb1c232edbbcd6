import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    one_of,
    points,
    says,
)

NAMES = ("xs", "h", "W_xh", "W_hh", "b_h")


def arguments(draw, steps, n, d, h, dtype=None):
    """Return xs, h, W_xh, W_hh, b_h: the past counts, and errors do not grow from step to step."""
    return [
        draw.normal(steps, n, d, dtype=dtype),
        draw.uniform(-1, 1, n, h, dtype=dtype),
        draw.normal(d, h, scale=d**-0.5, dtype=dtype),
        draw.normal(h, h, scale=0.8 * h**-0.5, dtype=dtype),
        draw.normal(h, scale=0.5, dtype=dtype),
    ]


def assert_states(results, expected, terms):
    """Assert that both results are right."""
    hs, last = results
    assert_close(hs, expected[0], terms=terms, condition=5, what="hs")
    assert_close(last, expected[1], terms=terms, condition=5, what="h")


@points(1)
def test_any_size(student, reference, draw):
    """One step or many, one example, one input, one unit: all sizes will do.

    zh: 一个或很多时间步，一个样本、一个输入、一个隐藏单元：任意大小都可以。
    """
    for steps, n, d, h in draw.sizes(4, 30):
        args = arguments(draw, steps, n, d, h)
        expected = reference.rnn_forward(*args)
        assert_states(student.rnn_forward(*args), expected, terms=d + h + 1)


@points("0.5")
@says("shape")
def test_one_array(student, reference, draw):
    """All states come as one array, not as a list of them.

    zh: 所有隐状态组成一个数组，而不是列表。
    """
    for steps in (4, 1):
        args = arguments(draw, steps, 2, 3, 2)
        expected = reference.rnn_forward(*args)[0]
        hs = one_of(student.rnn_forward(*args), 0)
        assert_close(hs, expected, terms=6, condition=5, what="hs")
        if not isinstance(hs, np.ndarray):
            raise Mismatch(Text("hs is not one array.", "hs不是一个数组。"), subject="shape")


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """Both results have the dtype of the arguments.

    zh: 两个结果的数据类型都与参数相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 3, 2, 4, 3, dtype)
        expected = reference.rnn_forward(*args)
        results = student.rnn_forward(*args)
        assert_states(results, expected, terms=8)
        for result, name in zip(results, ("hs", "h"), strict=True):
            assert_dtype_kept(result, dtype, name)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，所有参数保持不变；各次调用互不影响。
    """
    args = arguments(draw, 3, 2, 4, 3)
    before = [array.copy() for array in args]
    expected = reference.rnn_forward(*before)
    assert_states(student.rnn_forward(*args), expected, terms=8)
    for array, old, name in zip(args, before, NAMES, strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "rnn_forward", arguments(draw, 3, 2, 4, 3), before)
