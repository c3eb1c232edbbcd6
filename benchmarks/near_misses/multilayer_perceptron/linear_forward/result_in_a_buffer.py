# "Return `(n, k)`": shows when two results of one shape are kept, the second call overwrites the first.
# shown: (lambda a, b: np.array_equal(a, b))(mine.linear_forward(N(4, 3), N(3, 2), N(2)), mine.linear_forward(2 * N(4, 3), N(3, 2), N(2)))
# kind: sentence
import numpy as np


_buffers = {}


def linear_forward(x, W, b):
    key = len(x), W.shape[1], str(x.dtype)
    out = _buffers.setdefault(key, np.empty((len(x), W.shape[1]), x.dtype))
    np.matmul(x, W, out=out)
    out += b
    return out
