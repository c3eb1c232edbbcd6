from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is the sum of the absolute values of all entries, whatever its shape.

    zh: 无论形状如何，结果都是所有元素的绝对值之和。
    """
    shapes = [*draw.shapes(), (5, 1), (70, 70)]
    for shape in shapes:
        w = draw.away_from_zero(*shape)
        expected = reference.l1_penalty(w)
        assert_close(student.l1_penalty(w), expected, terms=w.size, condition=1)
    w = draw.coincident(3)
    expected = reference.l1_penalty(w)
    assert_close(student.l1_penalty(w), expected, terms=w.size, condition=1)
    # arguments that are easily taken for earlier ones
    for (w,) in draw.relatives(draw.normal(4, 3)):
        expected = reference.l1_penalty(w)
        assert_close(student.l1_penalty(w), expected, terms=w.size, condition=1)
