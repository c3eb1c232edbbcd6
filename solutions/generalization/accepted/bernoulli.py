# framework: torch
import math

import torch


def dropout(X, p, training=True):
    assert 0 <= p <= 1
    if not training or p == 0:
        return X.clone()
    if p == 1:
        return X * 0
    mask = torch.bernoulli(torch.full(X.shape, 1 - p, dtype=X.dtype, device=X.device))
    return X * mask * (1 / (1 - p))


def l2_penalty(w):
    return w.pow(2).sum() / 2


def l1_penalty(w):
    return torch.sum(torch.abs(w))


@torch.no_grad()
def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        # the decay first, as a factor
        param.mul_(1 - lr * wd).sub_(grad, alpha=lr / batch_size)


def dropout_backward(dout, mask, p):
    if p == 1:
        return dout * 0
    return torch.where(mask == 1, dout / (1 - p), 0)


def polynomial_features(x, degree):
    powers = torch.pow(x.reshape(-1, 1), torch.arange(degree + 1))
    for i in range(degree + 1):
        powers[:, i] /= math.gamma(i + 1)  # gamma(n) = (n - 1)!
    return powers


def k_fold(k, i, X, y):
    assert k > 1
    fold_size = X.shape[0] // k
    X_train, y_train = None, None
    for j in range(k):
        idx = slice(j * fold_size, (j + 1) * fold_size)
        X_part, y_part = X[idx, ...], y[idx]
        if j == i:
            X_valid, y_valid = X_part, y_part
        elif X_train is None:
            X_train, y_train = X_part, y_part
        else:
            X_train = torch.cat([X_train, X_part], 0)
            y_train = torch.cat([y_train, y_part], 0)
    return X_train, y_train, X_valid, y_valid


def standardize(train, test):
    mean, std = train.mean(0), train.std(0, unbiased=False)
    std[std == 0] = 1
    return (train - mean) / std, (test - mean) / std


def encode_categories(column, categories):
    number = {name: i for i, name in enumerate(categories)}
    places = torch.tensor([number.get(value, len(categories)) for value in column])
    return torch.nn.functional.one_hot(places, len(categories) + 1)


def log_rmse(predictions, labels):
    clipped_preds = torch.clamp(predictions, 1, float("inf"))
    loss = torch.nn.MSELoss()
    return torch.sqrt(loss(torch.log(clipped_preds), torch.log(labels))).item()


def xavier_normal(fan_in, fan_out):
    return torch.normal(0, math.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def gradient_norms(depth, activation):
    # layers from the library, and a loss that is differentiated without filling in `grad`
    layers = [torch.nn.Linear(64, 64, bias=False) for _ in range(depth)]
    for layer in layers:
        torch.nn.init.normal_(layer.weight, std=math.sqrt(1 / 32))
    f = torch.nn.Sigmoid() if activation == "sigmoid" else torch.nn.ReLU()
    net = torch.nn.Sequential(*(step for layer in layers for step in (layer, f)))
    gradients = torch.autograd.grad(net(torch.ones(64)).sum(), list(net.parameters()))
    return [torch.linalg.matrix_norm(gradient) for gradient in gradients]


def covariate_shift_weights(p_source):
    # the classifier's odds for the target
    return torch.exp(torch.log1p(-p_source) - torch.log(p_source))
