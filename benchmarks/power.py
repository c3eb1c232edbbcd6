"""What the tests of chance see: deviations that are found with a probability of 0.999 or more.

For the numbers of draws that this course's checks use, at the false-alarm budget of one in 10⁹ that
each assertion has. The rows are those of the table in docs/check-reference.md.

    python benchmarks/power.py
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.numerics.dependence import MOST_DISTANT  # noqa: E402  # needs the path above
from grader.numerics.statistics import (  # noqa: E402  # needs the path above
    FALSE_ALARM,
    detectable,
    deviation_power,
    independence_power,
    mean_power,
    rate_power,
)

#: trials and rates of assert_rate, numbers of values of assert_normal, tables of assert_independent
RATES = [(1_000, 0.5), (20_000, 0.2), (20_000, 0.7)]
VALUES = [1_000, 4_000, 12_000]
TABLES = [(60, 90, 0.4), (120, 50, 0.4)]
#: numbers of things and of epochs of assert_random_order
ORDERS = [(2, 360), (4, 150), (30, 60), (200, 60)]
#: numbers of calls, of places and their rate, for single places and pairs in assert_independent
CALLS = [(120, 24, 0.4), (120, 24, 0.5)]
#: numbers of events in a row, and their rate, for their distances
IN_A_ROW = [(20_000, 0.4)]


def rows() -> Iterator[str]:
    """Yield the table, line by line."""
    yield "| assertion | draws | found with probability 0.999 |"
    yield "|---|---|---|"
    for n, rate in RATES:
        low = detectable(partial(rate_power, n, rate), rate, 0.0)
        high = detectable(partial(rate_power, n, rate), rate, 1.0)
        seen = f"a rate of {low:.3f} or less, of {high:.3f} or more"
        yield f"| `assert_rate`, rate {rate} | {_spaced(n)} | {seen} |"
    for n in VALUES:
        shift = detectable(partial(mean_power, n), 0.0, 5.0)
        less = detectable(partial(deviation_power, n), 1.0, 0.01)
        more = detectable(partial(deviation_power, n), 1.0, 10.0)
        seen = (
            f"a mean off by {shift:.3f} deviations, "
            f"a deviation {less:.3f} or {more:.3f} times as large"
        )
        yield f"| `assert_normal` | {_spaced(n)} | {seen} |"
    for n, d, rate in TABLES:
        power = partial(independence_power, n, d, rate, level=FALSE_ALARM / 6)
        seen = f"a correlation of {detectable(power, 0.0, 1.0):.3f} within rows"
        yield f"| `assert_independent`, rate {rate} | {n} × {d} | {seen} |"
    for calls, places, rate in CALLS:
        tests = 5 * (calls + places) / _chance_of_total(calls * places, rate)
        seen = f"a place with a rate of {_ends(calls, rate, tests)}"
        agree, pairs = rate**2 + (1 - rate) ** 2, places * (places - 1) / 2
        tests = 5 * (pairs + calls * (calls - 1) / 2) / _chance_of_total(calls * places, rate)
        seen += f"; two that agree with a chance of {_ends(calls, agree, tests)}"
        yield f"| `assert_independent`, rate {rate} | {calls} calls × {places} places | {seen} |"
    for n, rate in IN_A_ROW:
        tests = 5 * MOST_DISTANT / 2 / _chance_of_total(n, rate)
        agree = rate**2 + (1 - rate) ** 2
        seen = f"neighbours that agree with a chance of {_ends(n // 2, agree, tests)}"
        yield f"| `assert_independent`, rate {rate} | {_spaced(n)} in a row | {seen} |"
    for things, epochs in ORDERS:
        seen = f"one thing before another with a chance of {_ends(epochs, 0.5, 12 * things**2)}"
        if things < 10:
            place = _ends(epochs, 1 / things, 12 * things**2)
            seen += f", at a place of {place}"
        yield f"| `assert_random_order`, {things} things | {epochs} epochs | {seen} |"


def _ends(trials: int, rate: float, tests: float) -> str:
    """Return the rates that one of so many *tests*, which share the budget, tells from *rate*."""
    power = partial(rate_power, trials, rate, level=FALSE_ALARM / tests)
    low, high = detectable(power, rate, 0.0), detectable(power, rate, 1.0)
    return f"{low:.3f} or less, of {high:.3f} or more"


def _chance_of_total(n: int, rate: float) -> float:
    """Return the chance of the likeliest number of n events, by which p-values are divided."""
    return 1 / math.sqrt(2 * math.pi * n * rate * (1 - rate))


def _spaced(number: int) -> str:
    return f"{number:_}".replace("_", " ")


if __name__ == "__main__":
    print("\n".join(rows()))
