import numpy as np

from grader.checks import assert_close, points


@points(3)
def test_values(student, reference, draw):
    """The loss is summed over the context word and all noise words.

    zh: 损失是上下文词和所有噪声词的损失之和。
    """
    for d, k, dtype in [(4, 3, None), (3, 5, "float64"), (3, 3, None), (2, 1, None)]:
        center, context = draw.normal(d, dtype=dtype), draw.normal(d, dtype=dtype)
        negatives = draw.normal(k, d, dtype=dtype)
        expected = reference.skip_gram_loss(center, context, negatives)
        found = student.skip_gram_loss(center, context, negatives)
        terms = {} if dtype else {"terms": d * (k + 1), "condition": 4}
        assert_close(found, expected, scale=max(1, expected), **terms)
    # a noise word may be the context word
    center, context, other = (draw.normal(3) for _ in range(3))
    args = [center, context, np.stack([context, other, context])]
    expected = reference.skip_gram_loss(*args)
    found = student.skip_gram_loss(*args)
    assert_close(found, expected, terms=12, condition=4, scale=max(1, expected))
    center, context = draw.normal(3), draw.normal(3)
    for args in draw.relatives(center, context, draw.coincident(3)):
        expected = reference.skip_gram_loss(*args)
        found = student.skip_gram_loss(*args)
        assert_close(found, expected, terms=21, condition=4, scale=max(1, expected))
    args = [np.zeros_like(center), context, draw.normal(2, 3)]
    expected = reference.skip_gram_loss(*args)
    assert_close(student.skip_gram_loss(*args), expected, terms=3)
