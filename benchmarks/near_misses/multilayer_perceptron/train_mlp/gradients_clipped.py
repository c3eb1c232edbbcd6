# "steps of gradient descent": gradients larger than 1 are cut.
# shown: trained_differs(40, 10, 0.01, 5, 30)
# kind: inputs
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    for _ in range(num_epochs):
        H = np.tanh(X @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        W2 -= lr * np.clip(H.T @ dO, -1, 1)
        b2 -= lr * dO.sum(axis=0)
        W1 -= lr * np.clip(X.T @ dZ, -1, 1)
        b1 -= lr * dZ.sum(axis=0)
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
