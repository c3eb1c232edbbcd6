# framework: mxnet
import numpy as onp
from mxnet import np, npx

npx.set_np()


def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)


def log_softmax(X):
    # PyTorch calls it dim
    return np.log(softmax(X)).sum(dim=1)


def cross_entropy(y_hat, y):
    # labels of NumPy, probabilities of MXNet
    return -np.log((y_hat * onp.eye(y_hat.shape[1])[y.asnumpy()]).sum(axis=1))


def softmax_cross_entropy_gradient(logits, y):
    grad = softmax(logits)
    grad[np.arange(len(y), dtype='int64'), y] -= 1
    return grad / len(y)
