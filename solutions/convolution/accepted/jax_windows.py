# framework: jax
import jax
from jax import numpy as jnp


def _windows(length, size, stride):
    """The indices of all windows along one axis: (windows, size)."""
    starts = jnp.arange(0, length - size + 1, stride)
    return starts[:, None] + jnp.arange(size)


def corr2d(X, K):
    rows, cols = _windows(len(X), len(K), 1), _windows(X.shape[1], K.shape[1], 1)
    windows = X[rows[:, None, :, None], cols[None, :, None, :]]
    return jnp.tensordot(windows, K, axes=2)


def _pooled(X, size, stride):
    rows, cols = _windows(X.shape[2], size, stride), _windows(X.shape[3], size, stride)
    return X[:, :, rows[:, None, :, None], cols[None, :, None, :]]


def max_pool2d(X, size, stride):
    return _pooled(X, size, stride).max(axis=(4, 5))


def avg_pool2d(X, size, stride):
    return _pooled(X, size, stride).sum(axis=(4, 5)) / size**2


def max_pool2d_backward(dout, X, size, stride):
    windows = _pooled(X, size, stride).reshape(*dout.shape, -1)
    chosen = jax.nn.one_hot(windows.argmax(axis=-1), size * size, dtype=dout.dtype)
    back = (chosen * dout[..., None]).reshape(*dout.shape, size, size)
    rows, cols = _windows(X.shape[2], size, stride), _windows(X.shape[3], size, stride)
    at = (slice(None), slice(None), rows[:, None, :, None], cols[None, :, None, :])
    return jnp.zeros_like(X).at[at].add(back)


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    def normalized(mean, var):
        return gamma * (X - mean) * (var + eps) ** -0.5 + beta

    if training:
        mean, var = jnp.mean(X, axis=0), jnp.var(X, axis=0)
        moved = jax.tree.map(
            lambda old, new: new + momentum * (old - new), (moving_mean, moving_var), (mean, var)
        )
        return (normalized(mean, var), *moved)
    return normalized(moving_mean, moving_var), moving_mean, moving_var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    def column(d, x, g):
        root = jnp.sqrt(x.var() + eps)
        x_hat = (x - x.mean()) / root
        dgamma, dbeta = d @ x_hat, d.sum()
        return g / root * (d - (dbeta + dgamma * x_hat) / len(x)), dgamma, dbeta

    return jax.vmap(column, in_axes=(1, 1, 0), out_axes=(1, 0, 0))(dout, X, gamma)
