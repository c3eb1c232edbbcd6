# framework: jax
import jax
import jax.numpy as jnp
import numpy as np


def key():
    return jax.random.key(np.random.randint(2**31))


class MLP:
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        one, two = jax.random.split(key())
        self.W1 = 0.1 * jax.random.normal(one, (num_inputs, num_hiddens))
        self.b1 = jnp.zeros(num_hiddens)
        self.W2 = 0.1 * jax.random.normal(two, (num_hiddens, num_outputs))
        self.b2 = jnp.zeros(num_outputs)

    def __call__(self, X):
        return jax.nn.relu(X @ self.W1 + self.b1) @ self.W2 + self.b2


class MySequential:
    def __init__(self, *blocks):
        self.blocks = list(blocks)

    def __call__(self, X):
        for block in self.blocks:
            X = block(X)
        return X


class Dropout:
    def __init__(self, p):
        self.p, self.training = p, True

    def __call__(self, X):
        if not self.training:
            return X
        if self.p == 1:
            return jnp.zeros_like(X)
        mask = jax.random.uniform(key(), X.shape) > self.p
        return jnp.asarray(mask, dtype=jnp.float32) * X / (1.0 - self.p)


class Linear:
    def __init__(self, in_features, out_features):
        self.W = 0.1 * jax.random.normal(key(), (in_features, out_features))
        self.b = jnp.zeros(out_features)

    def __call__(self, X):
        return X @ self.W + self.b
