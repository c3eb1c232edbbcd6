from math import comb

import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    assert_independent,
    assert_rate,
    assert_unchanged,
    points,
    says,
)

from .test_public import counted


def probability(events, n, p):
    """Return the probability that a binomial count is among *events*."""
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in events)


@points(1)
def test_few_outcomes(student, draw):
    """No draws, one outcome and impossible outcomes are right, too.

    zh: 不抽取、只有一种结果和不可能出现的结果也都正确。
    """
    for k in (3, 1):
        counted(student, draw.probabilities(k), 0)
    for n in (1, 12, 500):
        counted(student, draw.cast([1.0]), n)
    for probs in ([0, 0.7, 0.3], [0.25, 0, 0, 0.75, 0], [0, 1, 0], [0, 0, 1], [1, 0]):
        for n in (1, 3, 5000):
            counts = counted(student, draw.cast(probs), n)
            if counts[np.array(probs) == 0].any():
                text = Text("An impossible outcome came.", "出现了不可能出现的结果。")
                raise Mismatch(text)
            possible = np.flatnonzero(probs)
            if len(possible) == 2 and n == 5000:
                for i in possible:
                    assert_rate(int(counts[i]), n, probs[i], f"sample_counts(probs, {n})[{i}]")


@points(2)
@says("state", "values")
def test_draws_on_their_own(student, draw):
    """Every draw is independent of the others, in the same call and in other ones.

    zh: 无论是否在同一次调用中，每次抽取都与其他各次独立。
    """
    probs = draw.cast([0.5, 0.2, 0.3])
    single = counted(student, probs, 1, 600)
    for i, rate in enumerate(probs):
        came = single[:, i] == 1
        assert_rate(int(came.sum()), len(came), float(rate), f"sample_counts(probs, 1)[{i}]")
        assert_independent(came, f"sample_counts(probs, 1)[{i}]")
    # of two draws, every pair has its probability, and so have two that are alike
    pairs = counted(student, probs, 2, 1500)
    alike = int((pairs == 2).sum())
    assert_rate(alike, len(pairs), 0.38, "sample_counts(probs, 2).max() == 2")
    for i in range(3):
        for j in range(i, 3):
            wanted = np.eye(3)[i] + np.eye(3)[j]
            rate = float(probs[i] * probs[j]) * (1 if i == j else 2)
            came = (pairs == wanted).all(axis=1)
            name = f"sample_counts(probs, 2) == {wanted.astype(int).tolist()}"
            assert_rate(int(came.sum()), len(came), rate, name)
    # of many draws, counts are neither closer to what is expected nor further away than chance
    for n, calls in ((30, 300), (200, 300), (1024, 60)):
        counts = counted(student, probs, n, calls)
        for i, p in enumerate(map(float, probs)):
            spread = (n * p * (1 - p)) ** 0.5
            near = [x for x in range(n + 1) if abs(x - n * p) <= 0.6 * spread]
            below = range(int(n * p))
            name = f"sample_counts(probs, {n})[{i}]"
            for events in (near, below):
                hits = np.isin(counts[:, i], list(events))
                assert_rate(int(hits.sum()), len(hits), probability(events, n, p), name)


@points(1)
@says("state", "unchanged", "values")
def test_fresh_each_call(student, draw):
    """Every call draws anew, and the probabilities are unchanged on return.

    zh: 每次调用都重新抽样；函数返回后，概率保持不变。
    """
    for dtype in ("float32", "float64"):
        # rising, so that the improbable outcomes stand together
        probs = np.sort(draw.probabilities(40, dtype=dtype))
        before = probs.copy()
        calls = [counted(student, probs, 1000) for _ in range(18)]
        assert_unchanged(probs, before, "probs")
        for counts in calls:
            came = int(counts[:10].sum())
            rate = float(before[:10].astype(np.float64).sum())
            assert_rate(came, 1000, rate, "sample_counts(probs, 1000)[:10]")
            # a last outcome that takes what is left varies more
            rate = float(before[-1])
            assert_rate(int(counts[-1]), 1000, rate, "sample_counts(probs, 1000)[-1]")
        if all((counts == calls[0]).all() for counts in calls):
            raise Mismatch(Text("All calls give the same counts.", "每次调用都得到了相同的次数。"))
