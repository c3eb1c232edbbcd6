# framework: torch
import torch
from torch import nn


class Cell(nn.Module):
    """A module of one's own, with library layers for the sums."""

    def __init__(self, inputs, units, dtype):
        super().__init__()
        self.from_input = nn.Linear(inputs, 4 * units, dtype=dtype)
        self.from_state = nn.Linear(units, 4 * units, bias=False, dtype=dtype)

    def forward(self, x, state):
        h, c = state
        i, f, g, o = torch.split(self.from_input(x) + self.from_state(h), h.shape[1], dim=1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c


def lstm_cell(x, h, c, W_x, W_h, b):
    cell = Cell(x.shape[1], h.shape[1], x.dtype)
    with torch.no_grad():
        cell.from_input.weight.copy_(W_x.T)
        cell.from_input.bias.copy_(b)
        cell.from_state.weight.copy_(W_h.T)
        return cell(x, (h, c))
