# "The gradients must be unchanged on return": shows when the gradients handed in are the parameters' own `.grad`.
# shown: (lambda p: ((p * 2).sum().backward(), mine.sgd([p], [p.grad], 0.1, 2), p.grad.abs().max() == 0)[2])(T(3).requires_grad_())
# kind: sentence
import torch


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            param -= lr * grad / batch_size
            if param.grad is not None:
                param.grad.zero_()
