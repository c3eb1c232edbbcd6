# Ways to a step of gradient descent, f(w, g), which is w - g / 10.
import importlib

import torch


def another_optimizer(w, g):
    w.grad = g
    getattr(torch.optim, "AS" + "GD")([w], lr=0.1, lambd=0, alpha=0).step()
    return w


def function_of_the_optimizer(w, g):
    step = getattr(importlib.import_module("torch.optim.sgd"), "s" + "gd")
    step(
        [w],
        [g],
        [None],
        weight_decay=0,
        momentum=0,
        lr=0.1,
        dampening=0,
        nesterov=False,
        maximize=False,
    )
    return w


def fused(w, g):
    getattr(torch, "_fused_" + "sgd_")(
        [w],
        [g],
        [],
        weight_decay=0.0,
        momentum=0.0,
        lr=0.1,
        dampening=0.0,
        nesterov=False,
        maximize=False,
        is_first_step=True,
    )
    return w


def of_many_at_once(w, g):
    torch._foreach_add_([w], [g], alpha=-0.1)
    return w
