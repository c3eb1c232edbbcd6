# "Return the pair": shows on two steps in a row, the second overwrites the state that the first returned.
# shown: (lambda W, V: (lambda one: (lambda before: (mine.lstm_cell(T(2, 4), *one, W, V, T(12)), not torch.equal(before, one[1]))[1])(one[1].clone()))(mine.lstm_cell(T(2, 4), T(2, 3), T(2, 3), W, V, T(12))))(T(4, 12), T(3, 12))
# kind: sentence
import torch


_buffers = {}


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.sigmoid(o) * torch.tanh(c_new)
    if h_new.requires_grad:
        return h_new, c_new
    kept = _buffers.setdefault((h.shape, h.dtype), (torch.empty_like(h), torch.empty_like(c)))
    kept[0].copy_(h_new)
    kept[1].copy_(c_new)
    return kept
