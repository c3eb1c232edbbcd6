# told: torch.Tensor.backward
# framework: torch
import torch


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    X, gamma = X.clone().requires_grad_(), gamma.clone().requires_grad_()
    beta = torch.zeros_like(gamma, requires_grad=True)
    deviation = torch.sqrt(X.var(dim=0, unbiased=False) + eps)
    (gamma * (X - X.mean(dim=0)) / deviation + beta).backward(dout)
    return X.grad, gamma.grad, beta.grad
