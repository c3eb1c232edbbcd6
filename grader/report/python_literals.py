"""Neutral values as Python expressions, exact to the last bit, in the arrays of a framework."""

from __future__ import annotations

import base64
import math
import textwrap
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.sandbox.proxy import ObjectProxy
from grader.worker.values import Array, Held, Parameter

#: columns of what stands in brackets, where it can be broken
WIDTH = 76

#: arrays with more entries are written as compressed bytes
MOST_ENTRIES = 400

#: stands for a space at which no line is broken
_KEPT = "\0"

#: a longer column of short rows is set like a paragraph
_MOST_ROWS = 12

#: module and maker of arrays
_LIBRARIES = {
    "numpy": ("np", "np.array"),
    "torch": ("torch", "torch.tensor"),
    "jax": ("jnp", "jnp.array"),
}

#: what PyTorch makes of numbers as they are written
_PLAIN_IN_TORCH = {
    *("bool", "uint8", "int8", "int16", "int32", "int64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
}

#: returns the name of an object or a function that has no literal
NameOf = Callable[[Any], str]


def literal(value: Any, framework: str, name_of: NameOf = repr, indent: int = 0) -> str:
    """Return an expression for *value*; ``np``, ``torch``, ``jnp``, ``zlib``, ``base64`` are known.

    Args:
        framework: whose arrays it gives; NumPy's for one that is not run here.

        name_of: what held objects and functions are called.

        indent: columns before the line that the expression starts on.
    """
    return _Writer(framework, name_of).text(value, indent)


class _Writer:
    def __init__(self, framework: str, name_of: NameOf) -> None:
        self._torch = framework == "torch"
        self._library, self._maker = _LIBRARIES.get(framework, _LIBRARIES["numpy"])
        self._framework = framework if framework in _LIBRARIES else "numpy"
        self._name_of = name_of

    def text(self, value: Any, indent: int) -> str:
        """Return an expression for *value* whose first line starts at column *indent*."""
        if isinstance(value, np.ndarray):
            return self._array(value, indent)
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, Parameter):
            array = self._array(value.data, indent)
            return f"{array}.requires_grad_()" if self._torch else array
        if isinstance(value, (Held, ObjectProxy)):
            return self._name_of(value)
        if isinstance(value, list):
            return _bracketed("[", self._items(value, indent), "]", indent)
        if isinstance(value, tuple):
            close = ",)" if len(value) == 1 else ")"
            return _bracketed("(", self._items(value, indent), close, indent)
        if isinstance(value, dict):
            parts = [
                f"{self.text(key, indent + 4)}: {self.text(item, indent + 4)}"
                for key, item in value.items()
            ]
            return _bracketed("{", parts, "}", indent)
        if isinstance(value, float) and not math.isfinite(value):
            return f'float("{value}")'
        if isinstance(value, complex):
            return f"complex({self.text(value.real, 0)}, {self.text(value.imag, 0)})"
        return self._name_of(value) if callable(value) else repr(value)

    def _items(self, values: Sequence[Any], indent: int) -> list[str]:
        return [self.text(item, indent + 4) for item in values]

    def _array(self, array: Array, indent: int) -> str:
        dtype = array.dtype.name
        if self._torch and dtype not in _PLAIN_IN_TORCH:
            return f"torch.from_numpy({literal(array, 'numpy', indent=indent)})"
        if not array.size:
            return f"{self._library}.zeros({array.shape}, dtype={self._dtype(dtype)})"
        numbers = [_written(number) for number in _shortest(array)]
        again = np.array(numbers, dtype=array.dtype).reshape(array.shape)
        if array.size > MOST_ENTRIES or again.tobytes() != array.tobytes():
            return self._packed(array)
        tokens = iter([self._number(number) for number in numbers])
        entries = _entries(tokens, array.shape, indent)
        return f"{self._maker}({entries}, dtype={self._dtype(dtype)})"

    def _packed(self, array: Array) -> str:
        """Return an array of any size on one line."""
        packed = base64.b64encode(zlib.compress(array.tobytes(), 9)).decode()
        made = (
            f'np.frombuffer(zlib.decompress(base64.b64decode("{packed}")), '
            f"dtype=np.{_numpy_name(array.dtype.name)}).reshape({array.shape}).copy()"
        )
        wrapped = {"numpy": "{}", "torch": "torch.from_numpy({})", "jax": "jnp.array({})"}
        return wrapped[self._framework].format(made)

    def _dtype(self, name: str) -> str:
        return f"{self._library}.{name if self._torch else _numpy_name(name)}"

    def _number(self, number: Any) -> str:
        if isinstance(number, complex):
            return f"complex({self._number(number.real)}, {self._number(number.imag)})"
        if isinstance(number, float) and not math.isfinite(number):
            sign = "-" if number < 0 else ""
            return f"{sign}{self._library}.{'nan' if math.isnan(number) else 'inf'}"
        return repr(number)


def _numpy_name(dtype: str) -> str:
    return "bool_" if dtype == "bool" else dtype


def _written(number: Any) -> Any:
    """Return *number* as its text gives it: a NaN may hold bits that no text does."""
    if isinstance(number, complex):
        return complex(_written(number.real), _written(number.imag))
    return math.nan if isinstance(number, float) and math.isnan(number) else number


def _shortest(array: Array) -> list[Any]:
    """Return the entries as Python's numbers; of float32 with the fewest digits that tell them."""
    exact: list[Any] = array.ravel().tolist()
    if array.dtype.name != "float32":
        return exact
    short = [float(str(entry)) for entry in array.ravel()]
    same = np.array(short, dtype=array.dtype).tobytes() == array.tobytes()
    return short if same else exact


def _entries(tokens: Iterator[str], shape: tuple[int, ...], indent: int) -> str:
    """Return the next *tokens* as nested lists of *shape*: a row on each line if they are few."""
    if not shape:
        return next(tokens)
    parts = [_entries(tokens, shape[1:], indent + 4) for _count in range(shape[0])]
    if len(shape) > 1 and (shape[0] <= _MOST_ROWS or any("\n" in part for part in parts)):
        return _bracketed("[", parts, "]", indent)
    # a paragraph of numbers, or of rows that are not broken
    line = f"[{', '.join(part.replace(' ', _KEPT) for part in parts)}]"
    lines = textwrap.wrap(line, WIDTH - indent, break_on_hyphens=False, break_long_words=False)
    return ("\n" + " " * (indent + 1)).join(lines).replace(_KEPT, " ")


def _bracketed(opened: str, parts: Sequence[str], closed: str, indent: int) -> str:
    """Return *parts* in brackets: on one line if they fit, else below one another."""
    line = opened + ", ".join(parts) + closed
    if "\n" not in line and indent + len(line) <= WIDTH:
        return line
    margin = " " * (indent + 4)
    body = "".join(f"{margin}{part},\n" for part in parts)
    return f"{opened}\n{body}{' ' * indent}{closed.removeprefix(',')}"
