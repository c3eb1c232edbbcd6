from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_long_texts(student, reference, draw):
    """A long text is fine, and so are tokens that surprise much more than others.

    zh: 文本可以很长，有些词元也可以比其他的更令人意外。
    """
    for n, top in [(3000, 12), (20000, 4)]:
        nll = draw.uniform(0, top, n)
        expected = reference.perplexity(nll)
        assert_close(student.perplexity(nll), expected, terms=n, condition=top)
    # in float64, so that nothing of the mean is lost in what rounding is allowed
    for n in (7, 3100):
        nll = draw.uniform(0, 6, n, dtype="float64")
        expected = reference.perplexity(nll)
        assert_close(student.perplexity(nll), expected)
    for nll in ([0.1, 0.2, 90.0, 0.3], [1e-9, 2e-9], [15.0, 15.5]):
        nll = draw.cast(nll, "float64")
        expected = reference.perplexity(nll)
        assert_close(student.perplexity(nll), expected, terms=4, condition=30)


@points(1)
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The values are unchanged on return, and no call affects another.

    zh: 函数返回后，传入的值保持不变；各次调用互不影响。
    """
    nll = draw.uniform(0, 4, 6)
    before = nll.copy()
    expected = reference.perplexity(before)
    assert_close(student.perplexity(nll), expected, terms=6, condition=4)
    assert_unchanged(nll, before, "nll")
    assert_no_memory(student, "perplexity", [draw.uniform(0, 4, 6)], [before])
