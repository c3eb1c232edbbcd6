# framework: numpy
import numpy as np


def lp_norm(x, p):
    return np.sum(np.abs(x) ** p) ** (1 / p)


def frobenius_norm(A):
    return np.sqrt(np.trace(A.T @ A))


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for place in np.ndindex(*x.shape):
        old = x[place]
        x[place] = old + h
        above = f(x)
        x[place] = old - h
        below = f(x)
        x[place] = old
        gradient[place] = (above - below) / (2 * h)
    return gradient


def quadratic_gradient(x):
    return 4 * x


def sample_counts(probs, n):
    outcomes = np.random.choice(len(probs), size=n, p=probs / probs.sum(dtype=np.float64))
    return np.bincount(outcomes, minlength=len(probs))


def posterior(prior, likelihood):
    return prior * likelihood / (prior @ likelihood)


def mean_and_variance(values, probs):
    mean = values @ probs
    return mean, probs @ (values - mean) ** 2


def add_vectors(a, b):
    return np.add(a, b)


def pairwise_sum(a, b):
    return a[:, None] + b[None, :]
