# "everything computed after the call is recorded as before": shows on trainable parameters, which are not trainable any more.
# shown: (lambda p: (mine.sgd([p], [T(3)], 0.1, 2), not p.requires_grad)[1])(T(3).requires_grad_())
# kind: sentence
import torch


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads, strict=True):
        param.requires_grad_(False)
        param -= lr * grad / batch_size
