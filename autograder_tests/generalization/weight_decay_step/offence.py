# told: torch.optim.SGD
# framework: torch
import torch


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads):
        param.grad = grad / batch_size
    torch.optim.SGD(params, lr=lr, weight_decay=wd).step()
