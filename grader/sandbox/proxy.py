"""Proxies for a module in another process: what checks call ``student`` and ``reference``.

Every call goes through :meth:`ModuleProxy.ask` and leaves one :class:`Record`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.errors import Raised, SubmissionError
from grader.language import _
from grader.worker.finite_differences import Slopes
from grader.worker.values import Array, Held, copy_arrays, leaves, replace_arrays, with_parts

from .answer_validation import MAX_ITEMS, Changes, read_answer, unreadable
from .channel import Channel

#: requests that call a function with arguments
OF_A_FUNCTION = (
    *("call", "listed", "in_turn", "vjp", "slopes"),
    *("aliases", "disturbed", "work", "differentiates"),
)


#: others with arguments
OF_AN_OBJECT = ("call_held", "gradients", "make_block")


@dataclass(frozen=True, slots=True)
class Record:
    """One call of a check.

    Attributes:
        op: ``call``, ``vjp``, ``call_held`` …

        name: name of the function, or of the class of a held object.

        args: copies of the arguments as they were before the call.

        value: the returned value; None if *error* is set.

        after: arrays changed in place, as index among the arguments' arrays and new value.

        keywords: names of the arguments passed by keyword, which come last in *args*.

        rest: other parts of the request, such as a cotangent, a count, or a held object's number.
    """

    op: str
    name: str
    args: tuple[Any, ...]
    value: Any
    after: tuple[tuple[int, Array], ...] = ()
    error: SubmissionError | None = None
    keywords: tuple[str, ...] = ()
    rest: dict[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, Any]:
        """The request that repeats this call."""
        request = dict(self.rest)
        if self.op in OF_A_FUNCTION:
            request["name"] = self.name
        if self.op in (*OF_A_FUNCTION, *OF_AN_OBJECT):
            split = len(self.args) - len(self.keywords)
            request["args"] = list(self.args[:split])
        if self.op in ("call", "call_held"):
            request["kwargs"] = dict(zip(self.keywords, self.args[split:], strict=True))
        return {key: _without_proxies(part) for key, part in request.items()}


#: shapes of results, and those that a check is to see in their place
Forms = dict[tuple[int, ...], tuple[int, ...]]


class ModuleProxy:
    """Stands for the learner's module; its attributes are the module's functions.

    Args:
        forms: shapes of results that checks are to see in another shape of the same size.
    """

    def __init__(self, channel: Channel, forms: Forms | None = None) -> None:
        self._channel = channel
        self._forms = forms or {}
        self.trace: list[Record] = []

    @property
    def framework(self) -> str:
        """The framework whose arrays the functions get."""
        return self._channel.framework

    def __getattr__(self, name: str) -> FunctionProxy:
        if name.startswith("__"):
            raise AttributeError(name)
        return FunctionProxy(self, name)

    def vjp(self, name: str, args: Sequence[Any], cotangent: Any) -> list[Array | None]:
        """Return the gradient of ``sum(cotangent * name(*args))`` for each floating argument.

        Uses the framework's automatic differentiation if it has one, and otherwise central
        differences. Arguments that are not floating-point arrays, or have no effect, give None.
        """
        payload = {"name": name, "args": list(args), "cotangent": cotangent}
        value: list[Array | None] = self.ask("vjp", name, payload, list(args))
        return value

    def slopes(
        self, name: str, args: Sequence[Any], cotangent: Any, seed: int
    ) -> list[Slopes | None]:
        """Return selected entries and directions of :meth:`vjp`; see :class:`Slopes`.

        Args:
            seed: selects the entries and directions of large arguments.
        """
        payload = {"name": name, "args": list(args), "cotangent": cotangent, "seed": seed}
        value = self.ask("slopes", name, payload, list(args))
        return [None if one is None else Slopes.read(one) for one in value]

    def aliases(self, name: str, args: Sequence[Any]) -> list[int]:
        """Call a function; return the indices of arrays in *args* that its result shares."""
        return list(self.ask("aliases", name, {"name": name, "args": list(args)}, list(args)))

    def disturbed(self, name: str, args: Sequence[Any]) -> list[str]:
        """Call a function; return the names of global states it changes. They are restored."""
        return list(self.ask("disturbed", name, {"name": name, "args": list(args)}, list(args)))

    def in_turn(self, name: str, first: Sequence[Any], args: Sequence[Any]) -> list[Any]:
        """Call a function with *first*, then with *args* put into the same arrays.

        Return its first result, the same after the second call, and its second one. What the second
        call changes in place is changed in *args*.
        """
        payload = {"name": name, "args": list(args), "first": list(first)}
        return list(self.ask("in_turn", name, payload, list(args)))

    def work(self, name: str, before: Sequence[Sequence[Any]], args: Sequence[Any]) -> list[str]:
        """Call a function with each list in *before*, then with *args*, which has more entries.

        Return what Python needs more of for each entry, among :data:`.work_done.WORK`.
        """
        payload = {"name": name, "args": list(args), "before": [list(one) for one in before]}
        return list(self.ask("work", name, payload, list(args)))

    def differentiates(self, name: str, args: Sequence[Any]) -> bool | None:
        """Call a function; return whether the framework differentiates, None if it never does."""
        payload = {"name": name, "args": list(args)}
        value: bool | None = self.ask("differentiates", name, payload, list(args))
        return value

    def block(self, kind: str, *parts: Any) -> Any:
        """Return a block of the learner's framework, which their code can be given.

        Args:
            kind: ``affine`` computes ``X @ W + b`` from its parameters, the arrays W and b that are
                its *parts*; ``chain`` calls the blocks that are; ``squaring`` has no parameters;
                ``doubling`` gives twice its input in training, else the input; ``unrecorded``
                calls its *parts* where the framework records no gradients.
        """
        payload = {"kind": kind, "args": [_without_proxies(part) for part in parts]}
        return self.ask("make_block", f"block.{kind}", payload, list(parts))

    def ask(
        self,
        op: str,
        name: str,
        payload: dict[str, Any],
        args: Sequence[Any],
        keywords: tuple[str, ...] = (),
    ) -> Any:
        """Send a request, record it, and apply changes made in place."""
        before = tuple(copy_arrays(list(args)))
        arrays = leaves(list(args))
        named = ("name", "args", "kwargs")
        rest = {key: copy_arrays(part) for key, part in payload.items() if key not in named}
        try:
            value, after = read_answer(op, self._channel.request(op, payload), name, args)
            _apply(after, arrays, name)
        except SubmissionError as error:
            self.trace.append(Record(op, name, before, None, (), error, keywords, rest))
            raise
        self.trace.append(Record(op, name, before, value, after, None, keywords, rest))
        return _with_proxies(self._formed(value), self, args)

    def _formed(self, value: Any) -> Any:
        """Return a copy of *value* with arrays of the given shapes in others of the same size.

        Its arrays are no parts of a larger buffer: a column has its result as base, by which the
        call it came from is found.
        """

        def formed(array: Array) -> Array:
            copy = np.array(array)
            copy.shape = self._forms.get(array.shape, array.shape)
            return copy

        return replace_arrays(value, formed)


def _apply(after: Changes, arrays: Sequence[Array], name: str) -> None:
    """Apply changes to the caller's arrays: all of them or none."""
    for index, new in after:
        if not 0 <= index < len(arrays):
            raise unreadable(name)
        old = arrays[index]
        if old.shape != new.shape or old.dtype.name != new.dtype.name:
            text = _("{name} changed the shape or dtype of an argument").format(name=name)
            old_form, new_form = (f"{a.dtype}{list(a.shape)}" for a in (old, new))
            detail = _("from {old} to {new}.").format(old=old_form, new=new_form)
            raise Raised(f"{text}, {detail}", f"{text}.")
        if not old.flags.writeable:
            raise Raised(_("{name} changed an argument that is read-only.").format(name=name))
    for index, new in after:
        arrays[index][...] = new


