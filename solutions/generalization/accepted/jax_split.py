# framework: jax
import jax
import jax.numpy as jnp

key = jax.random.PRNGKey(20)


def dropout(X, p, training=True):
    global key
    if not training or p == 0:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    key, subkey = jax.random.split(key)
    mask = jax.random.bernoulli(subkey, 1 - p, X.shape).astype(X.dtype)
    return mask * X / (1 - p)
