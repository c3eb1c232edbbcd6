# framework: torch
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    gates = torch.cat([x, h], dim=1) @ torch.cat([W_x, W_h], dim=0)
    gates = (gates + b).reshape(len(x), 4, -1)
    # tanh(z) = 2 sigmoid(2 z) - 1, so that one sigmoid does for all
    i, f, o = torch.sigmoid(gates[:, [0, 1, 3]]).unbind(1)
    g = 2 * torch.sigmoid(2 * gates[:, 2]) - 1
    c = f * c + i * g
    h = o * torch.tanh(c)
    return h, c
