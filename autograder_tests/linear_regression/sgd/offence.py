# told: torch.optim.SGD
# framework: torch
import torch


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        param.grad = grad / batch_size
    torch.optim.SGD(params, lr=lr).step()
