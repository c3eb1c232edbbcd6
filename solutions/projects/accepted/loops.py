# framework: numpy
import math

import numpy as np


def features_of(house, facts):
    features = []
    for name, fact in facts.items():
        if isinstance(fact, set):
            features += [float(house[name] == word) for word in sorted(fact)]
            features.append(float(house[name] is None))
        else:
            mean, deviation = fact
            missing = math.isnan(house[name])
            features.append(0.0 if missing else (house[name] - mean) / deviation)
    return features


def facts_of(houses, names):
    facts = {}
    for name in names:
        values = [house[name] for house in houses]
        if any(isinstance(value, str) for value in values):
            facts[name] = {value for value in values if value is not None}
        else:
            known = [value for value in values if not math.isnan(value)]
            mean = math.fsum(known) / len(known)
            square = math.fsum((value - mean) ** 2 for value in known) / len(known)
            facts[name] = mean, math.sqrt(square) or 1.0
    return facts


def fit(houses, names, lr, num_epochs, wd):
    facts = facts_of(houses, names)
    X = [features_of(house, facts) for house in houses]
    logs = [math.log(house["price"]) for house in houses]
    mu = sum(logs) / len(logs)
    w, b = [0.0] * len(X[0]), 0.0
    for _ in range(num_epochs):
        errors = [
            sum(a * c for a, c in zip(x, w, strict=True)) + b - (y - mu)
            for x, y in zip(X, logs, strict=True)
        ]
        slopes = [
            sum(e * x[j] for e, x in zip(errors, X, strict=True)) / len(X) for j in range(len(w))
        ]
        w = [a - lr * (s + wd * a) for a, s in zip(w, slopes, strict=True)]
        b -= lr * (sum(errors) / len(X) + wd * b)
    return lambda house: (
        sum(a * c for a, c in zip(features_of(house, facts), w, strict=True)) + b + mu
    )


def house_prices(train, test, k, lr, num_epochs, wd):
    columns = {n: c if isinstance(c, list) else c.tolist() for n, c in train.items()}
    houses = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    asked = {n: c if isinstance(c, list) else c.tolist() for n, c in test.items()}
    others = [dict(zip(asked, row, strict=True)) for row in zip(*asked.values(), strict=True)]
    m = len(houses) // k
    totals = [0.0, 0.0]
    for i in range(k):
        held = houses[i * m : (i + 1) * m]
        known = houses[: i * m] + houses[(i + 1) * m : k * m]
        predict = fit(known, list(test), lr, num_epochs, wd)
        for place, part in enumerate((known, held)):
            squares = [(predict(house) - math.log(house["price"])) ** 2 for house in part]
            totals[place] += math.sqrt(sum(squares) / len(squares)) / k
    predict = fit(houses, list(test), lr, num_epochs, wd)
    return *totals, np.array([math.exp(predict(house)) for house in others])


def shifted_sum(images, W, b):
    """Convolve images (n, h, w, c) with kernels (s, s, c, out), by one product for each shift."""
    s = len(W)
    h, w = images.shape[1] - s + 1, images.shape[2] - s + 1
    out = b
    for i in range(s):
        for j in range(s):
            out = out + images[:, i : i + h, j : j + w] @ W[i, j]
    return out


def shifted_gradients(dout, images, W):
    dW, dimages = np.zeros_like(W), np.zeros_like(images)
    h, w = dout.shape[1:3]
    for i in range(len(W)):
        for j in range(len(W)):
            piece = images[:, i : i + h, j : j + w]
            dW[i, j] = np.tensordot(piece, dout, ([0, 1, 2], [0, 1, 2]))
            dimages[:, i : i + h, j : j + w] += dout @ W[i, j].T
    return dW, dout.sum(axis=(0, 1, 2)), dimages


def every_second(H):
    """Return the four quarters of which the mean is the pooled image."""
    return [H[:, i::2, j::2] for i in (0, 1) for j in (0, 1)]


