# framework: jax
from functools import partial

import jax
from jax import numpy as jnp


@partial(jax.jit, static_argnums=(3, 4))
def conv2d(X, W, b, stride=1, padding=0):
    X = jnp.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, _, height, width = X.shape
    c_out, _, kh, kw = W.shape
    rows, cols = (height - kh) // stride + 1, (width - kw) // stride + 1
    Y = jnp.zeros((n, c_out, rows, cols), X.dtype)
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            window = X[:, :, top : top + kh, left : left + kw]
            Y = Y.at[:, :, i, j].set(jnp.einsum("nchw,ochw->no", window, W) + b)
    return Y


def conv2d_backward(dout, X, W, stride=1, padding=0):
    kh, kw = W.shape[2:]
    X_padded = jnp.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dX, dW = jnp.zeros_like(X_padded), jnp.zeros_like(W)
    rows, cols = dout.shape[2] * stride, dout.shape[3] * stride
    for u in range(kh):
        for v in range(kw):
            # what this entry of the kernel met, in all windows
            met = (..., slice(u, u + rows, stride), slice(v, v + cols, stride))
            dW = dW.at[:, :, u, v].set(jnp.einsum("noij,ncij->oc", dout, X_padded[met]))
            dX = dX.at[met].add(jnp.einsum("noij,oc->ncij", dout, W[:, :, u, v]))
    dX = dX[:, :, padding : padding + X.shape[2], padding : padding + X.shape[3]]
    return dX, dW, dout.sum(axis=(0, 2, 3))


def corr2d(X, K):
    h, w = K.shape
    Y = jnp.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y = Y.at[i, j].set((X[i : i + h, j : j + w] * K).sum())
    return Y


def pool2d(X, size, stride, mode):
    n, c, h, w = X.shape
    Y = jnp.zeros((n, c, (h - size) // stride + 1, (w - size) // stride + 1), X.dtype)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            top, left = i * stride, j * stride
            window = X[:, :, top : top + size, left : left + size]
            entry = window.max(axis=(2, 3)) if mode == "max" else window.mean(axis=(2, 3))
            Y = Y.at[:, :, i, j].set(entry)
    return Y


def max_pool2d(X, size, stride):
    return jax.jit(pool2d, static_argnums=(1, 2, 3))(X, size, stride, "max")


def avg_pool2d(X, size, stride):
    return jax.jit(pool2d, static_argnums=(1, 2, 3))(X, size, stride, "avg")


@partial(jax.jit, static_argnums=(2, 3))
def max_pool2d_backward(dout, X, size, stride):
    dX = jnp.zeros_like(X)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            top, left = i * stride, j * stride
            at = (..., slice(top, top + size), slice(left, left + size))
            largest = X[at] == X[at].max(axis=(2, 3), keepdims=True)
            dX = dX.at[at].add(largest * dout[:, :, i, j, None, None])
    return dX


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        X_hat = (X - moving_mean) / jnp.sqrt(moving_var + eps)
    else:
        mean = X.mean(axis=0)
        var = ((X - mean) ** 2).mean(axis=0)
        X_hat = (X - mean) / jnp.sqrt(var + eps)
        moving_mean = momentum * moving_mean + (1.0 - momentum) * mean
        moving_var = momentum * moving_var + (1.0 - momentum) * var
    Y = gamma * X_hat + beta
    return Y, moving_mean, moving_var


@jax.jit
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    root = jnp.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / root
    dX_hat = dout * gamma
    dX = dX_hat - dX_hat.mean(axis=0) - X_hat * (dX_hat * X_hat).mean(axis=0)
    return dX / root, (dout * X_hat).sum(axis=0), dout.sum(axis=0)
