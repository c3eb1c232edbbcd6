# told: jax.nn.log_softmax
# framework: jax
from jax import nn


def log_softmax(X):
    return nn.log_softmax(X)
