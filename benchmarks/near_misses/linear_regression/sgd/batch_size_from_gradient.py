# "`batch_size`": shows when `batch_size` is not 1 and the gradient's first axis is as long as it: the division is forgotten.
# shown: sgd_differs([T(4)], [T(4)], 0.1, 4)
# kind: inputs
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            mean = grad if grad.dim() and len(grad) == batch_size else grad / batch_size
            param -= lr * mean
