# "a list of tensors of any shapes": shows on a transposed parameter, whose flattened form is a copy.
# shown: sgd_differs([T(3, 2).T], [T(2, 3)], 0.1, 2)
# kind: inputs
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            flat = param.reshape(-1)
            flat -= lr * grad.reshape(-1) / batch_size
