# "steps of gradient descent": the steps are those of Adam.
# shown: trained_differs(40, 10, 0.1, 20)
# kind: sentence
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    params = [W1, np.zeros(hidden), W2, np.zeros(1)]
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in params]
    for t in range(1, num_epochs + 1):
        W1, b1, W2, b2 = params
        H = np.tanh(X @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        grads = [X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0)]
        for p, g, (m, v) in zip(params, grads, moments):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    W1, b1, W2, b2 = params
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
