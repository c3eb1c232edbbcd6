"""What the tests of chance see: deviations that are found with a probability of 0.999 or more.

For the numbers of draws that this course's checks use, at the false-alarm budget of one in 10⁹ that
each assertion has. The rows are those of the table in docs/check-reference.md.

    python benchmarks/power.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

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
        power = partial(independence_power, n, d, rate, level=FALSE_ALARM / 2)
        seen = f"a correlation of {detectable(power, 0.0, 1.0):.3f} within rows"
        yield f"| `assert_independent`, rate {rate} | {n} × {d} | {seen} |"


def _spaced(number: int) -> str:
    return f"{number:_}".replace("_", " ")


if __name__ == "__main__":
    print("\n".join(rows()))
