# Ways to the gradient of the sum of squares of X, in JAX.
import importlib

import jax
import jax.numpy as jnp


def _loss(X):
    return (X**2).sum()


def by_attribute(X):
    return getattr(jax, "gr" + "ad")(_loss)(X)


def compiled(X):
    return jax.jit(lambda Z: getattr(jax, "gr" + "ad")(_loss)(Z))(X)


def with_value(X):
    return getattr(jax, "value_and_" + "grad")(_loss)(X)[1]


def forward(X):
    return getattr(jax, "jac" + "fwd")(_loss)(X)


def pulled_back(X):
    return getattr(jax, "v" + "jp")(_loss, X)[1](jnp.ones((), X.dtype))[0]


def linearized(X):
    slope = getattr(jax, "linear" + "ize")(_loss, X)[1]
    basis = jnp.eye(X.size, dtype=X.dtype).reshape(-1, *X.shape)
    return jnp.stack([slope(one) for one in basis]).reshape(X.shape)


def private_module(X):
    return getattr(importlib.import_module("jax._src.api"), "gr" + "ad")(_loss)(X)
