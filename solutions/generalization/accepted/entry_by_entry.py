# framework: torch
import math
import random

import torch


def dropout(X, p, training=True):
    if not training:
        return X
    entries = [0.0 if random.random() < p else v / (1 - p) for v in X.flatten().tolist()]
    return torch.tensor(entries, dtype=X.dtype).reshape(X.shape)


def l2_penalty(w):
    return sum(value**2 for value in w.flatten().tolist()) / 2


def l1_penalty(w):
    return sum(abs(value) for value in w.flatten().tolist())


def weight_decay_step(params, grads, lr, batch_size, wd):
    for i in range(len(params)):
        step = lr * grads[i] / batch_size + lr * wd * params[i]
        params[i].copy_(params[i] - step)


def dropout_backward(dout, mask, p):
    dx = torch.zeros_like(dout)
    kept = mask.bool()
    if p < 1:
        dx[kept] = dout[kept] / (1 - p)
    return dx


def polynomial_features(x, degree):
    rows = []
    for value in x.tolist():
        row = [1.0]
        for i in range(1, degree + 1):
            row.append(row[-1] * value / i)
        rows.append(row)
    return torch.tensor(rows, dtype=x.dtype)


def k_fold(k, i, X, y):
    m = len(X) // k
    train = [j for j in range(m * k) if j // m != i]
    valid = [j for j in range(m * k) if j // m == i]
    return X[train], y[train], X[valid], y[valid]


def standardize(train, test):
    train, test = train.clone(), test.clone()
    for j in range(train.shape[1]):
        column = train[:, j].tolist()
        mean = sum(column) / len(column)
        deviation = (sum((v - mean) ** 2 for v in column) / len(column)) ** 0.5 or 1.0
        for table in (train, test):
            table[:, j] = (table[:, j] - mean) / deviation
    return train, test


def encode_categories(column, categories):
    rows = []
    for value in column:
        row = [1 if value == name else 0 for name in categories]
        rows.append([*row, 1 if value is None else 0])
    return torch.tensor(rows)


def log_rmse(predictions, labels):
    total, count = 0.0, 0
    for y_hat, y in zip(predictions.flatten().tolist(), labels.flatten().tolist(), strict=True):
        total += (math.log(max(y_hat, 1)) - math.log(y)) ** 2
        count += 1
    return math.sqrt(total / count)


def xavier_normal(fan_in, fan_out):
    deviation = math.sqrt(2 / (fan_in + fan_out))
    rows = [[random.gauss(0, deviation) for _ in range(fan_out)] for _ in range(fan_in)]
    return torch.tensor(rows)


def covariate_shift_weights(p_source):
    return torch.tensor([(1 - p) / p for p in p_source.tolist()], dtype=p_source.dtype)
