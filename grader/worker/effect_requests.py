"""Requests about how a learner's function works, whatever its result is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from .adapters import NumpyAdapter
from .call_arrays import CallArrays
from .call_effects import changed_by, changed_unrecorded, shared
from .differentiation import differentiates
from .work_done import growing, most_entries


class _Host(Protocol):
    """What carries out requests."""

    adapter: NumpyAdapter
    _arrays: CallArrays
    _modes: dict[str, Any]

    def _find(self, name: str) -> Callable[..., Any]: ...

    def _native(self, value: Any, natives: list[Any], changed: bool = False) -> Any: ...

    def _invoke(
        self,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        name: str = "",
    ) -> dict[str, Any]: ...


class EffectRequests:
    """The part of a host that answers them."""

    def aliases(self: _Host, name: str, args: Sequence[Any]) -> dict[str, Any]:
        """Return the indices of arrays in *args* whose memory the result of a call shares."""
        function = self._find(name)
        return self._invoke(lambda *a: shared(self._arrays.natives, function(*a)), args, {}, name)

    def disturbed(self: _Host, name: str, args: Sequence[Any]) -> dict[str, Any]:
        """Return the names of generators, modes and attributes of *args* that a call changes."""
        function = self._find(name)

        def changed(*natives: Any) -> list[str]:
            arrays = self._arrays.natives
            call = partial(function, *natives)
            changed = changed_by(call, self._modes, arrays)
            # where nothing has changed, it may where PyTorch records no gradients
            return changed or changed_unrecorded(call)

        return self._invoke(changed, args, {}, name)

    def work(
        self: _Host, name: str, args: Sequence[Any], before: Sequence[Sequence[Any]]
    ) -> dict[str, Any]:
        """Return what a call needs more of than the last *before* it, of fewer entries."""
        function, more = self._find(name), most_entries(args) - most_entries(before[-1])

        def grown(*natives: Any) -> list[str]:
            changed = self._arrays.changed
            made = [[self._native(p, [], n in changed) for n, p in enumerate(a)] for a in before]
            return growing(function, [*made, natives], more)

        return self._invoke(grown, args, {}, name)

    def differentiates(self: _Host, name: str, args: Sequence[Any]) -> dict[str, Any]:
        """Return whether the framework differentiates in a call; None if it never does."""
        function, framework = self._find(name), self.adapter.name

        def whether(*natives: Any) -> bool | None:
            return differentiates(function, natives, framework)

        return self._invoke(whether, args, {}, name)
