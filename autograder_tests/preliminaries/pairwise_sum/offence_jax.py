# told: jax.numpy.add.outer
# framework: jax
from jax import numpy as jnp


def pairwise_sum(a, b):
    return jnp.add.outer(a, b)
