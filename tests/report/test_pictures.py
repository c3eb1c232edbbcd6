"""Pictures of evidence: what they show, to eyes and to screen readers."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from grader import language
from grader.report.curve import MOST_ENTRIES, curve_of
from grader.report.evidence import evidence_of
from grader.report.pictures import curve_picture, heat_picture
from grader.sandbox.judged_call import Call
from grader.sandbox.proxy import Record
from grader.worker.finite_differences import Slopes


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


def seen(got, right, op="call", name="f"):
    """Return the evidence of one wrong call."""
    record = Record(op, name, (np.ones((2, 3)),), got)
    return evidence_of([Call(record, (right, {}), wrong=True)])


def slopes(*values):
    """Return a gradient as a worker sends it."""
    array = np.array(values)
    return Slopes(array.shape, array.reshape(-1), array.reshape(-1)).neutral()


def test_gradients_by_autograd_are_compared_entry_by_entry():
    """Of several arguments, the one whose gradient is furthest off; others have none."""
    found = seen([None, slopes(1.0, 2.0, 3.0)], [None, slopes(1.0, 2.0, -3.0)], "slopes")

    assert "the gradient of f(float64[2, 3])" == found.call
    assert "largest difference at [2]: got 3, expected -3" == found.worst
    assert [1.0, 2.0, -3.0] == found.curve.expected.tolist()


def test_a_gradient_that_is_missing_is_told():
    """Nothing can be drawn of it."""
    found = seen([None], [slopes(1.0, 2.0, 3.0)], "slopes")

    assert found.curve is None and found.got and found.expected


@pytest.mark.parametrize(
    ("name", "shape", "drawn"),
    [("relu_grad", (2, 3), True), ("f", (5,), True), ("f", (2, 3), False), ("f", (2,), False)],
)
def test_gradients_and_arrays_of_one_axis_are_drawn(name, shape, drawn):
    """Of others, the map says where they differ."""
    assert drawn == (seen(np.zeros(shape), np.ones(shape), name=name).curve is not None)


def test_of_a_long_array_the_entries_around_the_worst_are_drawn():
    """With their numbers."""
    got = np.zeros(1000)
    got[700] = np.nan
    curve = curve_of(got, np.zeros(1000))
    picture = curve_picture(curve)

    assert len(curve.got) == MOST_ENTRIES and curve.start <= 700 < curve.start + MOST_ENTRIES
    assert f"Entries {curve.start} to {curve.start + MOST_ENTRIES - 1} of 1000" in picture
    assert "[700]: got nan, expected 0" in picture


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e300, -1e-300, 0.0])
def test_any_number_can_be_drawn(value):
    """Also none that is finite."""
    found = seen(np.array([value, 1.0, 2.0]), np.zeros(3))
    for picture in (curve_picture(found.curve), heat_picture(found.heat, found.worst)):
        figure = ElementTree.fromstring(picture)

        assert figure[0].get("role") == "img" and figure[0].get("aria-label")
        assert "nan" not in " ".join(mark.get("d", "") for mark in figure.iter())


def test_nothing_finite_is_no_curve():
    """There would be no scale."""
    assert curve_of(np.full(3, np.nan), np.full(3, np.inf)) is None
