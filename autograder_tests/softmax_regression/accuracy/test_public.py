import numpy as np

from grader.checks import assert_close, points

#: a fraction may be computed in float32, whatever the scores are in
ROUNDING = 1e-6


@points(2)
def test_values(student, reference, draw):
    """The result is the fraction of examples whose largest score is at the true class.

    zh: 结果是最高分位于真实类别处的样本所占的比例。
    """
    scores = draw.cast([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5], [0.8, 0.1, 0.1], [0.45, 0.15, 0.4]])
    for labels in ([0, 2, 0, 0], [0, 1, 1, 2], [2, 2, 0, 0], [2, 0, 0, 2]):
        y = np.array(labels)
        expected = reference.accuracy(scores, y)
        assert_close(student.accuracy(scores, y), expected, scale=1.0, tolerance=ROUNDING)
    for n, k in draw.sizes(2, 70):
        scores, y = draw.distinct(n, k), draw.labels(n, k)
        expected = reference.accuracy(scores, y)
        assert_close(student.accuracy(scores, y), expected, scale=1.0, tolerance=ROUNDING)
