# framework: mxnet
from mxnet import np, npx

npx.set_np()


def _padded(X, padding):
    return np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def conv2d(X, W, b, stride=1, padding=0):
    X = _padded(X, padding)
    kh, kw = W.shape[2:]
    h = (X.shape[2] - kh) // stride + 1
    w = (X.shape[3] - kw) // stride + 1
    Y = np.zeros((len(X), len(W), h, w), dtype=X.dtype)
    for i in range(h):
        for j in range(w):
            window = X[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
            Y[:, :, i, j] = np.tensordot(window, W, axes=([1, 2, 3], [1, 2, 3])) + b
    return Y


def conv2d_backward(dout, X, W, stride=1, padding=0):
    padded = _padded(X, padding)
    kh, kw = W.shape[2:]
    dX, dW = np.zeros_like(padded), np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + kh)
            columns = slice(j * stride, j * stride + kw)
            d = dout[:, :, i, j]
            dX[:, :, rows, columns] += np.tensordot(d, W, axes=([1], [0]))
            dW += np.tensordot(d, padded[:, :, rows, columns], axes=([0], [0]))
    h, w = X.shape[2:]
    return dX[:, :, padding:padding + h, padding:padding + w], dW, dout.sum(axis=(0, 2, 3))
