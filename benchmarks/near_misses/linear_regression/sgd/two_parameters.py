# "a list of tensors": shows on three parameters.
# shown: sgd_differs([T(2), T(3), T(4)], [T(2), T(3), T(4)], 0.1, 2)
# kind: inputs
import torch


def sgd(params, grads, lr, batch_size):
    w, b, *_ = (*params, None)
    with torch.no_grad():
        w -= lr * grads[0] / batch_size
        if b is not None:
            b -= lr * grads[1] / batch_size
