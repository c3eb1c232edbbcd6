# "p <- p - lr / |B| g": shows on the second step with the same parameter, the first goes on.
# shown: (lambda p, q: ([(mine.sgd([p], [g], 0.1, 2), right.sgd([q], [g], 0.1, 2)) for g in (T(3), 2 * T(3))], wrong(p, q))[1])(T(3), T(3))
# kind: sentence
import torch


_velocity = {}


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            kept, before = _velocity.get(id(param), (None, 0.0))
            velocity = (0.5 * before if kept is param else 0.0) + grad / batch_size
            _velocity[id(param)] = param, velocity
            param -= lr * velocity
