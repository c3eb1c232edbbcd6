from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

NAMES = ("X", "gamma", "beta", "moving_mean", "moving_var")


def arguments(draw, n, d, scale=1.0, shift=0.0, dtype=None):
    """Return X, gamma, beta, moving_mean and moving_var; each feature has a scale of its own."""
    scales = draw.uniform(0.5, 2, d, dtype=dtype)
    return [
        (draw.normal(n, d, dtype=dtype) * scales * scale + shift * scales).astype(scales.dtype),
        draw.away_from_zero(d, gap=0.3, dtype=dtype),
        draw.normal(d, dtype=dtype),
        draw.normal(d, dtype=dtype),
        draw.uniform(0.2, 3, d, dtype=dtype),
    ]


def assert_results(found, expected, **room):
    """Assert that all three results are right."""
    for result, right, name in zip(found, expected, ("Y", *NAMES[3:]), strict=True):
        assert_close(result, right, what=name, **room)


@points(1)
def test_eps(student, reference, draw):
    """Eps stands under the root, whatever its size; features without variance give beta.

    zh: 无论大小，`eps`都在根号里面；方差为零的特征得到`beta`。
    """
    for scale, rest in [(0.003, []), (1, [0.9, 0.5]), (1e-3, [0.9, 1e-3]), (0.02, [0.5, 1e-4])]:
        for training in (True, False):
            args = arguments(draw, 5, 3, scale=scale, dtype="float64")
            args[4] *= scale**2
            expected = reference.batch_norm(*args, *rest, training=training)
            assert_results(student.batch_norm(*args, *rest, training=training), expected)
    X, *others = arguments(draw, 4, 3)
    X[:, 1] = X[0, 1]
    expected = reference.batch_norm(X, *others)
    assert_results(student.batch_norm(X, *others), expected, terms=4, condition=10)


@points(1)
def test_any_size(student, reference, draw):
    """One example or many, one feature or many, given by position or by name.

    zh: 样本和特征可以是一个或很多个，参数可以按位置或按名称传入。
    """
    for n, d in draw.sizes(2, 200):
        args = arguments(draw, n, d)
        expected = reference.batch_norm(*args, 0.8, 0.01, True)
        assert_results(student.batch_norm(*args, 0.8, 0.01, True), expected, terms=n, condition=10)
        expected = reference.batch_norm(*args, eps=0.023, momentum=0.3)
        found = student.batch_norm(*args, eps=0.023, momentum=0.3)
        assert_results(found, expected, terms=n, condition=10)
    args = arguments(draw, 30, 4, scale=100, shift=300, dtype="float64")
    expected = reference.batch_norm(*args)
    assert_results(student.batch_norm(*args), expected)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """All results have the dtype of the arguments, in training and in prediction.

    zh: 训练和预测时，所有结果的数据类型都与参数相同。
    """
    for dtype in ("float32", "float64"):
        for training in (True, False):
            args = arguments(draw, 4, 3, dtype=dtype)
            expected = reference.batch_norm(*args, training=training)
            found = student.batch_norm(*args, training=training)
            assert_results(found, expected, terms=4, condition=10)
            for result, name in zip(found, ("Y", *NAMES[3:]), strict=True):
                assert_dtype_kept(result, dtype, name)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，所有参数保持不变；各次调用互不影响。
    """
    for training in (True, False):
        args = arguments(draw, 4, 3)
        before = [array.copy() for array in args]
        expected = reference.batch_norm(*before, training=training)
        found = student.batch_norm(*args, training=training)
        assert_results(found, expected, terms=4, condition=10)
        for array, old, name in zip(args, before, NAMES, strict=True):
            assert_unchanged(array, old, name)
    assert_no_memory(student, "batch_norm", arguments(draw, 4, 3), before)
