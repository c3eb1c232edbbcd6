"""Requests about held blocks: objects with parameters that the learner's code has made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from .adapters import NumpyAdapter
from .call_arrays import CallArrays
from .values import Array, Held


class _Host(Protocol):
    """What carries out requests."""

    adapter: NumpyAdapter
    _arrays: CallArrays
    _latest: dict[int, CallArrays]

    def _invoke(
        self,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        name: str = "",
        earlier: CallArrays | None = None,
    ) -> dict[str, Any]: ...

    def _invoke_again(
        self,
        id: int,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> dict[str, Any]: ...

    def _object(self, id: int) -> Any: ...


class BlockRequests:
    """The part of a host that answers them. Arrays are neutral ones, in the order of the block.

    Where two calls of an object in a row are given equal arrays, they are given the same ones, as
    in training with all examples: what is kept by the identity of an array shows then.
    """

    def call_held(
        self: _Host, id: int, method: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Call a held object, or its *method*."""

        def function(*natives: Any, **named: Any) -> Any:
            return self.adapter.blocks.method(self._object(id), method)(*natives, **named)

        return self._invoke_again(id, function, args, kwargs)

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

    def restore(self: _Host, id: int, arrays: Sequence[Array] | Held) -> dict[str, Any]:
        """Load what :meth:`state` has returned into a held block, as the framework does.

        Args:
            arrays: the state, or the held block that has it.
        """
        block, blocks = self._object(id), self.adapter.blocks
        if isinstance(arrays, Held):
            other = self._object(arrays.id)
            return self._invoke(lambda: blocks.load(block, other), [], {})
        return self._invoke(lambda: blocks.restore(block, arrays), [], {})

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

        return self._invoke_again(id, found, args, {})

    def _invoke_again(
        self: _Host,
        id: int,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Call *function* on behalf of a held object, with the arrays of the last call of it."""
        try:
            return self._invoke(function, args, kwargs, earlier=self._latest.get(id))
        finally:
            if args or kwargs:  # train() has none
                self._latest[id] = self._arrays

    def make_block(self: _Host, kind: str, args: Sequence[Any]) -> dict[str, Any]:
        """Make a block of the framework, to be handed to the learner's code."""
        return self._invoke(lambda *natives: self.adapter.blocks.made(kind, natives), args, {})
