"""Blocks of NumPy: objects of any class, whose parameters are the arrays among their attributes.

This is also what blocks of all frameworks have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..values import Array
from .places import Place, objects, places


class Affine:
    """A block with parameters: ``inputs @ weight + bias``."""

    def __init__(self, weight: Any, bias: Any) -> None:
        self.weight = weight
        self.bias = bias

    def __call__(self, inputs: Any) -> Any:
        """Return ``inputs @ weight + bias``."""
        return inputs @ self.weight + self.bias

    def parameters(self) -> list[Any]:
        """Return its arrays, for learners' blocks that ask those within them."""
        return [self.weight, self.bias]


class Doubling:
    """A block with a mode: twice the input in training, otherwise the input."""

    def __init__(self) -> None:
        self.training = True

    def __call__(self, inputs: Any) -> Any:
        """Return the input, or twice."""
        return 2 * inputs if self.training else inputs

    def parameters(self) -> list[Any]:
        """Return no arrays."""
        return []


class Chain:
    """A block that calls others one after another."""

    def __init__(self, *blocks: Any) -> None:
        self.blocks = blocks

    def __call__(self, inputs: Any) -> Any:
        """Return what the last block makes of it."""
        for block in self.blocks:
            inputs = block(inputs)
        return inputs


class Squaring:
    """A block without parameters, whose place in an order matters."""

    def __call__(self, inputs: Any) -> Any:
        """Return the square of every entry."""
        return inputs * inputs

    def parameters(self) -> list[Any]:
        """Return no arrays."""
        return []


