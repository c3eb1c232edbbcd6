from grader.checks import Mismatch, Text, assert_close


def tables(draw, n, m, d, dtype=None):
    """Return training and test data whose columns have means, and deviations, of their own."""
    size, level = draw.uniform(0.5, 4, d), draw.uniform(-8, 8, d)
    train, test = (draw.away_from_zero(rows, d) * size + level for rows in (n, m))
    train[0] += 9 * size  # far from the others, however few they are
    return draw.cast(train, dtype), draw.cast(1.3 * test + 2, dtype)


def assert_standardized(found, expected, condition=20):
    """Assert that both tables are those of the reference."""
    if not isinstance(found, list | tuple) or len(found) != len(expected):
        raise Mismatch(Text("The result is not two arrays.", "结果不是两个数组。"))
    for name, table, want in zip(("train", "test"), found, expected, strict=True):
        assert_close(table, want, terms=4, condition=condition, what=name)
