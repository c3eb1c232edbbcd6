# told: jax.grad
# framework: jax
import jax
from jax import numpy as jnp


def softmax_cross_entropy_gradient(logits, y):
    def loss(logits):
        Z = logits - logits.max(1, keepdims=True)
        log_probabilities = Z - jnp.log(jnp.exp(Z).sum(1, keepdims=True))
        return -log_probabilities[jnp.arange(len(y)), y].mean()

    return jax.grad(loss)(logits)
