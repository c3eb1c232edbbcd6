# framework: jax
import jax
import jax.numpy as jnp
import numpy as np


class Module:
    training = True


class MLP(Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        sizes = [(num_inputs, num_hiddens), (num_hiddens, num_outputs)]
        self.layers = [
            {"W": jnp.array(np.random.uniform(-1, 1, size)), "b": jnp.ones(size[1])}
            for size in sizes
        ]

    def __call__(self, X):
        *before, last = self.layers
        for layer in before:
            X = jnp.tanh(X @ layer["W"] + layer["b"])
        return X @ last["W"] + last["b"]


class MySequential(Module):
    def __init__(self, *blocks):
        self.blocks = {f"block{i}": block for i, block in enumerate(blocks)}

    def __call__(self, X):
        for block in self.blocks.values():
            X = block(X)
        return X


class Dropout(Module):
    def __init__(self, p):
        self.p = p
        self.key = jax.random.key(np.random.randint(2**31))

    def __call__(self, X):
        if not self.training:
            return X
        self.key, key = jax.random.split(self.key)
        kept = jax.random.bernoulli(key, 1 - self.p, X.shape)
        return jnp.where(kept, X / (1 - self.p or 1), 0)


class Linear(Module):
    def __init__(self, in_features, out_features):
        self.params = (
            jnp.array(np.random.normal(size=(out_features, in_features))),
            jnp.zeros(out_features),
        )

    def __call__(self, X):
        W, b = self.params
        return jnp.einsum("nd,kd->nk", X, W) + b
