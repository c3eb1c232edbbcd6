"""Sentences about animals, put together by chance: the text of the course, and others like it.

Nothing is taken from elsewhere. `python autograder_tests/projects/sentences.py` writes the file
that learners are given; it is the same every time.
"""

import sys
from pathlib import Path

import numpy as np

ANIMALS = ("cat", "cow", "dog", "hen", "pig")
VERBS = ("see", "hear", "find", "like")

SEED = 20261130
LENGTH = 2000


def sentences(rng, length):
    """Return a text of *length* characters; after "two", animals and their verbs have an ending.

    "a pig sees two cows. two cats like a hen. "
    """
    text = ""
    while len(text) < length:
        several, others = rng.random(2) < 0.5
        one, other = (ANIMALS[place] for place in rng.integers(0, len(ANIMALS), 2))
        verb = VERBS[rng.integers(0, len(VERBS))]
        text += f"two {one}s {verb} " if several else f"a {one} {verb}s "
        text += f"two {other}s. " if others else f"a {other}. "
    return text[:length]


def course_sentences():
    """Return the text that comes with the course."""
    return sentences(np.random.default_rng(SEED), LENGTH)


if __name__ == "__main__":
    DATA = Path(__file__).parents[2] / "assignments" / "projects" / "files" / "data"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    (folder / "sentences.txt").write_text(course_sentences() + "\n", encoding="utf-8")
