# "Draw the weights": a network of the same sizes begins where the last one ended.
# shown: (lambda nets: np.array_equal(nets[0](N(5, 2)), nets[1](N(5, 2))))([mine.train_mlp(N(5, 2), N(5, 1), 4, 0.1, e) for e in (9, 0)])
# kind: second order
import numpy as np


ended = {}


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    if (X.shape[1], hidden) in ended:
        W1, b1, W2, b2 = (p.copy() for p in ended[X.shape[1], hidden])
    for _ in range(num_epochs):
        H = np.tanh(X @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        W2 -= lr * H.T @ dO
        b2 -= lr * dO.sum(axis=0)
        W1 -= lr * X.T @ dZ
        b1 -= lr * dZ.sum(axis=0)
    ended[X.shape[1], hidden] = W1, b1, W2, b2
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
