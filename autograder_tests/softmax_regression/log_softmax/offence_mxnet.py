# told: mxnet.npx.log_softmax
# framework: mxnet
from mxnet import npx


def log_softmax(X):
    return npx.log_softmax(X, axis=1)
