# "take `num_epochs` steps": the network of the smallest loss is returned, not the last.
# shown: trained_differs(40, 10, 5.0, 20)
# kind: second order
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    best = np.inf
    for _ in range(num_epochs + 1):
        H = np.tanh(X @ W1 + b1)
        loss = np.square(H @ W2 + b2 - y).mean()
        if loss < best:
            best, kept = loss, [p.copy() for p in (W1, b1, W2, b2)]
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        W2 -= lr * H.T @ dO
        b2 -= lr * dO.sum(axis=0)
        W1 -= lr * X.T @ dZ
        b1 -= lr * dZ.sum(axis=0)
    W1, b1, W2, b2 = kept
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
