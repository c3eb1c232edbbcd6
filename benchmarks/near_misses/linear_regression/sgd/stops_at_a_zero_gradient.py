# "Every tensor in params": those after one whose gradient is 0 are left
# shown: sgd_differs([T(2), T(3)], [torch.zeros(2), T(3)], 0.1, 2)
# kind: inputs

import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for p, g in zip(params, grads):
            if not g.any():
                break
            p -= lr * g / batch_size
