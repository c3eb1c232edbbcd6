# told: mxnet.npx.convolution
# framework: mxnet
from mxnet import npx


def conv2d(X, W, b, stride=1, padding=0):
    return npx.convolution(
        X,
        W,
        b,
        kernel=W.shape[2:],
        stride=(stride, stride),
        pad=(padding, padding),
        num_filter=W.shape[0],
    )
