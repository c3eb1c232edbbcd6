# told: jax.nn.initializers.glorot_normal
# framework: jax
import jax
import numpy as np


def xavier_normal(fan_in, fan_out):
    key = jax.random.key(np.random.randint(2**31))
    return jax.nn.initializers.glorot_normal()(key, (fan_in, fan_out))
