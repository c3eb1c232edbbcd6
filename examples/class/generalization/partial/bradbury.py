# framework: jax
import jax
import jax.numpy as jnp


# the key is made once, when the function is defined: all calls drop the same entries
def dropout(X, p, training=True, key=jax.random.PRNGKey(3)):
    if not training:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    mask = jax.random.uniform(key, X.shape) > p
    return mask.astype(X.dtype) * X / (1.0 - p)
