from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Draw
from grader.checks.draws import seed_for

SEEDS = st.integers(0, 2**32 - 1)
SHAPES = st.lists(st.integers(1, 6), max_size=3).map(tuple)
steady = settings(max_examples=80, derandomize=True)


def test_draws_are_the_same_forever():
    """Recorded answers in kits that are out there depend on these very numbers."""
    draw = Draw(20261120)

    assert draw.normal(3).tolist() == [-2.2359, 2.2268, -2.078]
    assert draw.uniform(-1, 1, 2).tolist() == [0.3396762781525613, 0.022679353046220374]
    assert draw.integers(0, 10, 5).tolist() == [6, 8, 4, 0, 9]
    assert draw.away_from_zero(2).tolist() == [2.0088, -1.3675000000000002]
    assert draw.distinct(4).tolist() == [0.0, 0.05, -0.1, -0.05]
    assert draw.probabilities(3).tolist() == [
        0.4583333333333333,
        0.14583333333333334,
        0.3958333333333333,
    ]
    assert draw.labels(4, 3).tolist() == [1, 0, 0, 0]
    assert draw.permutation(5).tolist() == [2, 3, 1, 0, 4]
    assert draw.mask(4).tolist() == [True, True, False, False]


def test_seeds_are_the_same_forever_and_depend_on_every_part():
    """A check's seed follows from course, assignment, exercise and check."""
    assert seed_for(7, "basics", "double", "test_values") == 615962156
    seeds = {seed_for("a", "b", "c"), seed_for("ab", "c"), seed_for("a", "bc"), seed_for("a", "b")}
    assert len(seeds) == 4
    assert all(0 <= seed < 2**32 for seed in seeds)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_floating_draws_come_in_the_dtype_of_the_submission(dtype):
    """Unless the check names another; integers are int64 and masks boolean."""
    draw = Draw(1, dtype)
    drawn = [
        draw.normal(2),
        draw.uniform(0, 1, 2),
        draw.away_from_zero(2),
        draw.distinct(2),
        draw.probabilities(2),
        draw.cast([1, 2]),
    ]

    assert {array.dtype.name for array in drawn} == {dtype}
    assert draw.normal(2, dtype="float16").dtype == np.float16
    assert (draw.integers(0, 3, 2).dtype, draw.labels(2, 3).dtype) == (np.int64, np.int64)
    assert (draw.permutation(3).dtype, draw.mask(2).dtype) == (np.int64, np.bool_)


def test_both_dtypes_draw_the_same_numbers():
    """A float32 draw is the float64 draw, rounded."""
    one, other = Draw(5, "float32"), Draw(5, "float64")

    assert (one.normal(4, 5) == other.normal(4, 5).astype("float32")).all()
    assert (one.probabilities(4) == other.probabilities(4).astype("float32")).all()


@steady
@given(SEEDS, st.sampled_from([1e-8, 0.01, 1.0, 1000.0]))
def test_normal_draws_are_rounded_and_never_vanish(seed, scale):
    """Four decimals before scaling, so that a small scale does not give zeros."""
    drawn = Draw(seed).normal(50, scale=scale)

    assert np.array_equal(drawn, np.round(drawn / scale, 4) * scale)
    assert 0.3 * scale < drawn.std() < 3 * scale


@steady
@given(SEEDS, st.sampled_from([(0.0, 1.0), (1e-7, 2e-7), (-3.0, 5.0)]))
def test_uniform_draws_keep_their_bounds(seed, bounds):
    """Numbers lie in [low, high)."""
    low, high = bounds
    drawn = Draw(seed).uniform(low, high, 40)

    assert (low <= drawn).all() and (drawn < high).all()
    assert len(set(drawn.tolist())) == 40


@steady
@given(SEEDS, st.integers(2, 40), st.integers(2, 12))
def test_the_first_two_labels_differ(seed, n, classes):
    """Labels lie in 0 … classes - 1, and mixing up the first two shows."""
    drawn = Draw(seed).labels(n, classes)

    assert drawn.shape == (n,)
    assert ((drawn >= 0) & (drawn < classes)).all()
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize(("n", "classes"), [(0, 3), (1, 3), (3, 1)])
def test_few_labels(n, classes):
    """Where no two can differ, labels are still labels."""
    assert Draw(1).labels(n, classes).shape == (n,)


