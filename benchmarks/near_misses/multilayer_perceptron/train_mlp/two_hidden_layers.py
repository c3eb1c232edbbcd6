# "one hidden layer": there are two.
# shown: trained_differs(40, 10, 0.1, 0)
# kind: sentence
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    W2 = np.random.normal(0, 0.5, (hidden, hidden))
    W3 = np.random.normal(0, 0.5, (hidden, 1))
    b1, b2, b3 = np.zeros(hidden), np.zeros(hidden), np.zeros(1)
    for _ in range(num_epochs):
        H = np.tanh(X @ W1 + b1)
        G = np.tanh(H @ W2 + b2)
        dO = (G @ W3 + b3 - y) / len(X)
        dG = (dO @ W3.T) * (1 - G * G)
        dH = (dG @ W2.T) * (1 - H * H)
        W3 -= lr * G.T @ dO
        b3 -= lr * dO.sum(axis=0)
        W2 -= lr * H.T @ dG
        b2 -= lr * dG.sum(axis=0)
        W1 -= lr * X.T @ dH
        b1 -= lr * dH.sum(axis=0)
    return lambda X: np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2) @ W3 + b3
