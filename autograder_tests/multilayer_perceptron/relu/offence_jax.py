# told: jax.nn.relu
# framework: jax
import jax


def relu(x):
    return jax.nn.relu(x)
