# "tensors of any shapes": shows on a parameter without axes, which has no rows.
# shown: sgd_differs([T()], [T() * 2], 0.1, 2)
# kind: inputs
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            for i in range(len(param)):
                param[i] -= lr * grad[i] / batch_size
