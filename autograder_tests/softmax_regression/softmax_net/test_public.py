from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each row holds the probabilities of the classes for one image.

    zh: 每一行是一幅图像属于各个类别的概率。
    """
    for n, c, h, w, k in [(5, 1, 3, 2, 4), (2, 3, 2, 4, 5), (1, 1, 2, 2, 3), (3, 2, 1, 1, 1)]:
        X, W, b = draw.normal(n, c, h, w), draw.normal(c * h * w, k, scale=0.5), draw.normal(k)
        expected = reference.softmax_net(X, W, b)
        assert_close(student.softmax_net(X, W, b), expected, terms=c * h * w + k, condition=5)
    X, W, b = (draw.normal(*shape, dtype="float64") for shape in [(4, 2, 3, 2), (12, 3), (3,)])
    expected = reference.softmax_net(X, W, b)
    assert_close(student.softmax_net(X, W, b), expected)


@points(1)
def test_flat_examples(student, reference, draw):
    """Examples may be flat already, in any number.

    zh: 样本也可以已经展平，样本数任意。
    """
    for n, d, k in [(4, 3, 2), (1, 5, 3), (3, 3, 3), (2, 4, 4), (60, 2, 3), (2, 70, 3), (3, 1, 2)]:
        X, W, b = draw.normal(n, d), draw.normal(d, k, scale=d**-0.5), draw.normal(k)
        expected = reference.softmax_net(X, W, b)
        assert_close(student.softmax_net(X, W, b), expected, terms=d + k, condition=5)
