# told: torch.nn.utils.clip_grad_norm_
# framework: torch
import torch
from torch import nn


def clip_gradients(grads, theta):
    params = [nn.Parameter(torch.zeros_like(grad)) for grad in grads]
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad
    nn.utils.clip_grad_norm_(params, theta)
