# told: torch.native_dropout_backward
# framework: torch
import torch


def dropout_backward(dout, mask, p):
    return torch.native_dropout_backward(dout, mask.bool(), 1 / (1 - p) if p < 1 else 0.0)
