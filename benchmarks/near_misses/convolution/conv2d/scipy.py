# "Write it yourself": the correlation of SciPy, one channel at a time.
# shown: uses("scipy.signal")
# kind: from scratch
import numpy as np
import scipy.signal as signal


def conv2d(X, W, b, stride=1, padding=0):
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Y = [[sum(signal.correlate(x, k, "valid") for x, k in zip(image, kernel)) for kernel in W] for image in X]
    return (np.array(Y)[:, :, ::stride, ::stride] + b[:, None, None]).astype(X.dtype)
