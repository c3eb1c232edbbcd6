# told: jax.grad
# framework: jax
import jax
from jax import numpy as jnp


def mlp_backward(X, y, W1, b1, W2, b2):
    def loss(W1, b1, W2, b2):
        H = 1 / (1 + jnp.exp(-(X @ W1 + b1)))
        return ((H @ W2 + b2 - y) ** 2).sum() / (2 * len(X))

    return jax.grad(loss, argnums=(0, 1, 2, 3))(W1, b1, W2, b2)
