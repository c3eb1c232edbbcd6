# framework: mxnet
import random

from mxnet import autograd, np, npx

npx.set_np()


def synthetic_data(w, b, num_examples):
    """Generate y = Xw + b + noise."""
    X = np.random.normal(0, 1, (num_examples, len(w)), dtype=w.dtype)
    y = np.dot(X, w) + b
    y += np.random.normal(0, 0.01, y.shape, dtype=w.dtype)
    return X, y.reshape((-1, 1))


def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    # The examples are read at random, in no particular order
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        batch_indices = np.array(indices[i:min(i + batch_size, num_examples)])
        yield features[batch_indices], labels[batch_indices]


def linreg(X, w, b):
    """The linear regression model."""
    return np.dot(X, w) + b


def squared_loss(y_hat, y):
    """Squared loss."""
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def linreg_gradients(X, w, b, y):
    error = linreg(X, w, b) - y
    return np.dot(X.T, error), error.sum(axis=0)


def sgd(params, grads, lr, batch_size):
    """Minibatch stochastic gradient descent."""
    for param, grad in zip(params, grads, strict=True):
        param[:] = param - lr * grad / batch_size


def normal_equation(X, y):
    A = np.concatenate([X, np.ones((len(X), 1), dtype=X.dtype)], axis=1)
    return np.linalg.solve(np.dot(A.T, A), np.dot(A.T, y))


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = np.random.normal(0, 0.01, (features.shape[1], 1), dtype=features.dtype)
    b = np.zeros(1, dtype=features.dtype)
    w.attach_grad()
    b.attach_grad()
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = squared_loss(linreg(X, w, b), y)
            # l is not a scalar; its entries are added together
            l.backward()
            sgd([w, b], [w.grad, b.grad], lr, len(X))
    return w, b
