import numpy as np

from grader.checks import assert_close, points


@points(1)
def test_batch_sizes(student, draw):
    """Batches hold batch_size examples; what is left forms a shorter last one.

    zh: 每个小批量包含batch_size个样本；剩余的样本组成较小的最后一个小批量。
    """
    # many times over: with shuffled batches the short one may come last by chance
    for n, batch_size, counts in [(11, 4, [4, 4, 3]), (10, 4, [4, 4, 2])] + [
        (41, 3, [3] * 13 + [2])
    ] * 6:
        features, labels = draw.distinct(n, 3), draw.distinct(n, 1)
        batches = list(student.data_iter(batch_size, features, labels))
        assert_close([len(X) for X, _ in batches], counts, what="[len(X) for X, y in batches]")
        for (X, y), count in zip(batches, counts, strict=True):
            assert_close(0 * X, np.zeros((count, 3)), what="X")
            assert_close(0 * y, np.zeros((count, 1)), what="y")


@points(1)
def test_every_example_once(student, draw):
    """Every example comes exactly once.

    zh: 每个样本恰好出现一次。
    """
    for n, batch_size in [(12, 4), (11, 4), (7, 3)]:
        features, labels = draw.distinct(n, 2), draw.distinct(n, 1)
        batches = list(student.data_iter(batch_size, features, labels))
        seen = np.concatenate([X for X, _ in batches])
        assert_close(
            sorted(seen.tolist()), sorted(features.tolist()), what="sorted(X for X, y in batches)"
        )
        seen = np.concatenate([y for _, y in batches])
        assert_close(
            np.sort(seen, axis=0), np.sort(labels, axis=0), what="sorted(y for X, y in batches)"
        )


@points(2)
def test_pairs_stay_together(student, draw):
    """In every batch, row i of the labels belongs to row i of the features.

    zh: 在每个小批量中，第i行标签都对应第i行特征。
    """
    features = draw.distinct(23, 3)
    labels = 2 * features[:, :1] + 1
    for X, y in list(student.data_iter(5, features, labels)):
        rows = [row for row in X.tolist() if row in features.tolist()]
        assert_close(rows, X, what="X")
        assert_close(y, 2 * X[:, :1] + 1, what="y")
