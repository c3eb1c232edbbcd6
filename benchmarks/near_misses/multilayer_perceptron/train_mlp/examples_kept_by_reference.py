# "Return a callable `net`": it subtracts the mean of the training data, which may change later.
# shown: (lambda X: (lambda net: not np.allclose(net(N(5, 2)), (X.__iadd__(1), net(N(5, 2)))[1]))(mine.train_mlp(X, N(5, 1), 4, 0.1, 9)))(N(5, 2))
# kind: second order
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    for _ in range(num_epochs):
        H = np.tanh((X - X.mean(axis=0)) @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        W2 -= lr * H.T @ dO
        b2 -= lr * dO.sum(axis=0)
        W1 -= lr * (X - X.mean(axis=0)).T @ dZ
        b1 -= lr * dZ.sum(axis=0)
    return lambda A: np.tanh((A - X.mean(axis=0)) @ W1 + b1) @ W2 + b2
