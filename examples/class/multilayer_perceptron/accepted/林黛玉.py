# framework: torch
import torch
import torch.nn.functional as F


def relu(x):
    return F.relu(x)


def relu_backward(dout, x):
    x = x.clone().requires_grad_()
    F.relu(x).backward(dout)
    return x.grad


def linear_forward(x, W, b):
    return torch.addmm(b, x, W)


def linear_backward(dout, x, W):
    return dout.mm(W.t()), x.t().mm(dout), dout.sum(dim=0)


def mlp_forward(X, W1, b1, W2, b2):
    return torch.sigmoid(X @ W1 + b1) @ W2 + b2


def mlp_backward(X, y, W1, b1, W2, b2):
    params = [p.clone().requires_grad_() for p in (W1, b1, W2, b2)]
    loss = 0.5 * ((mlp_forward(X, *params) - y) ** 2).sum() / len(X)
    return torch.autograd.grad(loss, params)
