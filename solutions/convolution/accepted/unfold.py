# framework: torch
import torch
import torch.nn.functional as F


def conv2d(X, W, b, stride=1, padding=0):
    columns = F.unfold(X, W.shape[2:], stride=stride, padding=padding)
    height = (X.shape[2] + 2 * padding - W.shape[2]) // stride + 1
    Y = W.flatten(1) @ columns + b[:, None]
    return Y.view(X.shape[0], W.shape[0], height, -1)


def conv2d_backward(dout, X, W, stride=1, padding=0):
    columns = F.unfold(X, W.shape[2:], stride=stride, padding=padding)
    d = dout.flatten(2)
    dW = (d @ columns.transpose(1, 2)).sum(0).view_as(W)
    dX = F.fold(W.flatten(1).T @ d, X.shape[2:], W.shape[2:], stride=stride, padding=padding)
    return dX, dW, d.sum(2).sum(0)


def corr2d(X, K):
    columns = F.unfold(X[None, None], K.shape)
    return (K.reshape(-1) @ columns[0]).view(X.shape[0] - K.shape[0] + 1, -1)


def _pooled(X, size, stride):
    n, c, h, _ = X.shape
    columns = F.unfold(X.reshape(n * c, 1, *X.shape[2:]), size, stride=stride)
    return columns.view(n, c, size * size, (h - size) // stride + 1, -1)


def max_pool2d(X, size, stride):
    return _pooled(X, size, stride).amax(dim=2)


def avg_pool2d(X, size, stride):
    return _pooled(X, size, stride).mean(dim=2)


def max_pool2d_backward(dout, X, size, stride):
    n, c, h, w = X.shape
    columns = _pooled(X, size, stride)
    places = columns.argmax(dim=2, keepdim=True)
    back = columns.new_zeros(columns.shape).scatter(2, places, dout[:, :, None])
    back = back.reshape(n * c, size * size, -1)
    return F.fold(back, (h, w), size, stride=stride).view(n, c, h, w)


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        Y = torch.addcmul(beta, gamma, (X - moving_mean) / (moving_var + eps).sqrt())
        return Y, moving_mean, moving_var
    var, mean = torch.var_mean(X, dim=0, correction=0)
    Y = torch.addcmul(beta, gamma, (X - mean) / (var + eps).sqrt())
    return Y, torch.lerp(mean, moving_mean, momentum), torch.lerp(var, moving_var, momentum)


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    centred = X - X.mean(dim=0)
    root = (centred.square().mean(dim=0) + eps).sqrt()
    dX_hat, X_hat = dout * gamma, centred / root
    dX = dX_hat - dX_hat.mean(dim=0) - X_hat * (dX_hat * X_hat).mean(dim=0)
    return dX / root, (dout * X_hat).sum(dim=0), dout.sum(dim=0)
