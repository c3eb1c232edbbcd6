"""A check's own function as Python that stands alone."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .python_literals import literal

#: what hands a function of NumPy's arrays those of a framework, and turns its answer back
_ADAPTED = {
    "torch": (
        "{name} = (lambda f: lambda *args: torch.as_tensor(f(*[\n"
        "    a.detach().numpy() if isinstance(a, torch.Tensor) else a for a in args])))({name})"
    ),
    "jax": (
        "{name} = (lambda f: lambda *args: jnp.asarray(f(*[\n"
        "    np.asarray(a) if isinstance(a, jnp.ndarray) else a for a in args])))({name})"
    ),
}


def source_of(function: Callable[..., Any], name: str, framework: str) -> list[str]:
    """Return lines that define *function* as *name*, with the modules and values that it uses.

    One that cannot be written, because it uses the reference for example, raises when called.
    """
    try:
        lines = [*_surroundings(function), _definition(function, name)]
    except (OSError, TypeError, ValueError, SyntaxError, StopIteration):
        stand_in = f'raise NotImplementedError("a function of the check, left out: {name}")'
        return [f"def {name}(*args):", f"    {stand_in}"]
    return lines + ([_ADAPTED[framework].format(name=name)] if framework in _ADAPTED else [])


def _definition(function: Callable[..., Any], name: str) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)).strip())
    if inspect.unwrap(function).__name__ == "<lambda>":
        found = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
        if len(found) != 1:
            raise ValueError("which of them it is cannot be told")
        return f"{name} = {ast.unparse(found[0])}"
    definition = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    definition.name, definition.decorator_list = name, []
    return ast.unparse(definition)


def _surroundings(function: Callable[..., Any]) -> Iterator[str]:
    """Yield lines that define what *function* uses; raises ValueError if one cannot be written."""
    used = inspect.getclosurevars(function)
    for name, value in {**used.globals, **used.nonlocals}.items():
        if isinstance(value, types.ModuleType):
            yield f"import {value.__name__} as {name}"
        elif not _is_neutral(value):
            raise ValueError(name)
        else:
            yield f"{name} = {literal(value, 'numpy')}"


def _is_neutral(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_neutral, value))
    if isinstance(value, dict):
        return all(_is_neutral(key) and _is_neutral(item) for key, item in value.items())
    return value is None or isinstance(value, (bool, int, float, str, np.ndarray, np.generic))
