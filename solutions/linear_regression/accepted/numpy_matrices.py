# framework: numpy
import numpy as np

rng = np.random.default_rng()


def synthetic_data(w, b, num_examples):
    X = rng.standard_normal((num_examples, w.shape[0])).astype(w.dtype)
    noise = rng.normal(0, 0.01, size=(num_examples, 1))
    return [X, (X.dot(w) + b + noise).astype(w.dtype)]


def data_iter(batch_size, features, labels):
    order = np.random.permutation(features.shape[0])
    X, y = features[order], labels[order]
    return [(X[i:i + batch_size], y[i:i + batch_size]) for i in range(0, len(X), batch_size)]


def linreg(X, w, b):
    return np.einsum("nd,dk->nk", X, w) + b


def squared_loss(y_hat, y):
    difference = y_hat.ravel() - y.ravel()
    return (0.5 * difference * difference).reshape(y_hat.shape)


def linreg_gradients(X, w, b, y):
    y_hat = X @ w + b
    dw = np.einsum("nd,nk->dk", X, y_hat - y)
    db = (y_hat - y).sum(axis=0)
    return [dw, db]


def sgd(params, grads, lr, batch_size):
    for i in range(len(params)):
        params[i][:] = params[i] - (lr / batch_size) * grads[i]
    return params


def normal_equation(X, y):
    A = np.c_[X, np.ones(len(X), dtype=X.dtype)]
    return np.linalg.pinv(A) @ y


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n, d = features.shape
    w = rng.normal(0, 0.01, size=(d, 1)).astype(features.dtype)
    b = np.zeros(1, dtype=features.dtype)
    for _ in range(num_epochs):
        order = rng.permutation(n)
        for batch in np.array_split(order, range(batch_size, n, batch_size)):
            error = features[batch] @ w + b - labels[batch]
            w = w - lr * features[batch].T @ error / len(batch)
            b = b - lr * error.mean(axis=0)
    return w, b
