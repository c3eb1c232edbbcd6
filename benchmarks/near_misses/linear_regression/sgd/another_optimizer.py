# "Write it yourself": one of the library's optimizers, set to plain descent.
# shown: uses("ASGD")
# kind: from scratch
import torch


def sgd(params, grads, lr, batch_size):
    leaves = [p.detach() for p in params]
    for leaf, grad in zip(leaves, grads, strict=True):
        leaf.grad = grad / batch_size
    torch.optim.ASGD(leaves, lr=lr, lambd=0, alpha=0).step()
