# framework: jax
import jax
import numpy as np
from jax import numpy as jnp


def design(table, known, names):
    columns = []
    for name in names:
        if isinstance(known[name], list):
            words = sorted({word for word in known[name] if word is not None})
            columns += [jnp.array([value == word for value in table[name]]) for word in words]
            columns.append(jnp.array([value is None for value in table[name]]))
        else:
            std = jnp.nanstd(known[name])
            column = (table[name] - jnp.nanmean(known[name])) / jnp.where(std == 0, 1, std)
            columns.append(jnp.nan_to_num(column))
    return jnp.stack(columns, axis=1).astype(known["price"].dtype)


@jax.jit
def loss(params, X, y, wd):
    w, b = params
    return ((X @ w + b - y) ** 2).mean() / 2 + wd * ((w**2).sum() + b**2) / 2


@jax.jit
def update(params, X, y, lr, wd):
    return jax.tree.map(lambda p, g: p - lr * g, params, jax.grad(loss)(params, X, y, wd))


def predictor(known, names, lr, num_epochs, wd):
    logs = jnp.log(known["price"])
    X, y = design(known, known, names), logs - logs.mean()
    params = jnp.zeros(X.shape[1], X.dtype), jnp.zeros((), X.dtype)
    for _ in range(num_epochs):
        params = update(params, X, y, lr, wd)
    w, b = params
    return lambda table: design(table, known, names) @ w + b + logs.mean()


def house_prices(train, test, k, lr, num_epochs, wd):
    names = list(test)
    size = len(train["price"]) // k
    fold = np.repeat(np.arange(k), size)

    def rows(indices):
        return {
            name: [column[j] for j in indices] if isinstance(column, list) else column[indices]
            for name, column in train.items()
        }

    errors = []
    for i in range(k):
        known, held_back = rows(np.flatnonzero(fold != i)), rows(np.flatnonzero(fold == i))
        predict = predictor(known, names, lr, num_epochs, wd)
        for part in (known, held_back):
            errors.append(jnp.sqrt(((predict(part) - jnp.log(part["price"])) ** 2).mean()))
    prices = jnp.exp(predictor(train, names, lr, num_epochs, wd)(test))
    return sum(errors[::2]) / k, sum(errors[1::2]) / k, prices
