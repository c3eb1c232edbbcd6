import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is the exponential of the mean, for any number of tokens.

    zh: 结果是平均值的指数，词元数可以任意。
    """
    for values in ([2.3, 0.7, 4.1], [0.5], [1.25, 0.0], [0.0, 0.0, 0.0]):
        nll = draw.cast(values)
        expected = reference.perplexity(nll)
        assert_close(student.perplexity(nll), expected, terms=3, condition=5)
    for n in (2, 7, 50):
        nll = draw.uniform(0, 8, n)
        expected = reference.perplexity(nll)
        assert_close(student.perplexity(nll), expected, terms=n, condition=8)
    nll = np.full(4, np.log(10))
    expected = reference.perplexity(nll)
    assert_close(student.perplexity(nll), expected, terms=4, condition=3)
