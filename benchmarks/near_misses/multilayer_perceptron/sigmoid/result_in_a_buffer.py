# "Return an array": shows in a second call, which overwrites the first result.
# shown: (lambda first: (mine.sigmoid(-N(4)), wrong(first, right.sigmoid(N(4))))[1])(mine.sigmoid(N(4)))
# kind: sentence
import numpy as np

buffers = {}


def sigmoid(x):
    out = buffers.setdefault((x.shape, x.dtype), np.empty_like(x))
    np.exp(-np.abs(x), out=out)
    out[...] = np.where(x >= 0, 1, out) / (1 + out)
    return out
