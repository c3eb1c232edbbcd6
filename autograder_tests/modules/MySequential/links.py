"""Chains of the grader's blocks, and what they compute."""

import numpy as np

from grader.checks import as_block


class Link:
    """A block X W + b of the learner's framework, with its values."""

    def __init__(self, student, draw, d, k):
        self.W, self.b = draw.normal(d, k), draw.normal(k)
        self.block = student.block("affine", self.W, self.b)

    def __call__(self, X):
        """Return X W + b, in float64."""
        return X @ self.W.astype(np.float64) + self.b


class Square:
    """A block without parameters."""

    def __init__(self, student):
        self.block = student.block("squaring")

    def __call__(self, X):
        """Return the square of every entry."""
        return X * X


def chained(student, *links):
    """Return the learner's chain of these links."""
    chain = student.MySequential(*[getattr(link, "block", link) for link in links])
    return as_block(chain, f"MySequential({', '.join('abcdef'[: len(links)])})")


def result_of(links, X):
    """Return what the links make of X, and how large numbers were on the way."""
    X = X.astype(np.float64)
    scale = np.abs(X).max()
    for link in links:
        X = link(X)
        scale = max(scale, np.abs(X).max())
    return X, float(scale)
