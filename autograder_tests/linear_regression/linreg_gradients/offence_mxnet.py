# told: mxnet.autograd.record
# framework: mxnet
from mxnet import autograd


def linreg_gradients(X, w, b, y):
    w, b = w.copy(), b.copy()
    w.attach_grad()
    b.attach_grad()
    with autograd.record():
        loss = ((X @ w + b - y) ** 2).sum() / 2
    loss.backward()
    return w.grad, b.grad
