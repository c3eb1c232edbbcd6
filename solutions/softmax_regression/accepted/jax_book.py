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


def one_hot(labels, num_classes):
    return (labels[:, None] == jnp.arange(num_classes)).astype(jnp.float32)


def entropy(p):
    # the logarithm of zero is -inf, and zero times that is nan, which does not count
    return jnp.nansum(-p * jnp.log(p))


def kl_divergence(p, q):
    return jnp.nansum(p * jnp.log(p / q))


def accuracy(y_hat, y):
    preds = jnp.argmax(y_hat, axis=1).astype(y.dtype)
    return jnp.mean((preds == y).astype(jnp.float32))


def softmax_net(X, W, b):
    X = X.reshape((-1, W.shape[0]))
    return softmax(jnp.matmul(X, W) + b)


def one_hot(labels, num_classes):
    return (labels[:, None] == jnp.arange(num_classes)).astype(jnp.int64)


def entropy(p):
    return -jnp.where(p > 0, p * jnp.log(jnp.where(p > 0, p, 1)), 0).sum()


def kl_divergence(p, q):
    return jnp.where(p > 0, p * jnp.log(jnp.where(p > 0, p, 1) / q), 0).sum()


def accuracy(y_hat, y):
    preds = jnp.argmax(y_hat, axis=1).astype(y.dtype)
    return (preds == y).astype(y_hat.dtype).mean()


def softmax_net(X, W, b):
    return softmax(jnp.matmul(X.reshape((-1, W.shape[0])), W) + b)
