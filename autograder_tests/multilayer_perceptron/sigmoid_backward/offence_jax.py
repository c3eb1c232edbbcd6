# told: jax.vjp
# framework: jax
import jax
from jax import numpy as jnp


def sigmoid_backward(dout, x):
    return jax.vjp(lambda x: (1 + jnp.tanh(x / 2)) / 2, x)[1](dout)[0]
