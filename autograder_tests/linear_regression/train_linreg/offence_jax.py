# told: jax.numpy.linalg.lstsq
# framework: jax
from jax import numpy as jnp


def train_linreg(features, labels, lr, num_epochs, batch_size):
    A = jnp.hstack([features, jnp.ones((len(features), 1), features.dtype)])
    solution = jnp.linalg.lstsq(A, labels)[0]
    return solution[:-1], solution[-1]
