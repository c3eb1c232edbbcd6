# framework: jax
from functools import partial

import jax
import jax.numpy as jnp

key = jax.random.PRNGKey(20)


def dropout(X, p, training=True):
    global key
    if not training or p == 0:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    key, subkey = jax.random.split(key)
    mask = jax.random.bernoulli(subkey, 1 - p, X.shape).astype(X.dtype)
    return mask * X / (1 - p)


@jax.jit
def l2_penalty(w):
    return jnp.vdot(w, w) / 2


@jax.jit
def l1_penalty(w):
    return jnp.where(w < 0, -w, w).sum()


@jax.jit
def weight_decay_step(params, grads, lr, batch_size, wd):
    return jax.tree.map(lambda p, g: (1 - lr * wd) * p - lr * g / batch_size, params, grads)


def dropout_backward(dout, mask, p):
    return jnp.where(mask > 0, dout, 0) / (1 - p if p < 1 else 1)


@partial(jax.jit, static_argnums=1)
def polynomial_features(x, degree):
    def step(column, i):
        return column * x / (i + 1), column

    _, columns = jax.lax.scan(step, jnp.ones_like(x), jnp.arange(degree + 1, dtype=x.dtype))
    return columns.T


def k_fold(k, i, X, y):
    m = len(X) // k
    kept = jnp.array([j for j in range(k * m) if not i * m <= j < (i + 1) * m])
    valid = jnp.arange(i * m, (i + 1) * m)
    return X[kept], y[kept], jnp.take(X, valid, axis=0), jnp.take(y, valid, axis=0)


@jax.jit
def standardize(train, test):
    mean = train.mean(0)
    deviation = jnp.where(jnp.ptp(train, axis=0) == 0, 1, jnp.std(train, axis=0))
    return tuple((table - mean) / deviation for table in (train, test))


def encode_categories(column, categories):
    places = jnp.array([len(categories) if v is None else categories.index(v) for v in column])
    return jax.nn.one_hot(places, len(categories) + 1)


@jax.jit
def log_rmse(predictions, labels):
    return jnp.std(jnp.log(jnp.maximum(predictions, 1) / labels), mean=0)


def xavier_normal(fan_in, fan_out):
    global key
    key, subkey = jax.random.split(key)
    return (2 / (fan_in + fan_out)) ** 0.5 * jax.random.normal(subkey, (fan_in, fan_out))


@partial(jax.jit, static_argnums=(1, 2))
def norms(key, depth, activation):
    weights = jax.random.normal(key, (depth, 64, 64)) * (1 / 32) ** 0.5

    def layer(h, W):
        return getattr(jax.nn, activation)(h @ W), None

    def loss(weights):
        return jax.lax.scan(layer, jnp.ones(64), weights)[0].sum()

    return jnp.sqrt((jax.grad(loss)(weights) ** 2).sum(axis=(1, 2)))


def gradient_norms(depth, activation):
    global key
    key, subkey = jax.random.split(key)
    return norms(subkey, depth, activation).tolist()


@jax.vmap
def covariate_shift_weights(p):
    return 1 / p - 1
