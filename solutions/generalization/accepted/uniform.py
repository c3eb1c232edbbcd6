# framework: torch
import torch


def dropout(X, p, training=True):
    if not training:
        return X
    dropped = torch.empty_like(X).uniform_() < p
    scale = 0.0 if p == 1 else 1 / (1 - p)
    return torch.where(dropped, torch.zeros_like(X), X * scale)


def l2_penalty(w):
    return 0.5 * torch.dot(w.flatten(), w.flatten())


def l1_penalty(w):
    return (w * torch.sign(w)).sum()


def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        decayed = torch.add(grad / batch_size, param, alpha=wd)
        param -= lr * decayed


def dropout_backward(dout, mask, p):
    return dout * mask * (0 if p == 1 else 1 / (1 - p))


def polynomial_features(x, degree):
    i = torch.arange(degree + 1, dtype=x.dtype)
    return x[:, None] ** i / torch.exp(torch.lgamma(i + 1))


def k_fold(k, i, X, y):
    m = len(X) // k
    X_folds, y_folds = list(X[: k * m].split(m)), list(y[: k * m].split(m))
    X_valid, y_valid = X_folds.pop(i), y_folds.pop(i)
    return [torch.cat(X_folds), torch.cat(y_folds), X_valid, y_valid]


def standardize(train, test):
    variance, mean = torch.var_mean(train, dim=0, correction=0, keepdim=True)
    scale = torch.where(variance == 0, torch.ones_like(variance), variance.rsqrt())
    return scale * (train - mean), scale * (test - mean)


def encode_categories(column, categories):
    result = torch.zeros(len(column), len(categories) + 1, dtype=torch.bool)
    for j, name in enumerate([*categories, None]):
        result[:, j] = torch.tensor([value == name for value in column])
    return result.double()


def log_rmse(predictions, labels):
    ratio = torch.where(predictions < 1, 1, predictions) / labels
    return torch.linalg.vector_norm(ratio.log()) / labels.numel() ** 0.5


def xavier_normal(fan_in, fan_out):
    # two uniform numbers make a normal one (Box and Muller)
    u, v = 1 - torch.rand(fan_in, fan_out, dtype=torch.float64), torch.rand(fan_in, fan_out)
    return torch.sqrt(-4 / (fan_in + fan_out) * torch.log(u)) * torch.cos(2 * torch.pi * v)


def gradient_norms(depth, activation):
    # uniform weights of the same variance, functional differentiation of a stack of weights
    bound = (3 * 2 / 64) ** 0.5
    stack = bound * (2 * torch.rand(depth, 64, 64, dtype=torch.float64) - 1)

    def loss(weights):
        h = torch.ones(64, dtype=torch.float64)
        for W in weights:
            z = W @ h
            h = 1 / (1 + torch.exp(-z)) if activation == "sigmoid" else z.clamp(min=0)
        return h.sum()

    gradient = torch.func.grad(loss)(stack)
    return gradient.square().sum(dim=(1, 2)).sqrt().tolist()


def covariate_shift_weights(p_source):
    return p_source.reciprocal() - 1
