# "All results have the dtype of the arguments": shows in float64, which is computed in float32.
# shown: differ(T(2, 3, 2), T(3, 4), T(3, 4), T(2, 16), T(4, 16), T(16))
# kind: tolerance
import torch


def lstm_forward(xs, h, c, W_x, W_h, b):
    dtype = xs.dtype
    xs, h, c, W_x, W_h, b = (one.float() for one in (xs, h, c, W_x, W_h, b))
    hs = []
    for x in xs:
        i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        hs.append(h)
    return torch.stack(hs).to(dtype), h.to(dtype), c.to(dtype)
