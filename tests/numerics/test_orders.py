"""Random orders: uniform ones pass, and every kind of shuffle that is not uniform is seen."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from grader.numerics.orders import order_p_values, uniform_p_value
from grader.numerics.statistics import FALSE_ALARM

#: numbers of things, and of epochs, that tell the kinds below from random orders
SIZES = ((2, 360), (4, 150), (30, 60), (200, 60))


def stays(place):
    """Return a shuffle that leaves what is at one place."""

    def shuffled(state, n):
        order = list(state.permutation(n))
        order.remove(place % n)
        order.insert(place % n, place % n)
        return order

    return shuffled


def sattolo(state, n):
    """Return an order in which nothing keeps its place."""
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = state.randint(i)
        order[i], order[j] = order[j], order[i]
    return order


def halves(state, n):
    """Return an order of two halves that are shuffled apart."""
    half = n // 2
    return [*state.permutation(half), *(half + state.permutation(n - half))]


def pairs(state, n):
    """Return an order in which blocks of two stay together."""
    return [i for block in state.permutation(n // 2) for i in (2 * block, 2 * block + 1)]


def few_swaps(state, n):
    """Return an order after n swaps of random places."""
    order = np.arange(n)
    for i, j in state.randint(n, size=(n, 2)):
        order[[i, j]] = order[[j, i]]
    return order


def swaps_with_any(state, n):
    """Return an order after a swap of each place with a random one."""
    order = np.arange(n)
    for i, j in enumerate(state.randint(n, size=n)):
        order[[i, j]] = order[[j, i]]
    return order


def coarse_keys(state, n):
    """Return the order of random whole numbers, in which ties keep their order."""
    return np.argsort(state.randint(n, size=n), kind="stable")


def strides(state, n):
    """Return an order with one step between all neighbours."""
    step = state.choice([s for s in range(1, n + 1) if math.gcd(s, n) == 1])
    return (state.randint(n) + step * np.arange(n)) % n


def smallest(shuffle, seed=0):
    """Return the smallest p-value over sets of epochs, and how many there were."""
    state = np.random.RandomState(seed)
    found = []
    for n, epochs in SIZES:
        found += order_p_values(np.array([shuffle(state, n) for _ in range(epochs)])).values()
    return min(found), len(found)


@pytest.mark.parametrize(
    "shuffle",
    [stays(0), stays(-1), sattolo, halves, pairs, few_swaps, swaps_with_any, coarse_keys, strides],
    ids=lambda shuffle: shuffle.__name__,
)
def test_a_shuffle_that_is_not_uniform_is_seen(shuffle):
    """Whichever of the orders it leaves out or prefers."""
    for seed in range(3):
        least, tests = smallest(shuffle, seed)
        assert least < FALSE_ALARM / tests


def test_orders_that_depend_on_the_one_before_are_seen():
    """Each is uniform in itself: every second one is the one before, read backwards."""
    state = np.random.RandomState(1)
    orders = np.array([state.permutation(8) for _ in range(60)])
    orders[1::2] = orders[::2, ::-1]

    found = order_p_values(orders)

    assert min(found["kept of changes"], found["places of changes"]) < FALSE_ALARM
    assert min(p for name, p in found.items() if "changes" not in name) > FALSE_ALARM


def test_random_orders_have_no_small_p_values():
    """Of 400 p-values for each test, about one in twenty is below 0.05, and never more."""
    state = np.random.RandomState(2)
    runs = [
        order_p_values(np.array([state.permutation(n) for _ in range(40)]))
        for n in (2, 3, 5, 9)
        for _ in range(100)
    ]
    for name in runs[0]:
        values = np.array([run[name] for run in runs if name in run])
        assert values.min() > 1e-5, name
        assert (values < 0.05).mean() < 0.1, name


def test_the_entropy_bound_is_never_below_the_exact_probability():
    """For all outcomes of seven draws of three kinds."""
    m, k = 7, 3
    chances = {}
    for draws in itertools.product(range(k), repeat=m):
        counts = tuple(draws.count(kind) for kind in range(k))
        chances[counts] = chances.get(counts, 0) + k**-m
    entropy = {c: sum(n * math.log(n * k / m) for n in c if n) for c in chances}
    for counts in chances:
        exact = sum(p for c, p in chances.items() if entropy[c] >= entropy[counts] - 1e-9)
        assert uniform_p_value([n for n in counts if n], k) >= exact - 1e-9


def test_what_is_no_order_is_refused():
    """A number that comes twice."""
    with pytest.raises(ValueError, match="once"):
        order_p_values(np.array([[0, 0, 2]]))
