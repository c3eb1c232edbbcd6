# framework: mxnet
# As in the first edition of the book, with legacy arrays.
from mxnet import nd


def softmax(X):
    X_exp = X.exp()
    partition = X_exp.sum(axis=1, keepdims=True)
    return X_exp / partition


def log_softmax(X):
    return softmax(X).log()


def cross_entropy(y_hat, y):
    return -nd.pick(y_hat, y).log()


def softmax_cross_entropy_gradient(logits, y):
    return (softmax(logits) - nd.one_hot(y, logits.shape[1])) / logits.shape[0]
