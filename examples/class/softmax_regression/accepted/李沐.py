# framework: mxnet
from mxnet import np, npx

npx.set_np()


def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)


def log_softmax(X):
    X = X - X.max(axis=1, keepdims=True)
    return X - np.log(np.exp(X).sum(axis=1, keepdims=True))


def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y))


def softmax_cross_entropy_gradient(logits, y):
    grad = softmax(logits)
    grad[np.arange(len(y), dtype='int64'), y] -= 1
    return grad / len(y)
