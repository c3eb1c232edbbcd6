# "Write it yourself": the function that the library's clipping ends in.
# shown: uses("clip_grads_with_norm_")
# kind: from scratch
import torch
from torch.nn.utils import clip_grad


def clip_gradients(grads, theta):
    params = [torch.nn.Parameter(torch.zeros_like(grad)) for grad in grads]
    for param, grad in zip(params, grads, strict=True):
        param.grad = grad
    clip_grad.clip_grads_with_norm_(params, theta, clip_grad.get_total_norm(grads))
