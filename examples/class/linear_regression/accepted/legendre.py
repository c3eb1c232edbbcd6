# framework: numpy
import numpy as np

rng = np.random.default_rng()


def synthetic_data(w, b, num_examples):
    X = rng.standard_normal((num_examples, w.shape[0])).astype(w.dtype)
    noise = 0.01 * rng.standard_normal((num_examples, 1))
    return X, (X @ w + b + noise).astype(w.dtype)


def data_iter(batch_size, features, labels):
    order = rng.permutation(len(features))
    batches = []
    while len(order):
        batches.append((features[order[:batch_size]], labels[order[:batch_size]]))
        order = order[batch_size:]
    return batches


def linreg(X, w, b):
    return np.dot(X, w) + b


def squared_loss(y_hat, y):
    return 0.5 * np.square(y_hat - np.reshape(y, y_hat.shape))


def linreg_gradients(X, w, b, y):
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for x, target in zip(X, y):
        error = x @ w + b - target
        dw += np.outer(x, error)
        db += error
    return [dw, db]


def sgd(params, grads, lr, batch_size):
    step = lr / batch_size
    for i in range(len(params)):
        params[i][...] = params[i] - step * grads[i]


def normal_equation(X, y):
    return np.linalg.lstsq(np.c_[X, np.ones(len(X), X.dtype)], y, rcond=None)[0]


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = 0.01 * rng.standard_normal((features.shape[1], 1)).astype(features.dtype)
    b = np.zeros(1, features.dtype)
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            error = X @ w + b - y
            w -= lr * X.T @ error / len(X)
            b -= lr * error.mean(0)
    return w, b
