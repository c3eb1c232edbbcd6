# "p <- p - lr / |B| g": shows when the norm of a gradient is beyond 100, it is clipped.
# shown: sgd_differs([T(3)], [T(3) * 300], 0.1, 2)
# kind: tolerance
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            grad = grad * min(1.0, 100 / max(float(grad.norm()), 1e-12))
            param -= lr * grad / batch_size
