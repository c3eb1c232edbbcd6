# "|B| = `batch_size`": shows when `batch_size` is no power of two.
# shown: sgd_differs([T(3)], [T(3)], 0.1, 6)
# kind: inputs
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            param -= lr * grad / (1 << (int(batch_size).bit_length() - 1))
