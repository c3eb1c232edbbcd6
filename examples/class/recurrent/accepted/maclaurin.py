# framework: jax
import jax
import jax.numpy as jnp


@jax.jit
def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = jnp.split(x @ W_x + h @ W_h + b, 4, axis=1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c
