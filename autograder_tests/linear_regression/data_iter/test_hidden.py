import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    assert_close,
    assert_dtype_kept,
    assert_random_order,
    assert_unchanged,
    points,
    says,
)


def assert_haphazard(order, reach, what):
    """Assert that hardly any two neighbours in *order* were neighbours before.

    Of n shuffled numbers about 2 * reach follow one that is at most *reach* away; when only
    batches are shuffled, or only the examples within each batch, almost all of them do.
    """
    close = np.abs(np.diff(order)) <= reach
    if close.sum() > len(order) / 4:
        raise Mismatch(what)


@points(2)
def test_shuffled_anew(student, draw):
    """Examples, not batches, are shuffled, anew at each call.

    zh: 被打乱的是样本而不是小批量，并且每次调用都重新打乱。
    """
    n, batch_size = 800, 10
    features, labels = draw.distinct(n, 2), draw.cast(np.arange(n)).reshape(n, 1)
    orders = []
    for _ in range(2):
        batches = list(student.data_iter(batch_size, features.copy(), labels.copy()))
        order = np.concatenate([y for _, y in batches])[:, 0].astype(int)
        assert_close(np.sort(order), np.arange(n), what="sorted(y for X, y in batches)")
        assert_close(
            np.concatenate([X for X, _ in batches]),
            features[order],
            what="[X for X, y in batches]",
        )
        orders.append(order)
    first, second = orders
    for order in orders:
        fixed = Text("The examples do not come in random order.", "样本的顺序不是随机的。")
        assert_haphazard(order, batch_size, fixed)
    place = np.argsort(first)
    again = Text("The order is not shuffled anew at each call.", "并非每次调用都重新打乱顺序。")
    assert_haphazard(place[second], batch_size, again)
    # many epochs through few examples: is every order as likely as any other?
    for n, batch_size, epochs in [(2, 2, 360), (4, 2, 150), (30, 15, 60), (200, 100, 60)]:
        numbers = draw.cast(np.arange(n)).reshape(n, 1)
        lists = student.data_iter.listed([[batch_size, numbers, numbers]] * epochs)
        orders = np.stack([np.concatenate([y for _, y in batches])[:, 0] for batches in lists])
        assert_close(np.sort(orders), np.tile(np.arange(n), (epochs, 1)), what="sorted(y)")
        assert_random_order(orders.astype(int), "[y for X, y in batches]")


@points(1)
def test_other_sizes(student, draw):
    """A batch size above the number of examples, batches of one, and flat labels work.

    zh: batch_size大于样本数、小批量只含一个样本以及标签为一维时都适用。
    """
    several, one = [(10, [6]), (100, [6]), (6, [6]), (1, [1] * 6)], [(1, [1]), (4, [1])]
    for n, shape, cases in [
        (6, (6, 1), several),
        (6, (6,), several),
        (1, (1, 1), one),
        (1, (1,), one),
    ]:
        features, labels = draw.distinct(n, 3), draw.distinct(*shape)
        for batch_size, counts in cases:
            batches = list(student.data_iter(batch_size, features, labels))
            assert_close([len(X) for X, _ in batches], counts, what="[len(X) for X, y in batches]")
            seen = np.concatenate([X for X, _ in batches])
            order = [features.tolist().index(row) for row in seen.tolist()]
            assert_close(sorted(order), np.arange(n), what="sorted(X for X, y in batches)")
            assert_close(
                np.concatenate([y for _, y in batches]),
                labels[order],
                what="[y for X, y in batches]",
            )


@points(1)
@says("dtype", "unchanged")
def test_data_unchanged(student, draw):
    """The data are unchanged after the last batch, and batches have their dtype.

    zh: 取完最后一个小批量之后数据保持不变，小批量的数据类型与数据相同。
    """
    for dtype in ("float32", "float64"):
        features = draw.distinct(30, 2, dtype=dtype)
        labels = features[:, 1:] - 3
        before, before_labels = features.copy(), labels.copy()
        for X, y in student.data_iter(4, features, labels):
            assert_dtype_kept(X, dtype, "X")
            assert_dtype_kept(y, dtype, "y")
            assert_close(y, X[:, 1:] - 3, what="y")
        assert_unchanged(features, before, "features")
        assert_unchanged(labels, before_labels, "labels")
    whole = draw.integers(0, 9, 30)
    for X, y in student.data_iter(4, draw.distinct(30, 2), whole):
        assert_dtype_kept(X, draw.dtype, "X")
        assert_dtype_kept(y, "int64", "y")
