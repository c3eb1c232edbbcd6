"""Small tables of houses, and what is compared of a result."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close

from ..houses import houses, split

NAMES = ("train_error", "valid_error", "prices")


def generator(draw):
    """Return a generator of random numbers that follows from the check's draws."""
    return np.random.default_rng(int(draw.integers(0, 2**31)))


def tables(draw, n, m, names, gaps=False):
    """Return a table of *n* houses to learn from and one of *m* others, with the columns *names*.

    Without *gaps* nothing is missing in them.
    """
    rng = generator(draw)
    table = houses(rng, n + m)
    if not gaps:
        for name, column in table.items():
            if isinstance(column, list):
                known = [word for word in column if word is not None]
                table[name] = [known[0] if word is None else word for word in column]
            else:
                known = column[~np.isnan(column)]
                table[name] = np.where(np.isnan(column), rng.choice(known, n + m), column)
    return prepared(draw, *split(table, n), names)


def prepared(draw, train, test, names):
    """Return both tables with the columns *names*, and ``price`` in the first."""
    first, second = ({name: cast(draw, table[name]) for name in names} for table in (train, test))
    return first | {"price": cast(draw, train["price"])}, second


def cast(draw, column):
    """Return a column as it is handed over."""
    return list(column) if isinstance(column, list) else draw.cast(column)


def assert_results(student, reference, train, test, k, lr, num_epochs, wd):
    """Assert that both errors and the prices are those of the reference."""
    arguments = [train, test, k, lr, num_epochs, wd]
    expected = reference.house_prices(*arguments)
    results = three(student.house_prices(*arguments))
    terms = len(train["price"])
    for found, want, name in zip(results[:2], expected[:2], NAMES[:2], strict=True):
        # errors of logarithms, which are near 12
        assert_close(found, want, terms=terms, condition=10, scale=1, what=name)
    assert_close(results[2], expected[2], terms=terms, condition=10, what=NAMES[2])
    return results


def three(results):
    """Return *results* if they are three."""
    if not isinstance(results, (tuple, list)) or len(results) != 3:
        raise Mismatch(
            Text("The function does not return three results.", "函数没有返回三个结果。")
        )
    return results


def log_rmse(prices, true):
    """Return the log-RMSE of *prices*, NaN if one is not positive."""
    prices = as_array(prices, "prices")
    assert_close(0 * prices, 0 * true, what="prices")
    if not (prices > 0).all():
        return float("nan")
    return float(np.sqrt(np.mean((np.log(prices) - np.log(true)) ** 2)))
