# "Write it yourself": the library's cell made for quantization.
# shown: uses("ao.nn")
# kind: from scratch
import torch
import torch.ao.nn.quantizable as pieces


def lstm_cell(x, h, c, W_x, W_h, b):
    cell = pieces.LSTMCell(x.shape[1], h.shape[1], dtype=x.dtype)
    with torch.no_grad():
        cell.igates.weight.copy_(W_x.T)
        cell.igates.bias.copy_(b)
        cell.hgates.weight.copy_(W_h.T)
        cell.hgates.bias.zero_()
    return cell(x, (h, c))
