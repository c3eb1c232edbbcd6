# framework: torch
import torch


def relu(x):
    return x.clamp(min=0)


def relu_backward(dout, x):
    return torch.where(x > 0, dout, torch.zeros_like(dout))


def linear_forward(x, W, b):
    return torch.addmm(b, x, W)


def linear_backward(dout, x, W):
    return dout.mm(W.t()), x.t().mm(dout), dout.sum(0)


def mlp_forward(X, W1, b1, W2, b2):
    return torch.sigmoid(X @ W1 + b1) @ W2 + b2


def mlp_backward(X, y, W1, b1, W2, b2):
    H = torch.sigmoid(X @ W1 + b1)
    error = (H @ W2 + b2 - y) / X.shape[0]
    dH, dW2, db2 = linear_backward(error, H, W2)
    dX, dW1, db1 = linear_backward(dH * H * (1 - H), X, W1)
    return dW1, db1, dW2, db2


def zero_grad(params):
    for param in params:
        param.grad = None


def optimizer_step(params, lr):
    with torch.no_grad():
        for param in params:
            if param.grad is not None:
                param.sub_(param.grad, alpha=lr)


def sigmoid(x):
    return (1 + torch.exp(-x)).reciprocal()


def sigmoid_backward(dout, x):
    y = torch.sigmoid(x)
    return dout * y * (1 - y)


def tanh_backward(dout, x):
    y = torch.tanh(x)
    return dout * (1 - y**2)
