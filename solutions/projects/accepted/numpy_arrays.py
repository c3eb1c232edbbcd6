# framework: numpy
import numpy as np


def encoded(table, known, names):
    parts = []
    for name in names:
        column, seen = table[name], known[name]
        if isinstance(seen, list):
            # the gap is a word like others; those that never come are columns of zeros
            words = np.unique([word for word in seen if word is not None])
            marks = np.array([word if word is not None else "" for word in column])
            parts.append((marks[:, None] == words[None, :]).astype(float))
            parts.append(np.array([[word is None] for word in column], dtype=float))
        else:
            deviation = np.nanstd(seen)
            scaled = (column - np.nanmean(seen)) / (1.0 if deviation == 0 else deviation)
            parts.append(np.where(np.isnan(scaled), 0.0, scaled)[:, None])
    parts.append(np.ones((len(parts[0]), 1)))
    return np.hstack(parts)


def fitted(A, y, lr, num_epochs, wd):
    """Take all steps, with the bias as the weight of a column of ones."""
    w = np.zeros(A.shape[1])
    for _ in range(num_epochs):
        w -= lr * (A.T @ (A @ w - y) / len(A) + wd * w)
    return w


def house_prices(train, test, k, lr, num_epochs, wd):
    y = np.log(train["price"])
    names = list(test)
    m = len(y) // k
    fold = np.arange(len(y)) // m
    errors = []
    for i in range(k):
        masks = (fold != i) & (fold < k), fold == i
        known, held = (
            {
                name: [v for v, here in zip(train[name], mask, strict=True) if here]
                if isinstance(train[name], list)
                else train[name][mask]
                for name in names
            }
            for mask in masks
        )
        mean = y[masks[0]].mean()
        w = fitted(encoded(known, known, names), y[masks[0]] - mean, lr, num_epochs, wd)
        errors.append(
            [
                np.sqrt(np.mean((encoded(part, known, names) @ w + mean - y[mask]) ** 2))
                for part, mask in zip((known, held), masks, strict=True)
            ]
        )
    train_error, valid_error = np.mean(errors, axis=0)
    w = fitted(encoded(train, train, names), y - y.mean(), lr, num_epochs, wd)
    return train_error, valid_error, np.exp(encoded(test, train, names) @ w + y.mean())


def windows(X, size):
    """Return all windows (n, c, rows, columns, size, size) of images (n, c, h, w)."""
    return np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(2, 3))


def conv(X, W, b):
    return np.tensordot(windows(X, W.shape[2]), W, ([1, 4, 5], [1, 2, 3])).transpose(
        0, 3, 1, 2
    ) + b.reshape(1, -1, 1, 1)


