"""Tolerances follow what right solutions need, and the record is held to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.tolerances import (
    precision_from,
    read_tolerances,
    stale,
    write_tolerances,
)
from grader.errors import AuthoringError


@pytest.mark.parametrize(
    "text",
    [
        "[scale]\nfloat64 = 1e-9\n",
        "float65 = 1e-9\n",
        "float64 = 'small'\n",
        "float64 = -1e-9\n",
        "float64 = nan\n",
        "float64 = 3\n",
    ],
)
def test_a_damaged_record_names_its_file(tmp_path, text):
    """The author learns which file, which line, and how to write it anew."""
    path = tmp_path / "tolerances.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AuthoringError, match="--calibrate") as caught:
        read_tolerances(path)
    assert caught.value.path == path
    assert caught.value.line == 1


ERRORS = st.dictionaries(
    st.sampled_from(["float32", "float64"]), st.floats(0, 0.5, allow_subnormal=False), min_size=1
)


@given(errors=ERRORS)
def test_what_is_written_is_never_below_what_was_seen(errors, tmp_path_factory):
    """Rounding goes up, so the same measurement is never stale against its own record."""
    path = tmp_path_factory.mktemp("course") / "tolerances.toml"
    write_tolerances(path, errors)
    recorded = read_tolerances(path)

    assert all(errors[d] <= recorded[d] <= 1.2 * errors[d] + 1e-300 for d in errors)
    assert stale(recorded, errors) == ""


def test_small_errors_leave_the_usual_precision():
    """A calibration never makes a check stricter than the rule."""
    assert precision_from({"float64": 1e-16, "float32": 1e-7}) == ()
    assert precision_from({"float32": 1e-6}) == (("float32", pytest.approx(2e-5)),)
