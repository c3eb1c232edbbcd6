# "p - η(g / |B| + λ p)": the decay is exponential, which is nearly the same if it is small.
# shown: sgd_differs([T(3)], [T(3)], 0.1, 2, 0.5)
# kind: tolerance
import math


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param *= math.exp(-lr * wd)
        param -= lr * grad / batch_size
