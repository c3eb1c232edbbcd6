# framework: mxnet
from mxnet import np, npx

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