def image_classifier(train, test):
    """Train by gradient descent with momentum; pool by the mean, and score the whole image."""
    images, labels = train[0].astype(float), [int(label) for label in train[1]]
    mean, deviation = images.mean(), images.std()
    classes = max(labels) + 1
    params = [
        np.random.normal(0, 0.25, (5, 5, 1, 8)),
        np.zeros(8),
        np.random.normal(0, 0.1, (5, 5, 8, 16)),
        np.zeros(16),
        np.random.normal(0, 0.15, (64, classes)),
        np.zeros(classes),
    ]

    def forward(X):
        padded = np.pad((X[:, 0] - mean) / deviation, ((0, 0), (2, 2), (2, 2)))[..., None]
        Z1 = shifted_sum(padded, params[0], params[1])
        H1 = sum(every_second(np.maximum(Z1, 0))) / 4
        Z2 = shifted_sum(H1, params[2], params[3])
        H2 = sum(every_second(np.maximum(Z2, 0))) / 4
        flat = H2.reshape(len(X), -1)
        return flat @ params[4] + params[5], (padded, Z1, H1, Z2, flat)

    def spread_out(d, Z):
        """Return the gradient of what was rectified and pooled."""
        return np.repeat(np.repeat(d / 4, 2, axis=1), 2, axis=2) * (Z > 0)

    one_hot = np.array([[float(label == k) for k in range(classes)] for label in labels])
    speeds = [0 * p for p in params]
    for _ in range(25):
        order = np.random.permutation(len(labels))
        for start in range(0, len(labels), 20):
            batch = order[start : start + 20]
            scores, (padded, Z1, H1, Z2, flat) = forward(images[batch])
            chances = np.exp(scores - scores.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
            d = (chances - one_hot[batch]) / len(batch)
            d2 = spread_out((d @ params[4].T).reshape(len(batch), 2, 2, 16), Z2)
            dW2, db2, dH1 = shifted_gradients(d2, H1, params[2])
            dW1, db1, _ = shifted_gradients(spread_out(dH1, Z1), padded, params[0])
            grads = [dW1, db1, dW2, db2, flat.T @ d, d.sum(axis=0)]
            for param, speed, grad in zip(params, speeds, grads, strict=True):
                speed *= 0.9
                speed -= 0.02 * grad
                param += speed
    return [int(np.argmax(row)) for row in forward(test)[0]]


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    """Keep one weight vector for each unit, and the examples in the order of the table."""
    d = X.shape[1]
    units = [np.random.randn(d) / math.sqrt(d) for _ in range(hidden)]
    shifts = np.zeros(hidden)
    outer, last = np.random.randn(hidden) / math.sqrt(hidden), 0.0

    def layer(x):
        z = np.stack([x @ unit for unit in units], axis=1) + shifts
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    for _ in range(num_epochs):
        for start in range(0, len(X), batch_size):
            x, labels = X[start : start + batch_size], y[start : start + batch_size, 0]
            h = layer(x)
            error = np.einsum("nj,j->n", h, outer) + last - labels
            slopes = np.einsum("n,j,nj->nj", error, outer, h * (1 - h))
            outer = outer - lr * (error[:, None] * h).mean(axis=0)
            last -= lr * error.mean()
            for j, unit in enumerate(units):
                units[j] = unit - lr * (slopes[:, j : j + 1] * x).mean(axis=0)
            shifts = shifts - lr * slopes.mean(axis=0)
    return lambda x: (layer(x) @ outer + last)[:, None]


def char_language_model(text, num_hiddens, num_steps, lr, num_epochs):
    """Keep a state for each part as a column, and look characters up in a dict."""
    chars = sorted(set(text))
    place, h, v = {char: i for i, char in enumerate(chars)}, num_hiddens, len(chars)
    U, W, V = (np.random.randn(*shape) / math.sqrt(h) for shape in [(h, v), (h, h), (v, h)])
    b, c = np.zeros((h, 1)), np.zeros((v, 1))
    parts = [text[i : i + num_steps + 1] for i in range(0, len(text) - num_steps, num_steps)]
    columns = [[place[part[t]] for part in parts] for t in range(num_steps + 1)]

    def softmax(z):
        e = np.exp(z - z.max(axis=0))
        return e / e.sum(axis=0)

    for _ in range(num_epochs):
        states = [np.zeros((h, len(parts)))]
        for read in columns[:-1]:
            states.append(np.tanh(U[:, read] + W @ states[-1] + b))
        dU, dW, dV, db, dc = (np.zeros_like(param) for param in (U, W, V, b, c))
        carried = np.zeros((h, len(parts)))
        for t in range(num_steps, 0, -1):
            error = softmax(V @ states[t] + c) - np.eye(v)[:, columns[t]]
            error /= num_steps * len(parts)
            dV += error @ states[t].T
            dc += error.sum(axis=1, keepdims=True)
            below = (V.T @ error + carried) * (1 - states[t] ** 2)
            dU += below @ np.eye(v)[columns[t - 1]]
            dW += below @ states[t - 1].T
            db += below.sum(axis=1, keepdims=True)
            carried = W.T @ below
        length = math.sqrt(sum(float(np.vdot(grad, grad)) for grad in (dU, dW, dV, db, dc)))
        scale = lr / length if length > 1 else lr
        U, W, V = U - scale * dU, W - scale * dW, V - scale * dV
        b, c = b - scale * db, c - scale * dc

    def predict(prefix):
        state, rows = np.zeros((h, 1)), []
        for char in prefix:
            state = np.tanh(U[:, [place[char]]] + W @ state + b)
            rows.append(softmax(V @ state + c)[:, 0])
        return np.array(rows)

    return predict
