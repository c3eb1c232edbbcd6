# told: jax.nn.sigmoid
# framework: jax
import jax


def sigmoid(x):
    return jax.nn.sigmoid(x)
