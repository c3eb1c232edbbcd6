# told: jax.vjp
# framework: jax
import jax
from jax import numpy as jnp


def tanh_backward(dout, x):
    return jax.vjp(jnp.tanh, x)[1](dout)[0]
