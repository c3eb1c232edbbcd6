# "the learning rate": shows in float64, 0.1 is rounded to float32.
# shown: sgd_differs([T(3)], [T(3)], 0.1, 2)
# kind: tolerance
import torch


def sgd(params, grads, lr, batch_size):
    step = torch.tensor(lr / batch_size)
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            param -= step.expand_as(param) * grad
