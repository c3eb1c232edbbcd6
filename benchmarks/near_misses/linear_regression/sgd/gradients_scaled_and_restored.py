# "The gradients must be unchanged on return": shows when `batch_size` is no power of two, dividing and multiplying again rounds.
# shown: (lambda g: (mine.sgd([T(50)], [g], 0.1, 7), not torch.equal(g, T(50)))[1])(T(50))
# kind: tolerance
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            grad /= batch_size
            param -= lr * grad
            grad *= batch_size