def _with_proxies(value: Any, module: ModuleProxy, args: Sequence[Any]) -> Any:
    """Return *value*, the result of a call with *args*, with proxies for its objects."""

    def proxied(part: Any) -> Any:
        return ObjectProxy(module, part, args) if isinstance(part, Held) else part

    return with_parts(value, proxied)


def _without_proxies(value: Any) -> Any:
    def plain(part: Any) -> Any:
        if isinstance(part, ObjectProxy):
            return part.held
        return part.item() if isinstance(part, np.generic) else part

    return with_parts(value, plain)


class FunctionProxy:
    """One function of the module."""

    def __init__(self, module: ModuleProxy, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function; raises SubmissionError if the learner's code fails."""
        sent = {
            "name": self._name,
            "args": [_without_proxies(a) for a in args],
            "kwargs": {key: _without_proxies(a) for key, a in kwargs.items()},
        }
        given = [*args, *kwargs.values()]
        return self._module.ask("call", self._name, sent, given, tuple(kwargs))

    def many(self, arguments: Sequence[Sequence[Any]]) -> list[Any]:
        """Call the function once for each argument list, in one round trip.

        Changes made in place are not applied.
        """
        return self._many("call", arguments)

    def listed(self, arguments: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """Return, for each argument list, the items that the function yields, in one round trip.

        Changes made in place are not applied.
        """
        return self._many("listed", arguments)

    def _many(self, op: str, arguments: Sequence[Sequence[Any]]) -> list[Any]:
        many = [[_without_proxies(a) for a in args] for args in arguments]
        module = self._module
        calls = [tuple(copy_arrays(list(args))) for args in arguments]
        try:
            asked = {"name": self._name, "many": many, "op": op}
            answers = module._channel.request("call_many", asked)
            if not isinstance(answers, list) or len(answers) != len(many):
                raise unreadable(self._name)
            pairs = [read_answer(op, answer, self._name) for answer in answers]
        except SubmissionError as error:
            # It is not known which call failed; record the first one.
            first = calls[0] if calls else ()
            module.trace.append(Record(op, self._name, first, None, (), error))
            raise
        for args, (value, after) in zip(calls, pairs, strict=True):
            module.trace.append(Record(op, self._name, args, value, after))
        return [_with_proxies(module._formed(value), module, ()) for value, _after in pairs]


class ObjectProxy:
    """A learner's object that stays in the worker: a block, a generator, a data loader."""

    def __init__(self, module: ModuleProxy, held: Held, args: Sequence[Any] = ()) -> None:
        self._module = module
        self._args = args
        self.held = held

    def __repr__(self) -> str:
        return f"<{self.held.type}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object."""
        return self.call("", *args, **kwargs)

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call *method*, or the object itself if *method* is empty."""
        payload = {
            "id": self.held.id,
            "method": method,
            "args": [_without_proxies(a) for a in args],
            "kwargs": {key: _without_proxies(a) for key, a in kwargs.items()},
        }
        name = f"{self.held.type}.{method or '__call__'}"
        given = [*args, *kwargs.values()]
        return self._module.ask("call_held", name, payload, given, tuple(kwargs))

    def get(self, attribute: str) -> Any:
        """Return an attribute."""
        payload = {"id": self.held.id, "attribute": attribute}
        return self._module.ask("get_held", f"{self.held.type}.{attribute}", payload, [])

    def parameters(self) -> list[Array]:
        """Return copies of a block's trainable floating-point arrays, in its order."""
        value: list[Array] = self._ask("parameters")
        return value

    def set_parameters(self, arrays: Sequence[Array]) -> None:
        """Put new values into a block's trainable arrays, in the order of :meth:`parameters`."""
        self._ask("set_parameters", arrays=list(arrays))

    def state(self) -> list[Array]:
        """Return copies of all arrays that the framework would save of a block."""
        value: list[Array] = self._ask("state")
        return value

    def restore(self, state: Sequence[Array] | ObjectProxy) -> None:
        """Load the :meth:`state` of an equal block, as the framework loads what it has saved.

        Args:
            state: the arrays, or the block that has them: what is shared with it then shows.
        """
        arrays = state.held if isinstance(state, ObjectProxy) else list(state)
        self._ask("restore", arrays=arrays)

    def gradients(self, args: Sequence[Any], cotangent: Array) -> list[Array | None]:
        """Return the gradient of ``sum(cotangent * block(*args))`` for each parameter.

        They come from automatic differentiation, or in NumPy from central differences. A parameter
        without effect gives None, or zeros where the framework does not tell.
        """
        value: list[Array | None] = self._ask("gradients", args, cotangent=cotangent)
        return value

    def slopes(
        self, args: Sequence[Any], cotangent: Array, directions: Sequence[Array]
    ) -> list[float | None]:
        """Return the slope of ``sum(cotangent * block(*args))`` along one direction of each.

        Args:
            directions: one for each parameter, in its shape.
        """
        rest = {"cotangent": cotangent, "directions": list(directions)}
        value: list[float | None] = self._ask("gradients", args, **rest)
        return value

    def _ask(self, op: str, args: Sequence[Any] | None = None, **rest: Any) -> Any:
        payload = {"id": self.held.id, **rest}
        if args is not None:
            payload["args"] = [_without_proxies(a) for a in args]
        return self._module.ask(op, f"{self.held.type}.{op}", payload, args or [])

    def __iter__(self) -> Iterator[Any]:
        """Yield the items of an iterable; raises Raised after :data:`MAX_ITEMS`."""
        if not self.held.iterable:
            text = _("a {type} cannot be iterated over").format(type=self.held.type)
            raise Raised(text)
        iterator = self._module.ask("iterate", self.held.type, {"id": self.held.id}, [])
        taken, count = 0, 1
        while True:
            payload = {"id": iterator.held.id, "count": count}
            # Changes to the arguments during iteration are applied to the caller's arrays, too.
            items = self._module.ask("take", self.held.type, payload, self._args)
            if not isinstance(items, list) or len(items) > count:
                raise unreadable(self.held.type)
            yield from items
            taken += len(items)
            if len(items) < count:
                return
            if taken > MAX_ITEMS:
                text = _("a {type} yielded more than {count} items; is it infinite?")
                raise Raised(text.format(type=self.held.type, count=MAX_ITEMS))
            count = min(64, count * 2)
