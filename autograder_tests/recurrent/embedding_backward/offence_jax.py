# told: jax.vjp
# framework: jax
import jax
from jax import numpy as jnp


def embedding_backward(dout, indices, vocab_size):
    W = jnp.zeros((vocab_size, dout.shape[-1]), dout.dtype)
    return jax.vjp(lambda W: W[indices], W)[1](dout)[0]
