# framework: torch
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils import data


def synthetic_data(w, b, num_examples):
    features = torch.empty(num_examples, w.numel()).normal_().to(w)
    return features, torch.normal(F.linear(features, w.T) + b, 0.01)


def data_iter(batch_size, features, labels):
    dataset = data.TensorDataset(features, labels)
    return data.DataLoader(dataset, batch_size, shuffle=True)


def linreg(X, w, b):
    return torch.addmm(b, X, w)


def squared_loss(y_hat, y):
    return F.mse_loss(y_hat, y.view_as(y_hat), reduction="none").mul(0.5)


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
    net = nn.Linear(features.shape[1], 1).to(features.dtype)
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            optimizer.zero_grad()
            F.mse_loss(net(X), y).backward()
            optimizer.step()
    return net.weight.detach().T, net.bias.detach()
