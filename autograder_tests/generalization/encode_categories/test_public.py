from grader.checks import assert_close, points

ROOFS = ["flat", "gable", "hip", "mansard"]


@points(2)
def test_values(student, reference, draw):
    """There is a row for each value, with a one at its category and zeros elsewhere.

    zh: 每个值占一行，其类别处为1，其余各处为0。
    """
    for places in ([2, 0, 3, 3, 1, 0], [1, 2, 0], [3, 1], [0, 1, 2, 3]):
        column = [ROOFS[place] for place in places]
        expected = reference.encode_categories(column, ROOFS)
        assert_close(student.encode_categories(column, ROOFS), expected)
    for n, k in draw.sizes(2, 70):
        categories = [f"zone {place:02d}" for place in draw.permutation(k)]
        column = [categories[place] for place in draw.labels(n, k)]
        expected = reference.encode_categories(column, categories)
        assert_close(student.encode_categories(column, categories), expected)


@points(1)
def test_missing_values(student, reference, draw):
    """A missing value has a one in the last column only.

    zh: 缺失值只在最后一列为1。
    """
    for column in (["hip", None, "flat", None, None], [None, "gable"], [None], ["mansard", None]):
        expected = reference.encode_categories(column, ROOFS)
        assert_close(student.encode_categories(column, ROOFS), expected)
    expected = reference.encode_categories([None, "yes", None], ["yes"])
    assert_close(student.encode_categories([None, "yes", None], ["yes"]), expected)
