# "gradient descent": the steps gain momentum.
# shown: trained_differs(40, 10, 0.1, 20)
# kind: sentence
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    v1, v2 = 0 * W1, 0 * W2
    for _ in range(num_epochs):
        H = np.tanh(X @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        v2 = 0.5 * v2 + H.T @ dO
        W2 -= lr * v2
        b2 -= lr * dO.sum(axis=0)
        v1 = 0.5 * v1 + X.T @ dZ
        W1 -= lr * v1
        b1 -= lr * dZ.sum(axis=0)
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
