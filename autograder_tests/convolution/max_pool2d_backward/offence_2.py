# told: torch.nn.functional.max_unpool2d
# framework: torch
from torch.nn import functional as F


def max_pool2d_backward(dout, X, size, stride):
    _, places = F.max_pool2d(X, size, stride, return_indices=True)
    return F.max_unpool2d(dout, places, size, stride, output_size=X.shape)
