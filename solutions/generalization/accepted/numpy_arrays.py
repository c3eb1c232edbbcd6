# framework: numpy
import numpy as np


def dropout(X, p, training=True):
    if not training:
        return X
    if p == 1:
        return np.zeros_like(X)
    mask = (np.random.rand(*X.shape) > p) / (1 - p)
    return X * mask.astype(X.dtype)


def l2_penalty(w):
    return np.sum(w**2) / 2


def l1_penalty(w):
    return np.abs(w).sum()


def weight_decay_step(params, grads, lr, batch_size, wd):
    for i, (param, grad) in enumerate(zip(params, grads, strict=True)):
        params[i][...] = (1 - lr * wd) * param - lr * grad / batch_size
    return params


def dropout_backward(dout, mask, p):
    if p == 1:
        return np.zeros_like(dout)
    return (dout * (mask / (1 - p))).astype(dout.dtype)


def polynomial_features(x, degree):
    steps = np.tile(x[:, None], (1, degree + 1)) / np.maximum(np.arange(degree + 1), 1)
    steps[:, 0] = 1
    return np.cumprod(steps, axis=1).astype(x.dtype)


def k_fold(k, i, X, y):
    m = len(X) // k
    fold = np.s_[i * m : (i + 1) * m]
    X, y = X[: m * k], y[: m * k]
    return np.delete(X, fold, axis=0), np.delete(y, fold, axis=0), X[fold], y[fold]


def standardize(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (train - mean) / std, (test - mean) / std


def encode_categories(column, categories):
    places = [list(categories).index(v) if v is not None else len(categories) for v in column]
    return np.eye(len(categories) + 1)[places]


def log_rmse(predictions, labels):
    clipped = np.clip(predictions, 1, None)
    return np.sqrt(np.mean((np.log(clipped) - np.log(labels)) ** 2))


def xavier_normal(fan_in, fan_out):
    return np.random.randn(fan_in, fan_out) * np.sqrt(2 / (fan_in + fan_out))


def gradient_norms(depth, activation):
    Ws = np.random.randn(depth, 64, 64) * np.sqrt(2 / 64)
    hs = [np.ones((1, 64))]
    for W in Ws:
        z = hs[-1] @ W
        hs.append(1 / (1 + np.exp(-z)) if activation == "sigmoid" else z * (z > 0))
    dh, gradients = np.ones((1, 64)), []
    for W, x, h in zip(reversed(Ws), reversed(hs[:-1]), reversed(hs[1:]), strict=True):
        dz = dh * h * (1 - h) if activation == "sigmoid" else dh * (h > 0)
        gradients.append(x.T @ dz)
        dh = dz @ W.T
    return [np.linalg.norm(gradient) for gradient in reversed(gradients)]


def covariate_shift_weights(p_source):
    return np.divide(1 - p_source, p_source)
