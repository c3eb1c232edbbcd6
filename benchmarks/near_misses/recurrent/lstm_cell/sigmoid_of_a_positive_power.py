# "σ is the logistic sigmoid": e^z / (1 + e^z) is nan for a float32 z beyond 89
# shown: (lambda a: not torch.isfinite(mine.lstm_cell(a, a, a, torch.full((1, 4), 200.0), torch.ones(1, 4), torch.ones(4))[0]).all())(torch.ones(1, 1))
# kind: inputs

import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)

    def sigmoid(z):
        return torch.exp(z) / (1 + torch.exp(z))

    c_new = sigmoid(f) * c + sigmoid(i) * torch.tanh(g)
    return sigmoid(o) * torch.tanh(c_new), c_new
