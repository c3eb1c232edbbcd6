"""Carry out requests on a learner's module, with neutral values in and out.

The same code runs in a worker and in a learner's own notebook, so that both give the same results.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from .adapters import CPU, Device, NumpyAdapter, adapter_for, to_array
from .block_requests import BlockRequests
from .call_arrays import CallArrays, Changes, Make
from .call_effects import modes, restore, shared
from .effect_requests import EffectRequests
from .exception_text import in_library, told_by
from .fault import Fault
from .forbidden_calls import Forbidden, Watch
from .forbidden_names import read_uses
from .limits import limit_met
from .loader import Failures, Loaded, Piece, Source, load
from .missing_names import first_cause, missing_file, missing_module, why_missing
from .substitutes import CallBack, Substitutes
from .tensor_mismatch import TensorMismatch, all_on_device
from .values import (
    MAX_TEXT,
    Callback,
    Held,
    Parameter,
    Unsendable,
    leaves,
    plain,
    plain_key,
    with_parts,
)

Function = Callable[..., Any]
MAX_ITEMS = 100_000
MAX_HELD = 10_000
#: most items of one result that are returned at once
MOST_LISTED = 1_000


class Host(BlockRequests, EffectRequests):
    """A learner's module and the objects it has returned.

    Attributes:
        source: its code.

        wide: whether new objects are to compute in float64, whatever the framework would choose.

        uses: uses of forbidden functions found by reading the code, by exercise.

        module: what the code has bound to names.
    """

    def __init__(
        self,
        pieces: Sequence[Piece],
        framework: str,
        device: Device = CPU,
        call_back: CallBack | None = None,
        forbidden: Forbidden = MappingProxyType({}),
        substitutes: Mapping[str, Callback] = MappingProxyType({}),
        changes: Changes = MappingProxyType({}),
    ) -> None:
        self.adapter: NumpyAdapter = adapter_for(framework, device)
        convert = (self._neutral, self._native)
        self._right = Substitutes(substitutes, self.adapter, call_back, *convert, changes)
        self._changes = changes
        self.source = self._right.take_over(Source.read(pieces))
        self._labels = {label for label, _, _ in pieces}
        self.helpers: Mapping[str, str] = {}  # by path, the names of the submission's modules
        self.uses = read_uses(self.source, forbidden)
        self._watch = Watch(forbidden, self._labels)
        self._loaded: dict[str, Loaded] = {}
        # Global settings changed by one exercise must not affect another one or the next check;
        # settings made while a module loads are kept for its exercise.
        self.wide = False
        self._found = self._modes = modes()
        self._settings: dict[str, dict[str, Any]] = {}
        self.module: Mapping[str, Any] = {}
        self._failures: Failures = ()
        self._call_back = call_back
        self._held: dict[int, Any] = {}
        # The arrays of the call that made a held object: it may change them later, for example when
        # it is iterated over.
        self._origins: dict[int, CallArrays] = {}
        self._latest: dict[int, CallArrays] = {}  # of the last call of a held object
        self._arrays = CallArrays([], [])
        self._numbers = itertools.count(1)

    @classmethod
    def of_namespace(
        cls,
        namespace: Mapping[str, Any],
        framework: str,
        changes: Changes = MappingProxyType({}),
    ) -> Host:
        """Return a host for a namespace: a learner's notebook or a reference module."""
        host = cls((), framework, changes=changes)
        host.module = namespace
        return host

    def begin(self, exercise: str, seed: int) -> None:
        """Switch to the module of *exercise*, drop held objects, seed global generators.

        Raises:
            DeviceLost: the device has failed during an earlier check.
        """
        self.adapter.check_device()
        self._held.clear()
        self.adapter.blocks.forget()
        self._origins.clear()
        self._latest.clear()
        restore(self._settings.get(exercise, self._found))
        self.adapter.prepare()
        if self.source.pieces:
            if exercise not in self._loaded:
                self.adapter.seed(0)
                with self._watch.loading(exercise):
                    self._loaded[exercise] = load(self.source, exercise, self._right.put_into)
                self._settings[exercise] = modes()
            loaded = self._loaded[exercise]
            self.module, self._failures = loaded.module.__dict__, loaded.failures
            sys.modules["submission"] = loaded.module
        # Likewise, calls while the module loads are not uses in a check.
        self._watch.begin(exercise)
        self._modes = self._settings.get(exercise, self._found)
        # Seed after loading, which may draw numbers: a check gets the same numbers whether it is
        # the first of its exercise or not.
        self.adapter.seed(seed)

    def call(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Call the module's function *name*."""
        return self._invoke(self._find(name), args, kwargs, name)

    def call_many(
        self, name: str, many: Sequence[Sequence[Any]], op: str = "call"
    ) -> list[dict[str, Any]]:
        """Call the function *name* once for each argument list.

        Args:
            op: ``call``, or ``listed`` to get the items of what it returns.
        """
        function = self._listing(name) if op == "listed" else self._find(name)
        return [self._invoke(function, args, {}, name) for args in many]

    def listed(self, name: str, args: Sequence[Any]) -> dict[str, Any]:
        """Return the items of what the function *name* returns, at most :data:`MOST_LISTED`."""
        return self._invoke(self._listing(name), args, {}, name)

    def _listing(self, name: str) -> Callable[..., list[Any]]:
        function = self._find(name)

        def items(*args: Any) -> list[Any]:
            # Copy each item at once: a generator may reuse one array for all items.
            return [self._given_back(one) for one in itertools.islice(function(*args), MOST_LISTED)]

        return items

    def in_turn(self, name: str, args: Sequence[Any], first: Sequence[Any]) -> dict[str, Any]:
        """Call a function with *first*, then with *args* put into the same arrays.

        The value holds the first result before and after the second call (the same if it shares
        memory with the arrays), and the second one. Changed arrays are those of the second call.
        """
        function = self._find(name)

        def results(*natives: Any) -> list[Any]:
            one = function(*natives)
            self._arrays.refill(leaves(list(args)), self.adapter)
            new, other = iter(self._arrays.natives), partial(self._native, natives=[])
            again = with_parts(args, lambda p: ([next(new) for _ in leaves(p)] or [other(p)])[0])
            before = self._given_back(one)
            own = not shared(self._arrays.natives, one)
            two = function(*again)
            return [before, self._given_back(one) if own else before, self._given_back(two)]

        return self._invoke(results, first, {}, name)

    def vjp(self, name: str, args: Sequence[Any], cotangent: Any) -> dict[str, Any]:
        """Return the gradient of ``sum(cotangent * name(*args))`` for each floating argument."""
        function, vjp = self._find(name), self.adapter.vjp
        return self._invoke(lambda *a: vjp(function, a[:-1], a[-1]), [*args, cotangent], {})

    def slopes(self, name: str, args: Sequence[Any], cotangent: Any, seed: int) -> dict[str, Any]:
        """Return the slopes of ``sum(cotangent * name(*args))`` in each floating argument."""
        function = self._find(name)

        def found(*native: Any) -> Any:
            measured = self.adapter.slopes(function, native[:-1], native[-1], seed)
            return [one and one.neutral() for one in measured]

        return self._invoke(found, [*args, cotangent], {})

    def get_held(self, id: int, attribute: str) -> dict[str, Any]:
        """Return an attribute of a held object."""
        target = self._object(id)
        return self._invoke(lambda: getattr(target, attribute), [], {})

    def iterate(self, id: int) -> dict[str, Any]:
        """Return a new iterator over a held iterable; the iterator is held, too."""
        target = self._object(id)
        answer = self._invoke(lambda: self._hold(iter(target)), [], {})
        self._origins[answer["value"].id] = self._origins[id]
        return answer

    def take(self, id: int, count: int) -> dict[str, Any]:
        """Return up to *count* next items of a held iterator; fewer at its end."""
        target = self._object(id)

        def items() -> list[Any]:
            # Copy each item at once: a generator may reuse one array for all items.
            return [self._given_back(item) for item in itertools.islice(target, count)]

        answer = self._invoke(items, [], {})
        answer["after"] = self._guard(lambda: self._origins[id].changes(self.adapter))
        return answer

    # -- from neutral to native and back ---------------------------------------------------------

    def _invoke(
        self,
        function: Function,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        name: str = "",
        earlier: CallArrays | None = None,
    ) -> dict[str, Any]:
        """Call *function*; return its value and the arrays it changed in place.

        Args:
            name: of the module's function that it calls, which tells what it is to change.

            earlier: the arrays of an earlier call, which are used again where they hold the same.
        """
        arrays = CallArrays.of(args, kwargs, self._changes.get(name, {}), earlier)
        self._arrays = arrays

        def native(place: int | str, value: Any) -> Any:
            return self._native(value, arrays.natives, place in arrays.changed)

        def answer() -> dict[str, Any]:
            given = [native(place, arg) for place, arg in enumerate(args)]
            named = {key: native(key, arg) for key, arg in kwargs.items()}
            value = self._watch.call(function, *given, **named)
            if self._watch.seen:
                raise Fault("forbidden", self._watch.seen.name, where=[self._watch.seen.place])
            result = {"after": arrays.changes(self.adapter), "value": self._given_back(value)}
            return result | {"off_device": True} if arrays.off_device else result

        # Guard all of this: inspecting a value may run the learner's code.
        result: dict[str, Any] = self._guard(answer)
        return result

    def _native(self, value: Any, natives: list[Any], changed: bool = False) -> Any:
        make = self.adapter.changeable if changed else self.adapter.array
        return with_parts(value, partial(self._native_part, natives, make))

    def _native_part(self, natives: list[Any], make: Make, value: Any) -> Any:
        if isinstance(value, (np.ndarray, Parameter)):
            return self._arrays.add(value, natives, make, self.adapter)
        if isinstance(value, np.generic):
            return value.item()
        if isinstance(value, Held):
            return self._object(value.id)
        if isinstance(value, Callback):
            return lambda *args: self._native(self._reach_back(value, args), [])
        if callable(value):
            return lambda *args: self._native(value(*[self._neutral(a) for a in args]), [])
        return value

    def _reach_back(self, callback: Callback, args: Sequence[Any]) -> Any:
        if self._call_back is None:
            raise Fault("unsendable", "no function can be called here")
        return self._call_back(callback, [self._neutral(argument) for argument in args])

    def _given_back(self, value: Any) -> Any:
        """Return a result in neutral form; record if it is on another device than the inputs."""
        neutral = self._neutral(value)
        self._arrays.off_device |= not all_on_device(value, self.adapter)
        return neutral

    def _neutral(self, value: Any, depth: int = 0) -> Any:
        if value is None or type(value) in (bool, int, float, str, Held):
            return value[: MAX_TEXT * 50] if isinstance(value, str) else value
        array = to_array(value, self.adapter)
        if array is not None:
            return np.array(array)
        if depth > 32:
            raise Unsendable("a value nested too deeply")
        if isinstance(value, (list, tuple)) and len(value) <= MAX_ITEMS:
            items = [self._neutral(item, depth + 1) for item in value]
            return tuple(items) if isinstance(value, tuple) else items
        if isinstance(value, dict) and len(value) <= MAX_ITEMS:
            return {plain_key(key): self._neutral(item, depth + 1) for key, item in value.items()}
        if isinstance(value, complex):
            return np.array(value)
        if isinstance(value, (bool, int, float, str)):
            return self._neutral(plain(value))
        return self._hold(value)

    def _hold(self, value: Any) -> Held:
        if len(self._held) >= MAX_HELD:
            raise Unsendable("too many objects are held")
        number = next(self._numbers)
        value = self.adapter.blocks.ready(value)
        self._held[number] = self.adapter.blocks.widened(value) if self.wide else value
        self._origins[number] = self._arrays.copy()
        return Held.of(number, value)

    # -- the learner's code ----------------------------------------------------------------------

    def _find(self, name: str) -> Function:
        if name in self.module:
            return self._returning(name, self.module[name])
        fault = self.source.fault_in(name)
        if fault:
            raise Fault.of_syntax(*fault)
        binding = [failure for failure in self._failures if name in failure[0].binds]
        for _statement, error in binding or self._failures:
            raise self._raised(error, "load")
        raise Fault("missing", ", ".join(self.source.names()[:20]))

    def _returning(self, name: str, function: Function) -> Function:
        """Return a function that changes its arguments, also where arrays cannot change."""
        if name not in self._changes or self.adapter.changes_arrays:
            return function
        return lambda *a, **k: self._arrays.taken(function(*a, **k), self.adapter)

    def _object(self, id: int) -> Any:
        if id not in self._held:
            raise Fault("unsendable", "the object is gone")
        return self._held[id]

    def _guard(self, function: Callable[[], Any]) -> Any:
        """Call the learner's code; turn any exception into a Fault."""
        try:
            return function()
        except (Fault, KeyboardInterrupt):
            raise
        except Unsendable as error:
            raise Fault("unsendable", str(error)) from None
        except NotImplementedError as error:
            # libraries raise it, too, for unsupported operations
            kind = "raised" if in_library(error) else "unwritten"
            raise self._raised(error, kind) from None
        except BaseException as error:
            raise self._raised(error, "raised") from None

    def _raised(self, error: BaseException, kind: str) -> Fault:
        own = {**self.helpers, **{label: label for label in self._labels}}
        message, where = told_by(error, own)
        if isinstance(error, NameError):
            message += why_missing(getattr(error, "name", None), self.source, self._failures)
        if kind in ("load", "raised"):
            mixing = TensorMismatch(message, self.adapter, self._arrays.natives)
            where += mixing.made_at(error, self.source, self._labels)
            kind = limit_met(error, message) or mixing.told or kind
        cause = first_cause(error, self.source, self._failures)
        if (place := self.source.helpers.place_of(cause)) is not None:
            where.append(place)
        missing = (missing_module(cause), missing_file(cause))
        return Fault(kind, message, type(error).__name__[:100], where[-3:], *missing)
