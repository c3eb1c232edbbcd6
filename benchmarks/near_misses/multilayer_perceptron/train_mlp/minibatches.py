# "each over **all** examples at once": each epoch goes through minibatches of 32.
# shown: trained_differs(40, 10, 0.1, 20)
# kind: sentence
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    for _ in range(num_epochs):
        order = np.random.permutation(len(X))
        for i in range(0, len(X), 32):
            A, t = X[order[i : i + 32]], y[order[i : i + 32]]
            H = np.tanh(A @ W1 + b1)
            dO = (H @ W2 + b2 - t) / len(A)
            dZ = (dO @ W2.T) * (1 - H * H)
            W2 -= lr * H.T @ dO
            b2 -= lr * dO.sum(axis=0)
            W1 -= lr * A.T @ dZ
            b1 -= lr * dZ.sum(axis=0)
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
