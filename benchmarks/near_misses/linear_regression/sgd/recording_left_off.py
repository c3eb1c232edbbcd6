# "everything computed after the call is recorded as before": shows on whatever is computed after the call.
# shown: (lambda p: (mine.sgd([p], [T(3)], 0.1, 2), not (p * 2).requires_grad)[1])(T(3).requires_grad_())
# kind: sentence
import torch


def sgd(params, grads, lr, batch_size):
    torch.set_grad_enabled(False)
    for param, grad in zip(params, grads, strict=True):
        param -= lr * grad / batch_size
