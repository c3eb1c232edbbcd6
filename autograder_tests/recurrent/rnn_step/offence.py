# told: torch.nn.RNNCell
# framework: torch
import torch
from torch import nn


def rnn_step(x, h, W_xh, W_hh, b_h):
    cell = nn.RNNCell(x.shape[1], h.shape[1], dtype=x.dtype)
    with torch.no_grad():
        cell.weight_ih.copy_(W_xh.T)
        cell.weight_hh.copy_(W_hh.T)
        cell.bias_ih.copy_(b_h)
        cell.bias_hh.zero_()
        return cell(x, h)
