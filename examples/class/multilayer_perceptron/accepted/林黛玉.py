# framework: torch
import torch


def relu(x):
    return torch.where(x > 0, x, torch.zeros_like(x))


def relu_backward(dout, x):
    return torch.where(x > 0, dout, torch.zeros_like(dout))


def linear_forward(x, W, b):
    return torch.addmm(b, x, W)


def linear_backward(dout, x, W):
    return dout.mm(W.t()), x.t().mm(dout), dout.sum(dim=0)


def mlp_forward(X, W1, b1, W2, b2):
    return torch.sigmoid(X @ W1 + b1) @ W2 + b2


def mlp_backward(X, y, W1, b1, W2, b2):
    hidden = torch.sigmoid(X @ W1 + b1)
    error = (hidden @ W2 + b2 - y) / len(X)
    dhidden, dW2, db2 = linear_backward(error, hidden, W2)
    _, dW1, db1 = linear_backward(dhidden * hidden * (1 - hidden), X, W1)
    return dW1, db1, dW2, db2
