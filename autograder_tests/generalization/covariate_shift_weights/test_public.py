from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each example has the weight that its own probability gives, for any number of examples.

    zh: 每个样本的权重由它自己的概率决定，样本数任意。
    """
    for n in (5, 1, 2, 70):
        for dtype in (None, "float64"):
            p = draw.uniform(0.05, 0.95, n, dtype=dtype)
            expected = reference.covariate_shift_weights(p)
            assert_close(student.covariate_shift_weights(p), expected)
    p = draw.cast([0.5, 0.8, 0.2, 0.5, 1.0])
    expected = reference.covariate_shift_weights(p)
    assert_close(student.covariate_shift_weights(p), expected)
    # arguments that are easily taken for earlier ones
    for (p,) in draw.relatives(draw.uniform(0.1, 0.45, 6)):
        expected = reference.covariate_shift_weights(p)
        assert_close(student.covariate_shift_weights(p), expected)
