# framework: jax
import random

import jax
from jax import numpy as jnp


def get_key():
    return jax.random.PRNGKey(random.randint(0, 2**31 - 1))


def synthetic_data(w, b, num_examples):
    key, noise_key = jax.random.split(get_key())
    X = jax.random.normal(key, (num_examples, w.shape[0]), w.dtype)
    noise = jax.random.normal(noise_key, (num_examples, 1), w.dtype) * 0.01
    return X, jnp.matmul(X, w.reshape((-1, 1))) + b + noise


def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        batch_indices = jnp.array(indices[i : i + batch_size])
        yield features[batch_indices], labels[batch_indices]


def linreg(X, w, b):
    return jnp.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def linreg_gradients(X, w, b, y):
    error = linreg(X, w, b) - y
    return jnp.matmul(X.T, error), error.sum(axis=0)


def sgd(params, grads, lr, batch_size):
    return jax.tree.map(lambda param, grad: param - lr * grad / batch_size, params, grads)


def normal_equation(X, y):
    A = jnp.concatenate([X, jnp.ones((len(X), 1), X.dtype)], axis=1)
    return jnp.linalg.solve(A.T @ A, A.T @ y)


def train_linreg(features, labels, lr, num_epochs, batch_size):
    def loss(params, X, y):
        w, b = params
        return squared_loss(linreg(X, w, b), y).sum()

    w = jax.random.normal(get_key(), (features.shape[1], 1), features.dtype) * 0.01
    params = [w, jnp.zeros(1, features.dtype)]
    gradient = jax.jit(jax.grad(loss))
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            params = sgd(params, gradient(params, X, y), lr, len(X))
    return tuple(params)
