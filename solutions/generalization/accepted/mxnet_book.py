# framework: mxnet
import math

from mxnet import autograd, np, npx

npx.set_np()


def dropout(X, p, training=True):
    assert 0 <= p <= 1
    if not training:
        return X
    # In this case, all elements are dropped out
    if p == 1:
        return np.zeros_like(X)
    mask = np.random.uniform(0, 1, X.shape) > p
    return mask.astype(X.dtype) * X / (1.0 - p)


def l2_penalty(w):
    return (w**2).sum() / 2


def l1_penalty(w):
    return np.abs(w).sum()


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param[:] = param - lr * (grad / batch_size + wd * param)


def dropout_backward(dout, mask, p):
    if p == 1:
        return np.zeros_like(dout)
    return mask * dout / (1.0 - p)


def polynomial_features(x, degree):
    columns = []
    for i in range(degree + 1):
        columns.append(x**i / math.gamma(i + 1))
    return np.stack(columns, axis=1)


def k_fold(k, i, X, y):
    assert k > 1
    fold_size = X.shape[0] // k
    X_train, y_train = None, None
    for j in range(k):
        idx = slice(j * fold_size, (j + 1) * fold_size)
        X_part, y_part = X[idx], y[idx]
        if j == i:
            X_valid, y_valid = X_part, y_part
        elif X_train is None:
            X_train, y_train = X_part, y_part
        else:
            X_train = np.concatenate([X_train, X_part], 0)
            y_train = np.concatenate([y_train, y_part], 0)
    return X_train, y_train, X_valid, y_valid


def standardize(train, test):
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(std == 0, np.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std


def encode_categories(column, categories):
    names = [*categories, None]
    return np.array([[1.0 if value == name else 0.0 for name in names] for value in column])


def log_rmse(predictions, labels):
    clipped_preds = np.clip(predictions, 1, float("inf"))
    return np.sqrt(((np.log(clipped_preds) - np.log(labels)) ** 2).mean())


def xavier_normal(fan_in, fan_out):
    return np.random.normal(0, (2 / (fan_in + fan_out)) ** 0.5, (fan_in, fan_out))


def gradient_norms(depth, activation):
    f = npx.relu if activation == "relu" else npx.sigmoid
    weights = [np.random.normal(0, (2 / 64) ** 0.5, (64, 64)) for _ in range(depth)]
    for W in weights:
        W.attach_grad()
    with autograd.record():
        h = np.ones((1, 64))
        for W in weights:
            h = f(np.dot(h, W))
        l = h.sum()
    l.backward()
    return [float(np.linalg.norm(W.grad)) for W in weights]


def covariate_shift_weights(p_source):
    return (1 - p_source) / p_source
