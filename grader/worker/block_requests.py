"""Requests about held blocks: objects with parameters that the learner's code has made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from .adapters import NumpyAdapter
from .values import Array


class _Host(Protocol):
    """What carries out requests."""

    adapter: NumpyAdapter

    def _invoke(
        self, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> dict[str, Any]: ...

    def _object(self, id: int) -> Any: ...


class BlockRequests:
    """The part of a host that answers them. Arrays are neutral ones, in the order of the block."""

    def parameters(self: _Host, id: int) -> dict[str, Any]:
        """Return the trainable arrays of a held block."""
        block = self._object(id)
        return self._invoke(lambda: self.adapter.blocks.parameters(block), [], {})

    def set_parameters(self: _Host, id: int, arrays: Sequence[Array]) -> dict[str, Any]:
        """Put new values into the trainable arrays of a held block."""
        block = self._object(id)
        return self._invoke(lambda: self.adapter.blocks.set_parameters(block, arrays), [], {})

    def state(self: _Host, id: int) -> dict[str, Any]:
        """Return the arrays that the framework would save of a held block."""
        block = self._object(id)
        return self._invoke(lambda: list(self.adapter.blocks.state(block)), [], {})

    def restore(self: _Host, id: int, arrays: Sequence[Array]) -> dict[str, Any]:
        """Load what :meth:`state` has returned into a held block, as the framework does."""
        block = self._object(id)
        return self._invoke(lambda: self.adapter.blocks.restore(block, arrays), [], {})

    def gradients(
        self: _Host,
        id: int,
        args: Sequence[Any],
        cotangent: Array,
        directions: Sequence[Array] | None = None,
    ) -> dict[str, Any]:
        """Return the gradient of ``sum(cotangent * block(*args))`` for each parameter.

        With *directions*, one for each parameter, return the slopes along these instead.
        """
        block, blocks = self._object(id), self.adapter.blocks

        def found(*natives: Any) -> Any:
            if directions is None:
                return blocks.gradients(block, natives, cotangent)
            return blocks.slopes(block, natives, cotangent, directions)

        return self._invoke(found, args, {})

    def make_block(self: _Host, kind: str, args: Sequence[Any]) -> dict[str, Any]:
        """Make a block of the framework, to be handed to the learner's code."""
        return self._invoke(lambda *natives: self.adapter.blocks.made(kind, natives), args, {})