@steady
@given(SEEDS, SHAPES, st.sampled_from([1e-6, 0.05, 2.0]), st.sampled_from(["float32", "float64"]))
def test_distinct_draws_keep_their_distance(seed, shape, gap, dtype):
    """No two entries are closer than the gap, but for rounding: no maximum is tied."""
    drawn = Draw(seed, dtype).distinct(*shape, gap=gap)
    spacing = np.diff(np.sort(drawn.astype(float), axis=None))

    assert drawn.shape == shape
    assert (spacing > 0.99 * gap).all()


@steady
@given(SEEDS, SHAPES, st.sampled_from([0.1, 0.5, 3.0]))
def test_draws_away_from_zero(seed, shape, gap):
    """No entry is closer to zero than the gap, and both signs occur."""
    draw = Draw(seed)

    assert (np.abs(draw.away_from_zero(*shape, gap=gap)) >= gap).all()
    assert {*np.sign(draw.away_from_zero(60)).tolist()} == {-1.0, 1.0}


@steady
@given(SEEDS, st.integers(1, 6), st.integers(1, 6))
def test_probabilities_are_positive_and_sum_to_one(seed, n, k):
    """Along the last axis."""
    drawn = Draw(seed).probabilities(n, k)

    assert drawn.shape == (n, k)
    assert (drawn > 0).all()
    assert np.allclose(drawn.sum(-1), 1, rtol=1e-12)


@steady
@given(SEEDS)
def test_masks_have_their_rate(seed):
    """Each entry is True with the probability asked for."""
    draw = Draw(seed)

    assert 0.55 < draw.mask(2000, rate=0.7).mean() < 0.85
    assert draw.mask(5, rate=1.0).all() and not draw.mask(5, rate=0.0).any()
    assert sorted(draw.permutation(9).tolist()) == list(range(9))


def test_two_draws_are_independent():
    """One that is made while another is in use changes nothing of it."""
    alone = [Draw(1).normal(4).tolist(), Draw(2).normal(4).tolist()]

    one, other = Draw(1), Draw(2)

    assert alone == [one.normal(4).tolist(), other.normal(4).tolist()]


def test_the_stream_is_that_of_numpys_legacy_generator():
    """It is frozen for good by NumPy's own promise."""
    expected = np.random.RandomState(20261120).random_sample(700)

    assert expected.tolist() == Draw(20261120).uniform(0, 1, 700).tolist()


@steady
@given(SEEDS, SHAPES, st.sampled_from(["float32", "float64"]))
def test_coincidences_are_exact_in_every_dtype(seed, rest, dtype):
    """The first row comes twice, one is 0, two are constant and not, and all numbers sum to 0."""
    drawn = Draw(seed, dtype).coincident(*rest)

    assert (drawn.shape, drawn.dtype.name) == ((6, *rest), dtype)
    assert np.array_equal(drawn[0], drawn[5])
    assert drawn[0].any()
    assert not drawn[1].any()
    assert np.ptp(drawn[3]) == 0 != np.abs(drawn[3]).min()
    assert drawn.sum() == 0


def test_each_array_of_floats_is_zero_once():
    """All others stay as they are; whole numbers, such as lengths, are never zero."""
    found = Draw(3).zeroed(np.ones(2, "float32"), np.array([2]), np.ones(1), 0.5)

    assert [[np.asarray(one).tolist() for one in args] for args in found] == [
        [[0, 0], [2], [1], 0.5],
        [[1, 1], [2], [0], 0.5],
    ]


def test_relatives_share_sums_and_ends_and_differ():
    """All arrays first, then one at a time; of two numbers or one, their doubles."""
    draw = Draw(1)
    x, b = draw.normal(3, 4), draw.normal(1)
    found = draw.relatives(x, 0.5, b)

    assert [(np.array_equal(a, x), p, float(c[0] / b[0])) for a, p, c in found] == [
        (True, 0.5, 1.0),
        (False, 0.5, 2.0),
        (False, 0.5, 1.0),
        (True, 0.5, 2.0),
    ]
    other = found[1][0]
    assert (other[0, 0], other[-1, -1], other.sum()) == (x[0, 0], x[-1, -1], pytest.approx(x.sum()))
    assert draw.relatives(np.arange(4))[1][0].tolist() == [0, 2, 1, 3]
    assert not any(np.shares_memory(one[0], x) for one in found)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_magnitudes_and_their_squares_are_numbers(dtype):
    """Neither 0 nor infinite."""
    for size in Draw(1, dtype).magnitudes():
        square = Draw(1, dtype).cast(size) ** 2
        assert np.isfinite(square)
        assert square > np.finfo(dtype).tiny
