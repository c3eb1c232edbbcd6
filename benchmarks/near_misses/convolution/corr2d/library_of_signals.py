# "Write it yourself": the same by another library.
# shown: uses("scipy.ndimage")
# kind: from scratch
import scipy.ndimage


def corr2d(X, K):
    kh, kw = K.shape
    Y = scipy.ndimage.correlate(X, K, mode="constant", origin=(-((kh - 1) // 2), -((kw - 1) // 2)))
    top, left = kh // 2 - (kh - 1) // 2, kw // 2 - (kw - 1) // 2
    return Y[top : top + X.shape[0] - kh + 1, left : left + X.shape[1] - kw + 1]
