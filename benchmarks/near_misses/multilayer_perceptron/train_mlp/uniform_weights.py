# "from a normal distribution": from a uniform one with the same deviation.
# shown: not any(abs(net.__closure__[1].cell_contents).max() > 0.87 for net in [mine.train_mlp(N(5, 2), N(5, 1), 500, 0.1, 0)])
# kind: randomness
import numpy as np


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = np.random.uniform(-(0.75**0.5), 0.75**0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.uniform(-(0.75**0.5), 0.75**0.5, (hidden, 1))
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
