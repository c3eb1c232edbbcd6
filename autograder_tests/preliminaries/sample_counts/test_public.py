import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, assert_rate, points


def counted(student, probs, n, calls=None):
    """Return counts after looking at their form: whole numbers, none negative, that sum to n.

    With a number of calls, there is a row for each.
    """
    if calls is None:
        counts = as_array(student.sample_counts(probs, n))
        shape = (len(probs),)
    else:
        counts = as_array(student.sample_counts.many([[probs, n]] * calls))
        shape = (calls, len(probs))
    assert_close(0 * counts, np.zeros(shape, dtype=counts.dtype))
    if (counts != np.round(counts)).any():
        raise Mismatch(Text("Some counts are not whole numbers.", "有的次数不是整数。"))
    if (counts < 0).any():
        raise Mismatch(Text("Some counts are negative.", "有的次数是负数。"))
    if (counts.sum(axis=-1, dtype=np.float64) != n).any():
        raise Mismatch(Text("The counts do not sum to n.", "各个次数之和不等于n。"))
    return counts


@points(2)
def test_sum(student, draw):
    """The counts are whole numbers, one for each outcome, and sum to n.

    zh: 次数都是整数，每种结果一个，总和为n。
    """
    for k in (2, 5, 1, 3, 70):
        for n in (1, 7, 10, 100, 1000):
            counted(student, draw.probabilities(k), n)


@points(2)
def test_probabilities(student, draw):
    """Each outcome comes as often as its probability says.

    zh: 每种结果出现的频率与它的概率相符。
    """
    given = [draw.probabilities(k) for k in (2, 3, 6)]
    for probs in [*given, draw.cast([0.5, 0.5]), draw.cast([0.02, 0.9, 0.08])]:
        for n in (20_000, 19_997):
            counts = counted(student, probs, n)
            for i, rate in enumerate(probs.astype(np.float64)):
                assert_rate(int(counts[i]), n, float(rate), f"sample_counts(probs, {n})[{i}]")
    # one outcome is rare, and the other comes more often than 16 bits can count
    counts = counted(student, draw.cast([0.0005, 0.9995]), 70_000)
    assert_rate(int(counts[0]), 70_000, 0.0005, "sample_counts(probs, 70000)[0]")
