# framework: jax
import random

import jax
from jax import numpy as jnp


def dropout(X, p, training=True, key=None):
    if not training:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    # the default is drawn in the call: one in the signature would be the same for all calls
    key = jax.random.PRNGKey(random.randint(0, 2**31 - 1)) if key is None else key
    mask = jax.random.uniform(key, X.shape) >= p
    return jnp.where(mask, X / (1.0 - p), 0).astype(X.dtype)
