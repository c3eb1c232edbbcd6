from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(2)
def test_large_products(student, reference, draw):
    """Products may be near 1000 and near -1000, for the context word and for noise words.

    zh: 无论是上下文词还是噪声词，点积都可以接近1000和-1000。
    """
    for context, negatives in [(1, [-1, -1]), (-1, [-1, 1]), (1, [1, -1, 1]), (-0.1, [0.05, 0.02])]:
        center = draw.normal(4)
        center[0] = 10.0
        u, others = draw.normal(4), draw.normal(len(negatives), 4)
        u[0], others[:, 0] = 100 * context, 100 * draw.cast(negatives)
        expected = reference.skip_gram_loss(center, u, others)
        found = student.skip_gram_loss(center, u, others)
        assert_close(found, expected, terms=20, scale=3000.0)
    for size in (19.9, 35.1, 300.7):
        # almost nothing to lose, or all of it: nothing is cut off or rounded in float64
        for sign in (1, -1):
            args = [draw.cast(x, "float64") for x in ([1.01, 0.49], [size, sign], [[-size, sign]])]
            expected = reference.skip_gram_loss(*args)
            assert_close(student.skip_gram_loss(*args), expected, scale=max(1e-3, expected))
            args = [args[0], -sign * args[1], -sign * args[2]]
            expected = reference.skip_gram_loss(*args)
            assert_close(student.skip_gram_loss(*args), expected, scale=max(1e-3, expected))


@points(1)
def test_any_size(student, reference, draw):
    """One noise word or many, vectors of any length.

    zh: 一个或很多噪声词，向量可以任意长。
    """
    for k, d in draw.sizes(2, 200):
        center, context = draw.normal(d, scale=d**-0.5), draw.normal(d)
        negatives = draw.normal(k, d)
        expected = reference.skip_gram_loss(center, context, negatives)
        found = student.skip_gram_loss(center, context, negatives)
        assert_close(found, expected, terms=d * (k + 1), condition=4)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All vectors are unchanged on return, and no call affects another.

    zh: 函数返回后，所有向量保持不变；各次调用互不影响。
    """
    args = [draw.normal(3), draw.normal(3), draw.normal(2, 3)]
    before = [array.copy() for array in args]
    expected = reference.skip_gram_loss(*before)
    found = student.skip_gram_loss(*args)
    assert_close(found, expected, terms=9, condition=4, scale=max(1, expected))
    for array, old, name in zip(args, before, ("center", "context", "negatives"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(3), draw.normal(3), draw.normal(2, 3)]
    assert_no_memory(student, "skip_gram_loss", first, before)
