# Ways to the cross-correlation of X with K, in JAX.
import importlib

import jax
import jax.numpy as jnp


def by_attribute(X, K):
    convolve = getattr(jax.lax, "conv_general_" + "dilated")
    return convolve(X[None, None], K[None, None], (1, 1), "VALID")[0, 0]


def compiled(X, K):
    convolve = jax.jit(lambda X, K: getattr(jax.lax, "co" + "nv")(X, K, (1, 1), "VALID"))
    return convolve(X[None, None], K[None, None])[0, 0]


def private_module(X, K):
    pieces = importlib.import_module("jax._src.lax.convolution")
    convolve = getattr(pieces, "conv_general_" + "dilated")
    return convolve(X[None, None], K[None, None], (1, 1), "VALID")[0, 0]


def primitive(X, K):
    pieces = importlib.import_module("jax.scipy.signal")
    return getattr(pieces, "correl" + "ate2d")(X, K, mode="valid")


def fourier(X, K):
    size = X.shape
    product = jnp.fft.rfft2(X) * jnp.conj(jnp.fft.rfft2(K, size))
    whole = jnp.fft.irfft2(product, size)
    return whole[: X.shape[0] - K.shape[0] + 1, : X.shape[1] - K.shape[1] + 1]
