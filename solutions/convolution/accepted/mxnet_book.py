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


def corr2d(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1), dtype=X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def pool2d(X, size, stride, mode):
    h, w = (X.shape[2] - size) // stride + 1, (X.shape[3] - size) // stride + 1
    Y = np.zeros((X.shape[0], X.shape[1], h, w), dtype=X.dtype)
    for i in range(h):
        for j in range(w):
            window = X[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            Y[:, :, i, j] = window.max(axis=(2, 3)) if mode == "max" else window.mean(axis=(2, 3))
    return Y


def max_pool2d(X, size, stride):
    return pool2d(X, size, stride, "max")


def avg_pool2d(X, size, stride):
    return pool2d(X, size, stride, "avg")


def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            window = X[:, :, rows, columns]
            largest = window == window.max(axis=(2, 3), keepdims=True)
            d = dout[:, :, i : i + 1, j : j + 1]
            dX[:, :, rows, columns] += largest.astype(X.dtype) * d
    return dX


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        X_hat = (X - moving_mean) / np.sqrt(moving_var + eps)
    else:
        mean = X.mean(axis=0)
        var = ((X - mean) ** 2).mean(axis=0)
        X_hat = (X - mean) / np.sqrt(var + eps)
        moving_mean = momentum * moving_mean + (1.0 - momentum) * mean
        moving_var = momentum * moving_var + (1.0 - momentum) * var
    Y = gamma * X_hat + beta
    return Y, moving_mean, moving_var


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    mean = X.mean(axis=0)
    root = np.sqrt(((X - mean) ** 2).mean(axis=0) + eps)
    X_hat = (X - mean) / root
    dX_hat = dout * gamma
    dX = (dX_hat - dX_hat.mean(axis=0) - X_hat * (dX_hat * X_hat).mean(axis=0)) / root
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)
