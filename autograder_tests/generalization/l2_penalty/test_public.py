from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is half the sum of the squares of all entries, whatever its shape.

    zh: 无论形状如何，结果都是所有元素的平方和的一半。
    """
    shapes = [*draw.shapes(), (5, 1), (70, 70)]
    for shape in shapes:
        w = draw.away_from_zero(*shape)
        expected = reference.l2_penalty(w)
        assert_close(student.l2_penalty(w), expected, terms=w.size, condition=2)
    w = draw.coincident(3)
    expected = reference.l2_penalty(w)
    assert_close(student.l2_penalty(w), expected, terms=w.size, condition=2)
    # arguments that are easily taken for earlier ones
    for (w,) in draw.relatives(draw.normal(4, 3)):
        expected = reference.l2_penalty(w)
        assert_close(student.l2_penalty(w), expected, terms=w.size, condition=2)
