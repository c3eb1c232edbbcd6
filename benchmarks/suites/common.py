"""What authors write who trust one example.

``allclose``: one random input, NumPy's default tolerances, any shapes that broadcast.
``ones``: finite differences of the sum of what a layer returns, that is, with a cotangent of ones.
"""

# X, W and E as in the book
# ruff: noqa: N806

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np

from grader.checks import Draw

from .modules import Array, Module, seed_all, seeded


def _weights(draw: Draw) -> list[Array]:
    return [draw.normal(4, 5), draw.normal(5), draw.normal(5, 3), draw.normal(3)]


def allclose(
    exercise: str, given: list[Any], changed: int | None, student: Module, reference: Module
) -> None:
    """Compare one call with the reference's; random functions are seeded alike before each.

    Both get the arguments *given*, one after the other. Of a function that changes an argument, the
    one at place *changed*, both get copies, and that argument is compared; of a generator, all
    items.
    """
    outcomes = []
    for module in (student, reference):
        seed_all()
        arguments = given if changed is None else deepcopy(given)
        result = getattr(module, exercise)(*arguments)
        if isinstance(result, map):  # a generator draws when its items are asked for
            result = tuple(result)
        outcomes.append(result if changed is None else arguments[changed])
    assert _agree(*outcomes)


def _agree(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple | list):
        return all(_agree(*pair) for pair in zip(found, wanted, strict=True))
    if isinstance(wanted, dict):
        return bool(found == wanted)
    return np.allclose(found, wanted)


def numerical(
    f: Callable[..., Any], inputs: Sequence[Array], cotangent: Array | float, h: float
) -> list[Array]:
    """Return central differences of ``(f(*inputs) * cotangent).sum()`` by each entry of *inputs*.

    *inputs* are float64 arrays; each is changed and restored entry by entry.
    """
    gradients = []
    for array in inputs:
        gradient = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            value = array[index]
            array[index] = value + h
            above = np.array(f(*inputs))
            array[index] = value - h
            below = np.array(f(*inputs))
            array[index] = value
            gradient[index] = ((above - below) * cotangent).sum() / (2 * h)
        gradients.append(gradient)
    return gradients


Difference = tuple[list[Any], list[Array]]


@cache
def _relu(reference: Module) -> Difference:
    x = seeded().normal(5, 4)
    return [np.ones_like(x), x], numerical(reference.relu, [x], 1.0, 1e-4)


@cache
def _linear(reference: Module) -> Difference:
    draw = seeded()
    x, W, b = draw.normal(5, 4), draw.normal(4, 3), draw.normal(3)
    wanted = numerical(reference.linear_forward, [x, W, b], 1.0, 1e-4)
    return [np.ones((5, 3)), x, W], wanted


@cache
def _conv2d(reference: Module) -> Difference:
    draw = seeded()
    X, W, b = draw.normal(2, 2, 6, 6), draw.normal(3, 2, 3, 3), draw.normal(3)
    wanted = numerical(lambda *inputs: reference.conv2d(*inputs, 1, 1), [X, W, b], 1.0, 1e-4)
    return [np.ones((2, 3, 6, 6)), X, W, 1, 1], wanted


@cache
def _linreg(reference: Module) -> Difference:
    draw = seeded()
    X, w, b, y = draw.normal(5, 2), draw.normal(2, 1), draw.normal(1), draw.normal(5, 1)

    def loss(w: Array, b: Array) -> Any:
        return reference.squared_loss(reference.linreg(X, w, b), y).sum()

    return [X, w, b, y], numerical(loss, [w, b], 1.0, 1e-4)


@cache
def _cross_entropy(reference: Module) -> Difference:
    draw = seeded()
    logits, y = draw.normal(5, 4), draw.labels(5, 4)

    def loss(logits: Array) -> Any:
        return reference.cross_entropy(reference.softmax(logits), y).mean()

    return [logits, y], numerical(loss, [logits], 1.0, 1e-4)


@cache
def _mlp(reference: Module) -> Difference:
    draw = seeded()
    X, y, weights = draw.normal(6, 4), draw.normal(6, 3), _weights(draw)

    def loss(*weights: Array) -> Any:
        return reference.mlp_loss(X, y, *weights)

    return [X, y, *weights], numerical(loss, weights, 1.0, 1e-4)


#: what gives the arguments of a gradient function and its gradients by finite differences; the
#: last three are gradients of a loss, one number, for which a cotangent of ones is all there is
DIFFERENCES: dict[str, Callable[[Module], Difference]] = {
    "relu_backward": _relu,
    "linear_backward": _linear,
    "conv2d_backward": _conv2d,
    "linreg_gradients": _linreg,
    "softmax_cross_entropy_gradient": _cross_entropy,
    "mlp_backward": _mlp,
}


def ones(exercise: str, student: Module, reference: Module) -> None:
    """Compare gradients with finite differences, a cotangent of ones; the norms of the differences.

    Steps of 1e-4 and a total difference below 1e-6, as in the homework of CMU 10-414.
    """
    arguments, wanted = DIFFERENCES[exercise](reference)
    found = getattr(student, exercise)(*deepcopy(arguments))
    if not isinstance(found, tuple):
        found = (found,)
    error = sum(np.linalg.norm(found[i] - wanted[i]) for i in range(len(wanted)))
    assert error < 1e-6
