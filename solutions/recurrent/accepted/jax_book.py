# framework: jax
import jax
from jax import numpy as jnp


@jax.jit
def lstm_cell(x, h, c, W_x, W_h, b):
    gates = jnp.matmul(x, W_x) + jnp.matmul(h, W_h) + b
    I, F, C_tilde, O = jnp.split(gates, 4, axis=1)
    I, F, O = jax.nn.sigmoid(I), jax.nn.sigmoid(F), jax.nn.sigmoid(O)
    C = F * c + I * jnp.tanh(C_tilde)
    H = O * jnp.tanh(C)
    return H, C
