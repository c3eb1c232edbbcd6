# Ways to dropout, f(X), which sets half of the entries to zero and doubles the others.
import torch
import torch.nn.functional as F
from torch import nn

in_a_string = torch.jit.CompilationUnit("def drop(X):\n    return torch.dropout(X, 0.5, True)\n")
of_rows = torch.vmap(
    getattr(torch, "drop" + "out"), in_dims=(0, None, None), randomness="different"
)


def scripted_from_a_string(X):
    return in_a_string.drop(X)


def operator_called(X):
    return torch.ops.aten.native_dropout(X, 0.5, True)[0]


def mapped(X):
    return of_rows(X, 0.5, True)


def without_its_name(X):
    return getattr(torch._VF, "drop" + "out")(X, 0.5, True)


def of_channels(X):
    return getattr(nn, "Drop" + "out1d")(0.5)(X.reshape(-1, 1, 1)).reshape(X.shape)


def attention(X):
    flat = X.reshape(-1, 1, 1)
    return F.scaled_dot_product_attention(0 * flat, 0 * flat, flat, dropout_p=0.5).reshape(X.shape)


def of_a_distribution(X):
    return X * torch.distributions.Bernoulli(torch.full_like(X, 0.5)).sample() * 2
