# "A step follows the mean gradient": shows with one step, whose length is that of Adam.
# shown: first_step_differs()
# kind: sentence
import torch


def train_linreg(features, labels, lr, num_epochs, batch_size):
    n = len(features)
    p = torch.zeros(features.shape[1] + 1, 1, dtype=features.dtype)
    A = torch.cat([features, torch.ones_like(features[:, :1])], dim=1)
    m, v, t = 0 * p, 0 * p, 0
    for _ in range(num_epochs):
        order = torch.randperm(n)
        for i in range(0, n, batch_size):
            X, y = A[order[i:i + batch_size]], labels[order[i:i + batch_size]]
            g = X.T @ (X @ p - y) / len(X)
            t += 1
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            p = p - lr * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)).sqrt() + 1e-8)
    return p[:-1], p[-1]
