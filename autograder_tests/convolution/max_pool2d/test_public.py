from grader.checks import assert_close, points


@points(2)
def test_windows_side_by_side(student, reference, draw):
    """With a stride as large as the window, each window gives its largest entry.

    zh: 步幅与窗口大小相同时，每个窗口给出其最大元素。
    """
    for shape, size in [((2, 3, 6, 4), 2), ((1, 2, 6, 9), 3), ((3, 3, 4, 4), 2), ((2, 1, 3, 5), 1)]:
        X = draw.normal(*shape)
        expected = reference.max_pool2d(X, size, size)
        assert_close(student.max_pool2d(X, size, size), expected, terms=size**2, scale=2.0)
    for factor in draw.magnitudes():
        X = draw.normal(2, 3, 4, 6, scale=factor, dtype="float64")
        expected = reference.max_pool2d(X, 2, 2)
        assert_close(student.max_pool2d(X, 2, 2), expected, terms=4)
    for args in draw.relatives(draw.coincident(2, 4, 4), 2, 2):
        expected = reference.max_pool2d(*args)
        assert_close(student.max_pool2d(*args), expected, terms=4, scale=2.0)


@points(1)
def test_overlaps_and_gaps(student, reference, draw):
    """Windows may overlap or leave gaps.

    zh: 窗口可以重叠，也可以留有空隙。
    """
    for shape, size, stride in [
        ((2, 2, 5, 6), 3, 1),
        ((1, 3, 7, 5), 3, 2),
        ((2, 2, 6, 7), 2, 1),
        ((2, 1, 7, 10), 1, 3),
        ((1, 2, 8, 5), 2, 3),
    ]:
        X = draw.normal(*shape)
        expected = reference.max_pool2d(X, size, stride)
        assert_close(student.max_pool2d(X, size, stride), expected, terms=size**2, scale=2.0)
