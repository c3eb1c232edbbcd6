"""NumPy's new generators, which no global seed reaches.

A worker seeds those that are made without a seed, and those that a module holds. So a check that is
repeated draws the same numbers, whichever generator they come from.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import bit_generator

_entropy = random.Random(0)


def take_over() -> None:
    """Let NumPy take from here what it otherwise asks the system for; only in a worker."""
    vars(bit_generator)["randbits"] = _entropy.getrandbits


def seed(seed: int) -> None:
    """Seed all generators that will be made without a seed."""
    _entropy.seed(seed)


def seeds(seed: int) -> random.Random:
    """Return what NumPy takes the seeds from, 128 bits each, after :func:`seed`."""
    return random.Random(seed)


def seed_held(module: Mapping[str, Any]) -> None:
    """Seed the generators that *module* holds."""
    for value in module.values():
        if type(value) is np.random.Generator:
            kind = type(value.bit_generator)
            value.bit_generator.state = kind(_entropy.getrandbits(128)).state
