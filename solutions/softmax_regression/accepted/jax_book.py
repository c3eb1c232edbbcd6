# framework: jax
import jax
from jax import numpy as jnp


def softmax(X):
    X_exp = jnp.exp(X - X.max(axis=1, keepdims=True))
    partition = X_exp.sum(axis=1, keepdims=True)
    return X_exp / partition  # the broadcasting mechanism is applied here


def log_softmax(X):
    X = X - X.max(1, keepdims=True)
    return X - jnp.log(jnp.exp(X).sum(1, keepdims=True))


def cross_entropy(y_hat, y):
    return -jnp.log(y_hat[jnp.arange(len(y_hat)), y])


@jax.jit
def softmax_cross_entropy_gradient(logits, y):
    return softmax(logits).at[jnp.arange(len(y)), y].add(-1) / len(y)
