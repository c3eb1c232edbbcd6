"""Gradients by central differences: the arbiter for every other gradient."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .values import Array, Parameter


def central_differences(
    function: Callable[..., Any], args: Sequence[Any], cotangent: Any
) -> list[Array | None]:
    """Return the vector-Jacobian product of *function* by central differences.

    For each floating array ``x`` in *args*, entry by entry,
    ``sum(c * (f(x + h e) - f(x - h e))) / 2h`` with ``h = cbrt(eps) * max(1, |x|)``
    (Press et al., *Numerical Recipes*, 5.7), in float64. Other arguments get None.

    Raises:
        ValueError: the result has another shape than the cotangent.
    """
    gradients: list[Array | None] = []
    args = [a.data if isinstance(a, Parameter) else a for a in args]
    base = [np.array(a, dtype=np.float64) if _is_floating(a) else a for a in args]
    step = float(np.cbrt(np.finfo(np.float64).eps))
    for position, argument in enumerate(base):
        if not _is_floating(argument):
            gradients.append(None)
            continue
        gradient = np.zeros(argument.shape)
        for index in np.ndindex(argument.shape):
            width = step * max(1.0, abs(float(argument[index])))
            values, points = [], []
            for sign in (1.0, -1.0):
                moved = [np.array(a) if isinstance(a, np.ndarray) else a for a in base]
                moved[position][index] += sign * width
                points.append(float(moved[position][index]))
                values.append(_dot(function(*moved), cotangent))
            gradient[index] = (values[0] - values[1]) / (points[0] - points[1])
        gradients.append(gradient)
    return gradients


def _is_floating(value: Any) -> bool:
    return isinstance(value, np.ndarray) and bool(np.issubdtype(value.dtype, np.floating))


def _dot(outputs: Any, cotangents: Any) -> float:
    """Return the inner product of outputs and cotangents, over all outputs."""
    if isinstance(outputs, (tuple, list)):
        return sum(_dot(o, c) for o, c in zip(outputs, cotangents, strict=True))
    output, cotangent = np.asarray(outputs, dtype=np.float64), np.asarray(cotangents)
    if output.shape != cotangent.shape:
        raise ValueError(f"the result has shape {output.shape}, not {cotangent.shape}")
    return float(np.sum(output * cotangent))
