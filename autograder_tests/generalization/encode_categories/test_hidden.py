from grader.checks import assert_close, points


@points(1)
def test_order_and_absent_categories(student, reference, draw):
    """The columns are in the order of the categories, also of those that do not occur.

    zh: 各列按类别给定的顺序排列，没有出现的类别也不例外。
    """
    for column, categories in [
        (["b", "c"], ["c", "a", "b", "d"]),
        (["z"], ["z", "y", "x"]),
        (["x", None, "x"], ["z", "y", "x"]),
        (["good", "poor", "good"], ["excellent", "good", "fair", "poor"]),
        ([None], ["b", "a"]),
    ]:
        expected = reference.encode_categories(column, categories)
        assert_close(student.encode_categories(column, categories), expected)


@points("0.5")
def test_similar_names(student, reference, draw):
    """Strings that are alike, empty or look like a missing value are categories of their own.

    zh: 相似的、空的或看起来像缺失值的字符串都是单独的类别。
    """
    for categories in (
        ["pool", "Pool", "poo", "pool "],
        ["", "None", "NA", "nan"],
        ["10", "1", "0"],
    ):
        for column in (categories, [*categories[::-1], None], [categories[1], categories[0]]):
            expected = reference.encode_categories(column, categories)
            assert_close(student.encode_categories(column, categories), expected)


@points("0.5")
def test_calls_do_not_depend_on_each_other(student, reference, draw):
    """Categories are those of this call alone.

    zh: 类别只取决于本次调用的参数。
    """
    calls = [
        (["a", "b"], ["a", "b"]),
        (["a", None], ["b", "a"]),
        (["b", "c"], ["c", "b"]),
        (["a", "b"], ["a", "b"]),
    ]
    expected = [reference.encode_categories(*call) for call in calls]
    found = student.encode_categories.many([list(call) for call in calls])
    for number, (got, want) in enumerate(zip(found, expected, strict=True)):
        assert_close(got, want, what=f"encode_categories{calls[number]}")
