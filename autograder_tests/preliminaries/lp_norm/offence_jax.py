# told: jax.numpy.linalg.norm
# framework: jax
from jax import numpy as jnp


def lp_norm(x, p):
    return jnp.linalg.norm(x.ravel(), ord=p)
