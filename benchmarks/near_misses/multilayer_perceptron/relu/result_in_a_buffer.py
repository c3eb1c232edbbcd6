# "Return an array": shows when two results of one shape are kept, the second call overwrites the first.
# shown: (lambda a, b: np.array_equal(a, b))(mine.relu(N(3, 4)), mine.relu(2 * N(3, 4)))
# kind: sentence
import numpy as np


_buffers = {}


def relu(x):
    out = _buffers.setdefault((x.shape, str(x.dtype)), np.empty_like(x))
    return np.maximum(x, 0, out=out)
