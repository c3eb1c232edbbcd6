from grader.checks import points

from ..counting import assert_counts, text


@points(2)
def test_values(student, reference, draw):
    """Each run of n tokens is counted wherever it begins, overlapping ones, too.

    zh: 每个由n个词元组成的n元语法，在其开始的每一处都计数，重叠的也不例外。
    """
    for tokens, n in [
        (["a", "b", "a", "b"], 2),
        (["to", "be", "or", "not", "to", "be"], 3),
        (["x", "x", "x", "x", "x"], 2),
        (["b", "a", "b"], 1),
    ]:
        expected = reference.ngram_counts(tokens, n)
        assert_counts(student.ngram_counts(tokens, n), expected)
    for n in (1, 2, 3, 4):
        tokens = text(draw, 60, 3)
        expected = reference.ngram_counts(tokens, n)
        assert_counts(student.ngram_counts(tokens, n), expected)
