# "Every parameter decays, biases too": shows on one number, which does not.
# shown: sgd_differs([T(1)], [T(1)], 0.1, 2, 0.5)
# kind: inputs
import torch


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        decay = wd if param.numel() > 1 else 0.0
        param -= lr * (grad / batch_size + decay * param)
