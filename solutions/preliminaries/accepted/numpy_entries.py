# framework: numpy
import math

import numpy as np


def lp_norm(x, p):
    total = 0.0
    for entry in x.ravel().tolist():
        total += abs(entry) ** p
    return math.pow(total, 1 / p)


def frobenius_norm(A):
    return math.sqrt(sum(entry * entry for row in A.tolist() for entry in row))


def numerical_gradient(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * h) for step in steps]
    return np.array(slopes, dtype=float).reshape(x.shape)


def quadratic_gradient(x):
    return np.array([2 * (v + v) for v in x], dtype=x.dtype)


def sample_counts(probs, n):
    counts = [0.0] * len(probs)
    ends = np.cumsum(probs.astype(float)).tolist()
    rng = np.random.default_rng()
    for u in rng.random(n).tolist():
        outcome = 0
        while outcome < len(ends) - 1 and (probs[outcome] == 0 or u >= ends[outcome]):
            outcome += 1
        while probs[outcome] == 0:
            outcome -= 1
        counts[outcome] += 1
    return np.array(counts)


def posterior(prior, likelihood):
    joint = [p * q for p, q in zip(prior.tolist(), likelihood.tolist(), strict=True)]
    return np.array([one / math.fsum(joint) for one in joint], dtype=prior.dtype)


def mean_and_variance(values, probs):
    mean = second = 0.0
    for value, p in zip(values.tolist(), probs.tolist(), strict=True):
        mean += p * value
        second += p * value**2
    return mean, second - mean**2


def add_vectors(a, b):
    return np.einsum("ki->i", np.stack([a, b]))


def pairwise_sum(a, b):
    result = np.empty((len(a), len(b)), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(len(b)):
            result[i, j] = a[i] + b[j]
    return result
