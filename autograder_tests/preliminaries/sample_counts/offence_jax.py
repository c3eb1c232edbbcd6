# told: jax.random.multinomial
# framework: jax
import jax
import numpy as np


def sample_counts(probs, n):
    return jax.random.multinomial(jax.random.key(np.random.randint(2**31)), n, probs)
