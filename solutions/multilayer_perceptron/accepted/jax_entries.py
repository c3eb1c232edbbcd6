# framework: jax
import jax
from jax import numpy as jnp


@jax.jit
def sigmoid(x):
    return (jnp.tanh(x / 2) + 1) / 2


@jnp.vectorize
def sigmoid_backward(d, x):
    y = sigmoid(x)
    return d * (y - y**2)


@jnp.vectorize
def tanh_backward(d, x):
    return d / jnp.cosh(x) ** 2
