"""Blocks of JAX: objects of any class, with arrays that cannot change, only be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..values import Array
from .places import Place, places
from .plain_blocks import PlainBlocks


class JaxBlocks(PlainBlocks):
    """Blocks of JAX: gradients from ``jax.vjp``, with traced arrays in place of the parameters."""

    def set_parameters(self, block: Any, arrays: Sequence[Array]) -> None:
        """Put new arrays in place of the parameters; raises ValueError unless they fit."""
        known = self._places(block)
        self._fit([place.get() for place in known], arrays)
        for place, new in zip(known, arrays, strict=True):
            place.put(self.adapter.array(np.asarray(new, place.get().dtype), False))

    def gradients(self, block: Any, args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return JAX's gradient for each parameter."""
        known = self._places(block)
        before = [self._array(place.get()) for place in known]

        def result(*values: Any) -> Any:
            for place, new in zip(known, values, strict=True):
                place.put(new)
            return self.call(block)(*args)

        try:
            return list(self.adapter.vjp(result, before, cotangent))
        finally:
            for place, old in zip(known, before, strict=True):
                place.put(old)

    def _array(self, value: Any) -> Any:
        # an array of NumPy does as well, until JAX puts one of its own in its place
        return self.adapter.array(value, False) if isinstance(value, np.ndarray) else value

    def _is_parameter(self, value: Any) -> bool:
        floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        return floats or bool(self.adapter.is_floating(value))

    def _places(self, block: Any) -> list[Place]:
        if not callable(own := getattr(block, "parameters", None)):
            return super()._places(block)
        found = {id(place.get()): place for place in places(block, self._is_parameter)}
        listed = [found.get(id(one)) for one in own()]
        if any(place is None for place in listed):
            raise ValueError("parameters() returns an array that is no attribute")
        return [place for place in listed if place is not None]
