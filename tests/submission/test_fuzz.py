"""A hundred classes as nobody should hand them over; the benchmark tries a hundred thousand."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fuzz_intake import try_class


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.randoms(use_true_random=False))
def test_every_class_is_taken_or_refused(draw: random.Random) -> None:
    """Archives, notebooks and names of any kind end in a sentence, and the honest are taken."""
    with tempfile.TemporaryDirectory() as root:
        try_class(draw, Path(root))
