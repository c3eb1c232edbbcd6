import numpy as np

from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says

#: a fraction may be computed in float32, whatever the scores are in
ROUNDING = 1e-6


@points(1)
def test_any_scores(student, reference, draw):
    """Scores may be of any sign and size, and very close to each other.

    zh: 得分的正负和大小不限，也可以非常接近。
    """
    y = np.array([0, 1, 2, 1, 0, 2, 2])
    right = np.array([1, 1, 0, 1, 1, 0, 1], bool)
    best = np.where(right, y, (y + 1) % 3)
    for low, gap, dtype in [(-1000, 1.0, None), (0, 1e-4, None), (-0.5, 1e-10, "float64")]:
        scores = draw.cast(np.full((7, 3), float(low)), dtype)
        scores[range(7), best] += gap
        scores[range(7), (best + 1) % 3] -= 2 * gap
        expected = reference.accuracy(scores, y)
        assert_close(student.accuracy(scores, y), expected, scale=1.0, tolerance=ROUNDING)
    for size, k in [(1e-6, 5), (3000, 5), (1, 2)]:
        scores = draw.normal(40, k, scale=size)
        y = draw.labels(40, k)
        y[::2] = scores[::2].argmax(axis=1)
        expected = reference.accuracy(scores, y)
        assert_close(student.accuracy(scores, y), expected, scale=1.0, tolerance=ROUNDING)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """The scores and the labels are unchanged on return, and no call affects another.

    zh: 函数返回后，得分和标签保持不变；各次调用互不影响。
    """
    scores, y = draw.cast([[1, -2], [-3, 4], [5, 6], [0.5, 0.2]]), np.array([0, 0, 1, 1])
    given = [scores.copy(), y.copy()]
    expected = reference.accuracy(*given)
    assert_close(student.accuracy(scores, y), expected, scale=1.0, tolerance=ROUNDING)
    assert_unchanged(scores, given[0], "y_hat")
    assert_unchanged(y, given[1], "y")
    first = [draw.cast([[2, 1], [1, 3], [7, 6], [0, 1]]), np.array([0, 1, 0, 1])]
    assert_no_memory(student, "accuracy", first, given)
