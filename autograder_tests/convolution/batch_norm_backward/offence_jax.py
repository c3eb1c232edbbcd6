# told: jax.vjp
# framework: jax
import jax
from jax import numpy as jnp


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    def forward(X, gamma, beta):
        return gamma * (X - X.mean(axis=0)) / jnp.sqrt(X.var(axis=0) + eps) + beta

    return jax.vjp(forward, X, gamma, 0 * gamma)[1](dout)
