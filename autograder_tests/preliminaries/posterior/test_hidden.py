from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_tiny_likelihoods(student, reference, draw):
    """Data that were improbable under every hypothesis still tell between them.

    zh: 即使数据在所有假设下都极不可能出现，也仍能区分这些假设。
    """
    for size in (1e-30, 1e-20, 1e-9, 1e-4):
        for dtype in (None, "float64"):
            prior = draw.probabilities(5, dtype=dtype)
            likelihood = draw.uniform(1, 9, 5, dtype=dtype) * draw.cast(size, dtype)
            expected = reference.posterior(prior, likelihood)
            # logarithms of such numbers magnify errors
            result = student.posterior(prior, likelihood)
            assert_close(result, expected, terms=5, condition=70)
    prior = draw.cast([0.2, 0.3, 0.5], "float64")
    for likelihood in ([1, 1e-30, 1e-9], [1e-12, 1e-12, 1e-11], [0, 1e-30, 1e-29]):
        given = draw.cast(likelihood, "float64")
        expected = reference.posterior(prior, given)
        result = student.posterior(prior, given)
        assert_close(result, expected, terms=3, condition=70)
        # small ones are right, too
        assert_close(result[:2], expected[:2], terms=3, condition=70, scale=expected[:2].max())


@points(1)
@says("dtype", "state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """Both arguments are unchanged on return, and the result has their dtype.

    zh: 函数返回后，两个参数保持不变；结果的数据类型与它们相同。
    """
    for dtype in ("float32", "float64"):
        arguments = [draw.probabilities(4, dtype=dtype), draw.uniform(0.1, 1, 4, dtype=dtype)]
        before = [array.copy() for array in arguments]
        expected = reference.posterior(*before)
        result = student.posterior(*arguments)
        assert_close(result, expected, terms=4)
        for array, old, name in zip(arguments, before, ("prior", "likelihood"), strict=True):
            assert_unchanged(array, old, name)
        assert_dtype_kept(result, dtype)
        first = [draw.probabilities(4, dtype=dtype), draw.uniform(0.1, 1, 4, dtype=dtype)]
        assert_no_memory(student, "posterior", first, before)
