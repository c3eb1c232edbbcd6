# Ways to a gradient, f(X), which is that of the sum of X ** 2.
import importlib

import numpy as np
import torch

in_a_string = torch.jit.CompilationUnit(
    "def slope(X):\n"
    "    Z = X.detach().requires_grad_(True)\n"
    "    Y = (Z * Z).sum()\n"
    "    Y.backward()\n"
    "    return Z.grad\n"
)


@torch.jit.script
def _slope(X):
    Z = X.detach().requires_grad_(True)
    (Z * Z).sum().backward()
    return Z.grad


def scripted(X):
    return _slope(X)


def scripted_from_a_string(X):
    return in_a_string.slope(X)


def method_of_a_tensor(X):
    Z = X.clone().requires_grad_()
    getattr((Z**2).sum(), "back" + "ward")()
    return Z.grad


def by_function(X):
    return getattr(torch.func, "gr" + "ad")(lambda Z: (Z**2).sum())(X)


def private_module(X):
    pieces = importlib.import_module("torch._functorch.eager_transforms")
    return getattr(pieces, "v" + "jp")(lambda Z: (Z**2).sum(), X)[1](torch.ones(()))[0]


def jacobian(X):
    return torch.autograd.functional.jacobian(lambda Z: (Z**2).sum(), X)


def forward(X):
    eye = torch.eye(X.numel()).reshape(-1, *X.shape)
    along = lambda V: torch.func.jvp(lambda Z: (Z**2).sum(), (X,), (V,))[1]  # noqa: E731
    return torch.stack([along(V) for V in eye]).reshape(X.shape)


def of_jax(X):
    jax = importlib.import_module("jax")
    return np.asarray(getattr(jax, "gr" + "ad")(lambda Z: (Z**2).sum())(X.numpy()))


def of_jax_compiled(X):
    jax = importlib.import_module("jax")
    return np.asarray(jax.jit(getattr(jax, "gr" + "ad")(lambda Z: (Z**2).sum()))(X.numpy()))


def engine(X):
    Z = X.clone().requires_grad_()
    run = getattr(torch.autograd.Variable._execution_engine, "run_" + "backward")
    return run(
        ((Z**2).sum(),), (torch.ones(()),), False, False, (Z,), False, accumulate_grad=False
    )[0]


def own_function(X):
    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, Z):
            ctx.save_for_backward(Z)
            return (Z**2).sum()

        @staticmethod
        def backward(ctx, d):
            return 2 * d * ctx.saved_tensors[0]

    Z = X.clone().requires_grad_()
    return getattr(torch.autograd, "gr" + "ad")(Own.apply(Z), Z)[0]
