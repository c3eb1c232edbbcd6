# told: jax.numpy.linalg.norm
# framework: jax
from jax import numpy as jnp


def l1_penalty(w):
    return jnp.linalg.norm(w.ravel(), ord=1)
