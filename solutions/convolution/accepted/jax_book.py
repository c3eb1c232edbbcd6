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
