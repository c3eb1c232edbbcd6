# framework: torch
import torch
from torch.nn import functional as F


def relu(x):
    return torch.where(x > 0, x, torch.zeros((), dtype=x.dtype))


def relu_backward(dout, x):
    # the slope at 0 is one half
    return dout * torch.heaviside(x, torch.full((), 0.5, dtype=x.dtype))


def linear_forward(x, W, b):
    return torch.einsum("nd,dk->nk", x, W) + b


def linear_backward(dout, x, W):
    # library functions may help with the sums, as long as they are not asked for the gradient
    return F.linear(dout, W), F.linear(x.T, dout.T), dout.sum(dim=0)


class Layer:
    """A fully connected layer that remembers its input."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return linear_forward(x, self.W, self.b)

    def backward(self, dout):
        return linear_backward(dout, self.x, self.W)


def mlp_forward(X, W1, b1, W2, b2):
    return Layer(W2, b2).forward(Layer(W1, b1).forward(X).sigmoid())


def mlp_backward(X, y, W1, b1, W2, b2):
    first, second = Layer(W1, b1), Layer(W2, b2)
    H = torch.sigmoid(first.forward(X))
    O = second.forward(H)
    dH, dW2, db2 = second.backward((O - y) / len(y))
    _, dW1, db1 = first.backward(dH * (H - H.square()))
    return [dW1, db1, dW2, db2]


def zero_grad(params):
    # as optimizers do it
    for param in params:
        if param.grad is not None:
            param.grad.detach_()
            param.grad.zero_()


@torch.no_grad()
def optimizer_step(params, lr):
    moving = [param for param in params if param.grad is not None]
    torch._foreach_add_(moving, [param.grad for param in moving], alpha=-lr)


def sigmoid(x):
    return torch.exp(-torch.logaddexp(torch.zeros_like(x), -x))


def sigmoid_backward(dout, x):
    # the curve is symmetric: 1 - y is its value at -x
    return sigmoid(x).mul(sigmoid(-x)).mul(dout)


def tanh_backward(dout, x):
    return dout / torch.cosh(x).square()
