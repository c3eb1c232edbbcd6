# told: mxnet.npx.layer_norm
# framework: mxnet
from mxnet import npx


def layer_norm(X, gamma, beta, eps=1e-5):
    return npx.layer_norm(X, gamma, beta, axis=-1, eps=eps)
