# framework: torch
import torch
from torch.nn import functional as F
from torch.utils import data


def synthetic_data(w, b, num_examples):
    features = torch.empty(num_examples, w.numel()).normal_().to(w)
    return features, torch.normal(F.linear(features, w.T) + b, 0.01)


def data_iter(batch_size, features, labels):
    dataset = data.TensorDataset(features, labels)
    order = torch.randperm(len(dataset))
    return [dataset[batch] for batch in order.split(batch_size)]


def linreg(X, w, b):
    return torch.addmm(b, X, w)


def squared_loss(y_hat, y):
    return torch.square(y_hat - y.view_as(y_hat)).mul(0.5)


def linreg_gradients(X, w, b, y):
    ones = torch.ones(len(X), 1, dtype=X.dtype)
    A, theta = torch.cat([X, ones], 1), torch.cat([w, b.reshape(1, 1)])
    gradient = A.T @ A @ theta - A.T @ y
    return gradient[:-1], gradient[-1]


@torch.no_grad()
def sgd(params, grads, lr, batch_size):
    torch._foreach_add_(params, grads, alpha=-lr / batch_size)


def normal_equation(X, y):
    A = F.pad(X, (0, 1), value=1)
    Q, R = torch.linalg.qr(A)
    return torch.linalg.solve_triangular(R, Q.T @ y, upper=True)


def train_linreg(features, labels, lr, num_epochs, batch_size):
    d = features.shape[1]
    theta = torch.zeros(d + 1, 1, dtype=features.dtype, requires_grad=True)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            loss = squared_loss(linreg(X, theta[:d], theta[d]), y).mean()
            sgd([theta], torch.autograd.grad(loss, theta), lr, 1)
    return theta.detach()[:d], theta.detach()[d]
