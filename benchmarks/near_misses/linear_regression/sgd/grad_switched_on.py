# "everything computed after the call is recorded as before": shows on parameters that are not trainable, they become so.
# shown: (lambda p: (mine.sgd([p], [T(3)], 0.1, 2), p.requires_grad)[1])(T(3))
# kind: sentence
import torch


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads, strict=True):
        param.requires_grad_(False)
        param -= lr * grad / batch_size
        param.requires_grad_(True)
