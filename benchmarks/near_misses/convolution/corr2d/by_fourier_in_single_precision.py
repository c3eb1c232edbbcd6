# "the dtype of the arguments": shows in float64, the transform is of single precision.
# shown: differ(N(5, 6), N(2, 3))
# kind: tolerance
import numpy as np


def corr2d(X, K):
    kh, kw = K.shape
    F = np.fft.rfft2(X) * np.conj(np.fft.rfft2(K, X.shape))
    Y = np.fft.irfft2(F.astype(np.complex64), X.shape)
    return Y[: X.shape[0] - kh + 1, : X.shape[1] - kw + 1].astype(X.dtype)
