# framework: torch
import math

import torch


def relu(x):
    values = [max(value, 0.0) for value in x.reshape(-1).tolist()]
    return torch.tensor(values, dtype=x.dtype).reshape(x.shape)


def relu_backward(dout, x):
    return dout * (x >= 0).to(dout.dtype)


def linear_forward(x, W, b):
    return torch.stack([torch.stack([row @ W[:, j] + b[j] for j in range(len(b))]) for row in x])


def linear_backward(dout, x, W):
    dx = torch.stack([W @ d for d in dout])
    dW, db = torch.zeros_like(W), torch.zeros_like(W[0])
    for d, row in zip(dout, x, strict=True):
        dW += torch.outer(row, d)
        db += d
    return dx, dW, db


def mlp_forward(X, W1, b1, W2, b2):
    return torch.stack([(1 / (1 + torch.exp(-(x @ W1 + b1)))) @ W2 + b2 for x in X])


def mlp_backward(X, y, W1, b1, W2, b2):
    grads = [torch.zeros_like(p) for p in (W1, b1, W2, b2)]
    for x, target in zip(X, y, strict=True):
        h = 1 / (1 + torch.exp(-(x @ W1 + b1)))
        d = h @ W2 + b2 - target
        dz = h * (1 - h) * (W2 @ d)
        for total, part in zip(grads, (torch.outer(x, dz), dz, torch.outer(h, d), d), strict=True):
            total += part
    return [g / len(X) for g in grads]


def zero_grad(params):
    for param in params:
        if param.grad is not None:
            param.grad -= param.grad


def optimizer_step(params, lr):
    for param in params:
        if param.grad is None:
            continue
        for number, slope in enumerate(param.grad):
            param.data[number] = param.data[number] - lr * slope


def sigmoid(x):
    values = [1 / (1 + math.exp(-v)) if v > 0 else 1 - 1 / (1 + math.exp(v)) for v in _flat(x)]
    return torch.tensor(values, dtype=x.dtype).reshape(x.shape)


def sigmoid_backward(dout, x):
    y = sigmoid(x)
    return dout * (y - y**2)


def tanh_backward(dout, x):
    values = []
    for d, v in zip(_flat(dout), _flat(x), strict=True):
        values.append(d * (1 - math.tanh(v)) * (1 + math.tanh(v)))
    return torch.tensor(values, dtype=x.dtype).reshape(x.shape)


def _flat(x):
    return x.reshape(-1).tolist()
