# "Every tensor in `params` is changed": shows on more than three parameters, the last one stays.
# shown: sgd_differs([T(2), T(3), T(4), T(5)], [T(2), T(3), T(4), T(5)], 0.1, 2)
# kind: inputs
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for i in range(min(3, len(params))):
            params[i] -= lr * grads[i] / batch_size
