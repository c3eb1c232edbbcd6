from grader.checks import points, says

from ..counting import assert_counts, text


@points(1)
def test_short_and_long_texts(student, reference, draw):
    """Texts shorter than n, as long as n, and long ones; also n = 5.

    zh: 文本可以短于n、恰好等于n，也可以很长；n可以为5。
    """
    for length, n in [(2, 3), (0, 1), (3, 3), (1, 1), (4, 5), (5, 5), (9, 5), (700, 1), (300, 2)]:
        tokens = text(draw, length, 4)
        expected = reference.ngram_counts(tokens, n)
        assert_counts(student.ngram_counts(tokens, n), expected)
    # not only nothing
    tokens = text(draw, 12, 2)
    expected = reference.ngram_counts(tokens, 2)
    assert_counts(student.ngram_counts(tokens, 2), expected)


@points("0.5")
def test_any_strings(student, reference, draw):
    """Tokens are any strings: empty, with spaces, in upper and lower case.

    zh: 词元可以是任意字符串：空的、含空格的、大小写不同的。
    """
    for tokens in (
        ["The", "the", "THE", "the"],
        ["a b", "c", "a", "b c", "a b", "c"],
        ["", " ", "", "", " ", "", ""],
        ["12", "1", "21", "2", "12"],
        ["你", "好", "你", "好", ".", ",", "."],
    ):
        for n in (1, 2):
            expected = reference.ngram_counts(tokens, n)
            assert_counts(student.ngram_counts(tokens, n), expected)


@points("0.5")
@says("state", "values")
def test_no_call_affects_another(student, reference, draw):
    """Each call counts its own text only.

    zh: 每次调用只对自己的文本计数。
    """
    for length in (9, 4, 9):
        tokens = ["begin", *text(draw, length, 2)]
        expected = reference.ngram_counts(tokens, 2)
        assert_counts(student.ngram_counts(tokens, 2), expected)
