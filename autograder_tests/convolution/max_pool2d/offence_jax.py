# told: jax.lax.reduce_window
# framework: jax
import jax
from jax import numpy as jnp


def max_pool2d(X, size, stride):
    window, strides = (1, 1, size, size), (1, 1, stride, stride)
    return jax.lax.reduce_window(X, -jnp.inf, jax.lax.max, window, strides, "VALID")
