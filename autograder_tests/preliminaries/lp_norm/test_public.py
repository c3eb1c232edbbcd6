from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is the p-norm of all entries, whatever the shape and for any p.

    zh: 无论形状如何、p取何值，结果都是所有元素的p范数。
    """
    for p in (1, 2, 3, 2.37):
        for shape in draw.shapes():
            x = draw.away_from_zero(*shape)
            expected = reference.lp_norm(x, p)
            assert_close(student.lp_norm(x, p), expected, terms=x.size, condition=4)
        # arguments that are easily taken for earlier ones
        for x, same in draw.relatives(draw.normal(4, 3), p):
            expected = reference.lp_norm(x, same)
            assert_close(student.lp_norm(x, same), expected, terms=x.size, condition=4)
        for x in (draw.coincident(3), draw.cast([0.0, 0.0]), draw.cast(-1.5)):
            expected = reference.lp_norm(x, p)
            assert_close(student.lp_norm(x, p), expected, terms=x.size, condition=4)
