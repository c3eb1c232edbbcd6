# "Return a callable `net`": it uses the weights of the last network that was trained.
# shown: (lambda a: not np.array_equal(a(N(5, 2)), (mine.train_mlp(N(5, 2), N(5, 1), 4, 0.1, 9), a(N(5, 2)))[1]))(mine.train_mlp(N(5, 2), N(5, 1), 4, 0.1, 9))
# kind: second order
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    global W1, b1, W2, b2
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    for _ in range(num_epochs):
        H = np.tanh(X @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        W2 -= lr * H.T @ dO
        b2 -= lr * dO.sum(axis=0)
        W1 -= lr * X.T @ dZ
        b1 -= lr * dZ.sum(axis=0)
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
