# "in the dtype of the arguments": shows on float16, the result is float32.
# shown: differ(N(4, 3).astype(np.float16), N(3, 2).astype(np.float16), N(2).astype(np.float16))
# kind: inputs
import numpy as np


def linear_forward(x, W, b):
    wide = np.result_type(x, np.float32)
    return x.astype(wide) @ W.astype(wide) + b
