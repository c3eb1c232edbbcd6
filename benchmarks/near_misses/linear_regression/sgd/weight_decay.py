# "p <- p - lr / |B| g": shows on any parameter that is not 0, it decays by 1e-4.
# shown: sgd_differs([T(3)], [T(3)], 0.1, 2)
# kind: tolerance
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            param -= lr * (grad / batch_size + 1e-4 * param)