class PlainBlocks:
    """What checks do with a block whose parameters are the arrays of floats among its attributes.

    If a block has a method ``parameters``, that says which they are, and in which order. Otherwise
    they are those that it has once it is made: what it keeps of a later call is no parameter.

    Args:
        adapter: of the framework.
    """

    def __init__(self, adapter: Any) -> None:
        self.adapter = adapter
        self._at_first: dict[int, list[Place]] = {}

    def forget(self) -> None:
        """Forget all objects."""
        self._at_first.clear()

    def ready(self, value: Any) -> Any:
        """Return an object, ready to be used; it may have been returned before, as by ``train``."""
        if id(value) not in self._at_first:
            self._at_first[id(value)] = list(places(value, self._is_parameter))
        return value

    def widened(self, value: Any) -> Any:
        """Return an object that computes in float64 from now on, if it would otherwise not."""
        return value

    def parameters(self, block: Any) -> list[Any]:
        """Return the trainable arrays of a block."""
        if callable(own := getattr(block, "parameters", None)):
            return list(own())
        return [place.get() for place in self._places(block)]

    def set_parameters(self, block: Any, arrays: Sequence[Array]) -> None:
        """Put new values into the trainable arrays; raises ValueError unless they fit."""
        known = self.parameters(block)
        self._fit(known, arrays)
        for parameter, new in zip(known, arrays, strict=True):
            self._write(block, parameter, new)

    def state(self, block: Any) -> list[Any]:
        """Return the arrays that the framework would save of a block."""
        return self.parameters(block)

    def restore(self, block: Any, arrays: Sequence[Array]) -> None:
        """Load arrays that :meth:`state` has returned for an equal block, as the framework does.

        Raises ValueError, or what the framework raises, unless they fit.
        """
        self.set_parameters(block, arrays)

    def load(self, block: Any, other: Any) -> None:
        """Load the state of an equal block into *block*, without a file in between."""
        self.restore(block, [np.array(self.adapter.neutral(one)) for one in self.state(other)])

    def gradients(self, block: Any, args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return the gradient of ``sum(cotangent * block(*args))`` for each parameter.

        None for parameters that have no effect, where the framework tells.
        """
        known = self.parameters(block)
        before = [np.array(self.adapter.neutral(one)) for one in known]

        def result(*values: Any) -> Any:
            for parameter, new in zip(known, values, strict=True):
                self._write(block, parameter, new)
            return self.call(block)(*args)

        try:
            return list(self.adapter.vjp(result, before, cotangent))
        finally:
            for parameter, old in zip(known, before, strict=True):
                self._write(block, parameter, old)

    def slopes(
        self, block: Any, args: Sequence[Any], cotangent: Any, directions: Sequence[Array]
    ) -> list[float | None]:
        """Return the slope of ``sum(cotangent * block(*args))`` along a direction of each.

        None where the framework has no gradient.
        """
        known = self.gradients(block, args, cotangent)
        self._fit(known, directions)
        neutral = [None if one is None else self.adapter.neutral(one) for one in known]
        return [
            None if g is None else float(np.vdot(np.asarray(g, np.float64), along))
            for g, along in zip(neutral, directions, strict=True)
        ]

    def made(self, kind: str, parts: Sequence[Any]) -> Any:
        """Return a new block of a *kind*, such as ``affine`` from a weight and a bias."""
        return self._kinds()[kind](*parts)

    def call(self, block: Any) -> Callable[..., Any]:
        """Return what calls a block in its mode."""
        return self.method(block, "")

    def method(self, value: Any, name: str) -> Callable[..., Any]:
        """Return a method of *value*, or itself if *name* is empty.

        Where a class has no method ``train`` or ``eval``, these set the attribute ``training`` of
        the object and of those within it.
        """
        if name in ("train", "eval") and not hasattr(value, name):
            return lambda mode=True: self._set_training(value, name == "train" and mode)
        found: Callable[..., Any] = getattr(value, name) if name else value
        return found

    def _set_training(self, block: Any, mode: bool) -> Any:
        for one in objects(block):
            if one is block or "training" in vars(one):
                vars(one)["training"] = mode
        return block

    def _kinds(self) -> dict[str, Callable[..., Any]]:
        # nothing is recorded here unless a function is differentiated
        return {
            "affine": Affine,
            "chain": Chain,
            "squaring": Squaring,
            "doubling": Doubling,
            "unrecorded": Chain,
        }

    def _places(self, block: Any) -> list[Place]:
        return self._at_first.get(id(block)) or list(places(block, self._is_parameter))

    def _is_parameter(self, value: Any) -> bool:
        array = self.adapter.neutral(value)
        return array is not None and array.dtype.kind == "f"

    def _write(self, block: Any, parameter: Any, new: Array) -> None:
        self.adapter.write(parameter, np.asarray(new, self.adapter.neutral(parameter).dtype))

    def _fit(self, known: Sequence[Any], arrays: Sequence[Array]) -> None:
        if len(known) != len(arrays):
            raise ValueError(f"this object has {len(known)} arrays, not {len(arrays)}")
        for one, new in zip(known, arrays, strict=True):
            shape = new.shape if one is None else tuple(one.shape)
            if shape != new.shape:
                raise ValueError(f"this object has an array of shape {shape}, not {new.shape}")


class NumpyBlocks(PlainBlocks):
    """Blocks of NumPy, whose gradients are central differences."""

    def parameters(self, block: Any) -> list[Any]:
        """Return the trainable arrays; one that is kept in several places is one, as in a list."""
        return list({id(one): one for one in super().parameters(block)}.values())

    def slopes(
        self, block: Any, args: Sequence[Any], cotangent: Any, directions: Sequence[Array]
    ) -> list[float | None]:
        """Return slopes by two calls for each parameter, however large it is."""
        known = self.parameters(block)
        self._fit(known, directions)
        return [
            self._slope(block, args, cotangent, *pair)
            for pair in zip(known, directions, strict=True)
        ]

    def _slope(
        self, block: Any, args: Sequence[Any], cotangent: Any, parameter: Any, along: Array
    ) -> float:
        before = np.array(parameter)
        step = float(np.cbrt(np.finfo(before.dtype).eps))
        found = []
        try:
            for way in (step, -step):
                self._write(block, parameter, before + way * along)
                found.append(float(np.vdot(cotangent, self.call(block)(*args))))
        finally:
            self._write(block, parameter, before)
        return (found[0] - found[1]) / (2 * step)
