# "λ p": shows on a parameter that is not centred, which decays toward its mean.
# shown: sgd_differs([T(3) + 5], [T(3)], 0.1, 2, 0.5)
# kind: inputs
import torch


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param -= lr * (grad / batch_size + wd * (param - param.mean()))
