# framework: torch
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    k = h.shape[1]

    def block(number):
        columns = slice(number * k, (number + 1) * k)
        return (
            torch.mm(x, W_x[:, columns])
            + torch.einsum("nk,kj->nj", h, W_h[:, columns])
            + b[columns]
        )

    input_gate = 1 / (1 + torch.exp(-block(0)))
    forget_gate = 1 / (1 + torch.exp(-block(1)))
    candidate = block(2).tanh()
    output_gate = 1 / (1 + torch.exp(-block(3)))
    memory = c.clone()
    memory *= forget_gate
    memory += input_gate * candidate
    return torch.stack([output_gate * memory.tanh(), memory])
