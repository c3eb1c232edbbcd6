# told: jax.vjp
# framework: jax
import jax
from jax import numpy as jnp


def max_pool2d_backward(dout, X, size, stride):
    def pool(X):
        window, strides = (1, 1, size, size), (1, 1, stride, stride)
        return jax.lax.reduce_window(X, -jnp.inf, jax.lax.max, window, strides, "VALID")

    return jax.vjp(pool, X)[1](dout)[0]
