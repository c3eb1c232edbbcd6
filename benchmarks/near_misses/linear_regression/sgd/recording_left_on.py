# "everything computed after the call is recorded as before": shows when the caller had switched recording off.
# shown: (lambda p: (torch.no_grad().__enter__(), mine.sgd([p], [T(3)], 0.1, 2), (p * 2).requires_grad)[2])(T(3).requires_grad_())
# kind: sentence
import torch


def sgd(params, grads, lr, batch_size):
    torch.set_grad_enabled(False)
    for param, grad in zip(params, grads, strict=True):
        param -= lr * grad / batch_size
    torch.set_grad_enabled(True)
