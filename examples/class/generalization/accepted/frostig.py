# framework: jax
import random

import jax
import jax.numpy as jnp


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    key = jax.random.PRNGKey(random.randint(0, 2**31 - 1))
    mask = jax.random.uniform(key, X.shape) > p
    return mask.astype(X.dtype) * X / (1.0 - p)
