# framework: jax
import math
import random

import jax
from jax import numpy as jnp


def dropout(X, p, training=True, key=None):
    if not training:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    # the default is drawn in the call: one in the signature would be the same for all calls
    key = jax.random.PRNGKey(random.randint(0, 2**31 - 1)) if key is None else key
    mask = jax.random.uniform(key, X.shape) >= p
    return jnp.where(mask, X / (1.0 - p), 0).astype(X.dtype)


def l2_penalty(w):
    return (w**2).sum() / 2


def l1_penalty(w):
    return jnp.abs(w).sum()


def weight_decay_step(params, grads, lr, batch_size, wd):
    return [p - lr * (g / batch_size + wd * p) for p, g in zip(params, grads, strict=True)]


def dropout_backward(dout, mask, p):
    if p == 1:
        return jnp.zeros_like(dout)
    return dout * mask / (1.0 - p)


def polynomial_features(x, degree):
    powers = jnp.power(x.reshape(-1, 1), jnp.arange(degree + 1).reshape(1, -1))
    return powers / jnp.array([math.gamma(i + 1) for i in range(degree + 1)], dtype=x.dtype)


def k_fold(k, i, X, y):
    fold_size = X.shape[0] // k
    folds = [slice(j * fold_size, (j + 1) * fold_size) for j in range(k)]
    held_back = folds.pop(i)
    X_train = jnp.concatenate([X[fold] for fold in folds])
    y_train = jnp.concatenate([y[fold] for fold in folds])
    return X_train, y_train, X[held_back], y[held_back]


def standardize(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = jnp.where(std == 0, 1, std)
    return (train - mean) / std, (test - mean) / std


def encode_categories(column, categories):
    rows = [[value == name for name in [*categories, None]] for value in column]
    return jnp.array(rows, dtype=jnp.float32)


def log_rmse(predictions, labels):
    clipped = jnp.clip(predictions, 1, jnp.inf)
    return jnp.sqrt(jnp.mean((jnp.log(clipped) - jnp.log(labels)) ** 2))


def xavier_normal(fan_in, fan_out):
    key = jax.random.PRNGKey(random.randint(0, 2**31 - 1))
    return jax.random.normal(key, (fan_in, fan_out)) * jnp.sqrt(2 / (fan_in + fan_out))


def gradient_norms(depth, activation):
    f = jax.nn.relu if activation == "relu" else jax.nn.sigmoid
    keys = jax.random.split(jax.random.PRNGKey(random.randint(0, 2**31 - 1)), depth)
    weights = [jax.random.normal(key, (64, 64)) * (2 / 64) ** 0.5 for key in keys]

    def loss(weights):
        h = jnp.ones((1, 64))
        for W in weights:
            h = f(jnp.matmul(h, W))
        return h.sum()

    return [jnp.linalg.norm(gradient) for gradient in jax.grad(loss)(weights)]


def covariate_shift_weights(p_source):
    return (1 - p_source) / p_source
