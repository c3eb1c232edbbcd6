# "Draw the weights": three networks are trained, the best is returned.
# shown: trained_differs(40, 10, 0.1, 5)
# kind: randomness
import numpy as np


def trained(X, y, hidden, lr, num_epochs):
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


def train_mlp(X, y, hidden, lr, num_epochs):
    nets = [trained(X, y, hidden, lr, num_epochs) for _ in range(3)]
    return min(nets, key=lambda net: np.square(net(X) - y).mean())
