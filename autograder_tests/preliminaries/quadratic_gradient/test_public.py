from grader.checks import assert_close, assert_differentiated, points, says


@points(1)
def test_values(student, reference, draw):
    """The result is the gradient of 2 xᵀx, for vectors of any length.

    zh: 对任意长度的向量，结果都是2xᵀx的梯度。
    """
    for n in (4, 1, 2, 70, 1100):
        x = draw.away_from_zero(n)
        expected = reference.quadratic_gradient(x)
        assert_close(student.quadratic_gradient(x), expected)
    for x in (draw.cast([0.0, -2.0, 0.0, 1.5]), draw.cast([0.0]), draw.cast([3.0, 3.0, -3.0])):
        expected = reference.quadratic_gradient(x)
        assert_close(student.quadratic_gradient(x), expected)
    # arguments that are easily taken for earlier ones
    for (x,) in draw.relatives(draw.normal(5)):
        expected = reference.quadratic_gradient(x)
        assert_close(student.quadratic_gradient(x), expected)


@points(1)
@says("work")
def test_by_the_framework(student, reference, draw):
    """The framework differentiates, where it can; only NumPy cannot.

    zh: 求导由框架完成；只有NumPy不会求导，不在此列。
    """
    # of another length than before: what was compiled for that is seen again
    x = draw.away_from_zero(7)
    expected = reference.quadratic_gradient(x)
    assert_close(student.quadratic_gradient(x), expected)
    assert_differentiated(student, "quadratic_gradient", [x])
