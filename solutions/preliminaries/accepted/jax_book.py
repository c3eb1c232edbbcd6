# framework: jax
import jax
import numpy as np
from jax import numpy as jnp


def lp_norm(x, p):
    return jnp.sum(jnp.abs(x) ** p) ** (1 / p)


def frobenius_norm(A):
    return jnp.sqrt(jnp.sum(A * A))


def numerical_gradient(f, x, h=1e-5):
    gradient = jnp.zeros(x.size)
    flat = x.ravel()
    for i in range(x.size):
        above, below = (flat.at[i].add(step).reshape(x.shape) for step in (h, -h))
        gradient = gradient.at[i].set((f(above) - f(below)) / (2 * h))
    return gradient.reshape(x.shape)


def quadratic_gradient(x):
    return jax.grad(lambda v: 2 * jnp.dot(v, v))(x)


def sample_counts(probs, n):
    key = jax.random.key(np.random.randint(2**31))
    outcomes = jax.random.choice(key, len(probs), (n,), p=probs)
    return jnp.bincount(outcomes, length=len(probs))


def posterior(prior, likelihood):
    joint = prior * likelihood
    return joint / joint.sum()


def mean_and_variance(values, probs):
    mean = jnp.dot(values, probs)
    return mean, jnp.dot((values - mean) ** 2, probs)


@jax.jit
def add_vectors(a, b):
    return a + b


def pairwise_sum(a, b):
    return jax.vmap(lambda entry: entry + b)(a)