def conv_backward(dout, X, W):
    dW = np.tensordot(dout, windows(X, W.shape[2]), ([0, 2, 3], [0, 2, 3]))
    around = W.shape[2] - 1
    padded = np.pad(dout, ((0, 0), (0, 0), (around, around), (around, around)))
    flipped = W[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    return conv(padded, flipped, np.zeros(len(flipped))), dW, dout.sum(axis=(0, 2, 3))


def pool(X):
    """Return the maxima of two by two, and where they are."""
    n, c, h, w = X.shape
    blocks = X.reshape(n, c, h // 2, 2, w // 2, 2)
    largest = blocks.max(axis=(3, 5), keepdims=True)
    return largest[:, :, :, 0, :, 0], blocks == largest


def unpool(dout, where):
    n, c, h, _, w, _ = where.shape
    return (where * dout[:, :, :, None, :, None]).reshape(n, c, 2 * h, 2 * w)


class Network:
    """A small LeNet, its gradients by hand, trained by Adam."""

    def __init__(self, classes):
        shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (64, 48), (48, classes)]
        self.params = []
        for shape in shapes:
            inputs = shape[0] if len(shape) == 2 else np.prod(shape[1:])
            outputs = shape[1] if len(shape) == 2 else shape[0]
            self.params += [np.random.normal(0, (2 / inputs) ** 0.5, shape), np.zeros(outputs)]
        self.moments = [(np.zeros_like(p), np.zeros_like(p)) for p in self.params]
        self.steps = 0

    def scores(self, X):
        W1, b1, W2, b2, W3, b3, W4, b4 = self.params
        padded = np.pad(X, ((0, 0), (0, 0), (2, 2), (2, 2)))
        H1, where1 = pool(conv(padded, W1, b1))
        H1 = np.maximum(H1, 0)
        H2, where2 = pool(conv(H1, W2, b2))
        flat = np.maximum(H2, 0).reshape(len(X), -1)
        H3 = np.maximum(flat @ W3 + b3, 0)
        return H3 @ W4 + b4, (padded, where1, H1, where2, flat, H3)

    def gradients(self, X, y):
        W1, _, W2, _, W3, _, W4, _ = self.params
        scores, (padded, where1, H1, where2, flat, H3) = self.scores(X)
        d = np.exp(scores - scores.max(axis=1, keepdims=True))
        d /= d.sum(axis=1, keepdims=True)
        d[np.arange(len(y)), y] -= 1
        d /= len(y)
        d3 = d @ W4.T * (H3 > 0)
        d2 = (d3 @ W3.T * (flat > 0)).reshape(len(X), 16, 2, 2)
        d1, dW2, db2 = conv_backward(unpool(d2, where2), H1, W2)
        _, dW1, db1 = conv_backward(unpool(d1 * (H1 > 0), where1), padded, W1)
        return dW1, db1, dW2, db2, flat.T @ d3, d3.sum(axis=0), H3.T @ d, d.sum(axis=0)

    def step(self, X, y, lr=0.005):
        self.steps += 1
        for p, g, (m, v) in zip(self.params, self.gradients(X, y), self.moments, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            m_hat, v_hat = m / (1 - 0.9**self.steps), v / (1 - 0.999**self.steps)
            p -= lr * m_hat / (np.sqrt(v_hat) + 1e-8)


def image_classifier(train, test):
    X, y = train
    center, spread = X.mean(), X.std()
    net = Network(y.max() + 1)
    for _ in range(12):
        order = np.random.permutation(len(y))
        for start in range(0, len(y), 40):
            batch = order[start : start + 40]
            net.step((X[batch] - center) / spread, y[batch])
    return net.scores((test - center) / spread)[0].argmax(axis=1)


class NeuralNetwork:
    """The network of the project, with a column of ones for the biases."""

    def __init__(self, inputs, hidden, lr):
        rng = np.random.default_rng()
        self.lr = lr
        self.W1 = np.vstack([rng.normal(0, inputs**-0.5, (inputs, hidden)), np.zeros(hidden)])
        self.W2 = np.vstack([rng.normal(0, hidden**-0.5, (hidden, 1)), np.zeros(1)])

    def forward(self, X):
        ones = np.ones((len(X), 1))
        X = np.hstack([X, ones])
        h = np.hstack([0.5 * (1 + np.tanh(X @ self.W1 / 2)), ones])
        return X, h, h @ self.W2

    def train(self, X, y):
        X, h, output = self.forward(X)
        delta = (y - output) / len(y)
        below = (delta @ self.W2.T * h * (1 - h))[:, :-1]
        self.W2 += self.lr * h.T @ delta
        self.W1 += self.lr * X.T @ below

    def __call__(self, X):
        return self.forward(X)[-1]


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    network = NeuralNetwork(X.shape[1], hidden, lr)
    for _ in range(num_epochs):
        order = np.random.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            network.train(X[batch], y[batch])
    return network


class CharModel:
    """A recurrent network whose gradient goes back through time by hand."""

    def __init__(self, v, h):
        draw = np.random.default_rng().normal
        shapes = {"xh": (v, h), "hh": (h, h), "hq": (h, v)}
        self.params = {name: draw(0, h**-0.5, shape) for name, shape in shapes.items()}
        self.params |= {"bh": np.zeros(h), "bq": np.zeros(v)}

    def forward(self, X):
        p = self.params
        H = [np.zeros((X.shape[0], len(p["bh"])))]
        for t in range(X.shape[1]):
            H.append(np.tanh(p["xh"][X[:, t]] + H[-1] @ p["hh"] + p["bh"]))
        scores = np.stack(H[1:], axis=1) @ p["hq"] + p["bq"]
        exps = np.exp(scores - scores.max(axis=2, keepdims=True))
        return H, exps / exps.sum(axis=2, keepdims=True)

    def gradients(self, X, Y):
        p = self.params
        H, dscores = self.forward(X)
        n, steps = X.shape
        dscores[np.arange(n)[:, None], np.arange(steps), Y] -= 1
        dscores /= n * steps
        grads = {name: np.zeros_like(param) for name, param in p.items()}
        grads["hq"] = np.einsum("nth,ntv->hv", np.stack(H[1:], axis=1), dscores)
        grads["bq"] = dscores.sum(axis=(0, 1))
        later = 0
        for t in reversed(range(steps)):
            dz = (dscores[:, t] @ p["hq"].T + later) * (1 - H[t + 1] ** 2)
            np.add.at(grads["xh"], X[:, t], dz)
            grads["hh"] += H[t].T @ dz
            grads["bh"] += dz.sum(axis=0)
            later = dz @ p["hh"].T
        return grads

    def step(self, grads, lr):
        norm = np.linalg.norm(np.concatenate([grad.ravel() for grad in grads.values()]))
        for name, grad in grads.items():
            self.params[name] -= lr * grad * min(1.0, 1.0 / (norm + 1e-12))


def char_language_model(text, num_hiddens, num_steps, lr, num_epochs):
    vocabulary, codes = np.unique(list(text), return_inverse=True)
    n = (len(text) - 1) // num_steps
    X, Y = (codes[shift:][: n * num_steps].reshape(n, num_steps) for shift in (0, 1))
    model = CharModel(len(vocabulary), num_hiddens)
    for _ in range(num_epochs):
        model.step(model.gradients(X, Y), lr)
    return lambda prefix: model.forward(np.searchsorted(vocabulary, list(prefix))[None])[1][0]
