# told: jax.vjp
# framework: jax
import jax
from jax import numpy as jnp


def relu_backward(dout, x):
    return jax.vjp(lambda x: jnp.maximum(x, 0), x)[1](dout)[0]
