from grader.checks import assert_close, points

#: the relative error that the statement allows
ALLOWED = 1e-5


def clipped(reference, grads, theta):
    """Return what the gradients become."""
    expected = [grad.copy() for grad in grads]
    reference.clip_gradients(expected, theta)
    return expected


def assert_gradients(grads, expected):
    """Assert that all gradients are as expected, within the error that the statement allows."""
    for number, (grad, right) in enumerate(zip(grads, expected, strict=True)):
        assert_close(grad, right, tolerance=ALLOWED, what=f"grads[{number}]")


@points(2)
def test_clipped(student, reference, draw):
    """Gradients that are too long together get the norm theta; their direction stays.

    zh: 合起来过长的梯度的范数变为theta，方向不变。
    """
    for theta, size in [(1, 2.0), (0.37, 1.0), (5, 40.0), (2.5, 1e9), (1e-12, 1.0)]:
        grads = [draw.normal(*shape, scale=size) for shape in [(3, 4), (5,), (2, 1, 3)]]
        expected = clipped(reference, grads, theta)
        student.clip_gradients(grads, theta)
        assert_gradients(grads, expected)
    for dtype in (None, "float64"):
        # of norm 0.12; 1e-6 added to it is little enough, under the root it is not
        grads = [draw.cast([0.08, -0.04], dtype), draw.cast([[0.08]], dtype)]
        expected = clipped(reference, grads, 0.05)
        student.clip_gradients(grads, 0.05)
        assert_gradients(grads, expected)
    grads = [draw.cast([3, 0]), draw.cast([4])]
    expected = clipped(reference, grads, 1)
    student.clip_gradients(grads, 1)
    assert_gradients(grads, expected)


@points(1)
def test_one_factor_for_all(student, reference, draw):
    """Long and short gradients in one list are scaled by the same factor, whatever their shapes.

    zh: 同一列表中的梯度，无论长短和形状，都乘以同一个系数。
    """
    grads = [draw.normal(*shape, scale=0.01) for shape in draw.shapes(300)[1:]]
    grads[2] *= 1000
    expected = clipped(reference, grads, 1.7)
    student.clip_gradients(grads, 1.7)
    assert_gradients(grads, expected)
    for count in (1, 2, 30):
        # each is short, all together are not
        grads = [draw.away_from_zero(2, 3) for _ in range(count)]
        theta = 0.9 * sum(float((grad.astype("float64") ** 2).sum()) for grad in grads) ** 0.5
        expected = clipped(reference, grads, theta)
        student.clip_gradients(grads, theta)
        assert_gradients(grads, expected)
