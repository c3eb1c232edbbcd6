# told: mxnet.npx.fully_connected
# framework: mxnet
from mxnet import npx


def linreg(X, w, b):
    return npx.fully_connected(X, w.T, b, num_hidden=1)
