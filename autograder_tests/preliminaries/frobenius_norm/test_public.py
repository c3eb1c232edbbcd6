from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is the root of the sum of all squares, for matrices of any size.

    zh: 对任意大小的矩阵，结果都是所有元素平方和的平方根。
    """
    for shape in draw.sizes(2):
        A = draw.normal(*shape, scale=2)
        expected = reference.frobenius_norm(A)
        assert_close(student.frobenius_norm(A), expected, terms=A.size)
    for A in (draw.coincident(4), draw.coincident(1), draw.cast([[0.0, 0.0]] * 2)):
        expected = reference.frobenius_norm(A)
        assert_close(student.frobenius_norm(A), expected, terms=A.size)
    # arguments that are easily taken for earlier ones
    for (A,) in draw.relatives(draw.normal(3, 3)):
        expected = reference.frobenius_norm(A)
        assert_close(student.frobenius_norm(A), expected, terms=A.size)
