"""Correct functions in place of a learner's wrong ones, where another exercise is run again.

The grader answers their calls, as it answers those of functions that it passes as arguments: the
reference is not in this process. Arrays that it changed in place are changed here, what it yielded
is yielded here, and PyTorch asks it for gradients.
"""

from __future__ import annotations

import ast
import os
import sys
import types
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from .adapters import ImmutableArray, NumpyAdapter, to_array
from .call_arrays import Changes
from .loader import Source
from .values import Array, Callback, is_data, leaves, parts, with_parts

#: why no correct answer can take the place of the learner's
ARGUMENTS, GRADIENTS, CHANGES = "arguments", "gradients", "changes"
REASONS = frozenset([ARGUMENTS, GRADIENTS, CHANGES])

#: has the grader call one of its functions with neutral values
CallBack = Callable[[Callback, list[Any]], Any]
Convert = Callable[[Any], Any]


class CannotBeReplaced(Exception):
    """A call that no correct function can answer."""


class Substitutes:
    """The correct functions of one submission.

    Args:
        callbacks: functions of the grader, by the names of those that they replace.

        neutral: converts a value for the grader.

        native: converts one from it, and appends the arrays that it makes to a list.
    """

    def __init__(
        self,
        callbacks: Mapping[str, Callback],
        adapter: NumpyAdapter,
        call_back: CallBack | None,
        neutral: Convert,
        native: Callable[[Any, list[Any]], Any],
        changes: Changes = MappingProxyType({}),
    ) -> None:
        self._callbacks = callbacks
        self._adapter = adapter
        self._call_back = call_back
        self._neutral = neutral
        self._convert = native
        self._changes = changes
        self._home = os.path.join(os.getcwd(), "")  # noqa: PTH118, PTH109  # a prefix of text
        self._parameters: dict[str, list[str]] = {}
        self._counting: set[str] = set()
        self._functions = {
            name: self._function(name, callback) for name, callback in callbacks.items()
        }

    def take_over(self, source: Source) -> Source:
        """Return *source* without the definitions of the functions that are replaced."""
        names = self._callbacks.keys()
        for statement in source.statements:
            if isinstance(statement.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                given = statement.node.args
                self._parameters[statement.node.name] = [
                    argument.arg for argument in (*given.posonlyargs, *given.args)
                ]
                if _counts_missing_as_zero(statement.node):
                    self._counting.add(statement.node.name)
        source.statements = [s for s in source.statements if not s.binds or not s.binds <= names]
        return source

    def put_into(self, module: types.ModuleType) -> None:
        """Put the correct functions into *module*, and into those of the submission around it."""
        if not self._functions:
            return
        module.__dict__.update(self._functions)
        for other in list(sys.modules.values()):
            file = getattr(other, "__file__", None)
            if isinstance(file, str) and file.startswith(self._home):
                there = self._functions.keys() & other.__dict__.keys()
                other.__dict__.update({name: self._functions[name] for name in there})

    def _function(self, name: str, callback: Callback) -> Callable[..., Any]:
        def substitute(*args: Any, **kwargs: Any) -> Any:
            given, named = list(args), dict(kwargs)
            # The reference's arguments may have other names.
            for parameter in self._parameters.get(name, [])[len(given) :]:
                if parameter not in named:
                    break
                given.append(named.pop(parameter))
            return self._call(name, callback, given, named)

        substitute.__name__ = substitute.__qualname__ = name
        return substitute

    def _call(self, name: str, callback: Callback, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if any(map(self._adapter.is_traced, parts([*args, *kwargs.values()]))):
            return self._traced(name, callback, args, kwargs)
        try:
            sent = [self._neutral(value) for value in args]
            named = {key: self._neutral(value) for key, value in kwargs.items()}
            arrays = leaves([*sent, *named.values()])
            known = [to_array(part, self._adapter) for part in parts([*args, *kwargs.values()])]
        except Exception:  # such as those of a framework that traces the function
            self._give_up(callback, ARGUMENTS)
        natives = [
            part
            for part, array in zip(parts([*args, *kwargs.values()]), known, strict=True)
            if array is not None
        ]
        if not is_data([sent, named]) or len(natives) != len(arrays):
            self._give_up(callback, ARGUMENTS)
        answer = self._ask(callback, ["call", sent, named])
        if name in self._changes and not self._adapter.changes_arrays and not named:
            return self._new_values(name, args, natives, answer["after"])
        for index, new in answer["after"]:
            try:
                self._adapter.write(natives[index], new)
            except (ImmutableArray, ValueError):
                self._give_up(callback, CHANGES)
        if "items" in answer:
            return iter([self._native(item) for item in answer["items"]])
        value = self._native(answer["value"])
        if name in self._counting and isinstance(value, dict):
            # The caller may rely on what its own mappings do; over the wire they are all plain.
            return Counter(value)
        if any(map(self._adapter.is_recorded, natives)):
            return self._recorded(callback, (args, sent, named), natives, value)
        return value

    def _new_values(
        self, name: str, args: Sequence[Any], natives: Sequence[Any], after: Sequence[Any]
    ) -> Any:
        """Return the changed arguments, where the caller's own arrays cannot change."""
        new = {id(natives[index]): self._native(data) for index, data in after}
        places = sorted(place for place in self._changes[name].values() if place < len(args))
        found = [with_parts(args[p], lambda part: new.get(id(part), part)) for p in places]
        return found[0] if len(found) == 1 else tuple(found)

    def _traced(
        self, name: str, callback: Callback, args: list[Any], kwargs: dict[str, Any]
    ) -> Any:
        """Return what a compiled or differentiated function may use: arrays yet to be computed.

        The grader is asked while the compiled code runs, where no array of the framework may be
        made; so arrays are NumPy's there.
        """
        if kwargs or name in self._changes:
            self._give_up(callback, CHANGES if name in self._changes else ARGUMENTS)
        arrays = [place for place, value in enumerate(args) if self._adapter.is_array(value)]

        def sent(values: Sequence[Any]) -> list[Any]:
            given = dict(zip(arrays, map(np.asarray, values), strict=True))
            return [given.get(place, value) for place, value in enumerate(args)]

        if not is_data(sent([0] * len(arrays))):
            self._give_up(callback, ARGUMENTS)

        def computed(*values: Any) -> Any:
            answer = self._ask(callback, ["call", sent(values), {}])
            if "items" in answer or answer["after"]:
                self._give_up(callback, CHANGES)
            return answer["value"]

        def pull_back(values: Sequence[Any], cotangent: Any) -> list[Any]:
            gradients = self._ask(callback, ["vjp", sent(values), cotangent])
            return [gradients[place] for place in arrays]

        return self._adapter.called_back(computed, pull_back, [args[place] for place in arrays])

    def _recorded(
        self,
        callback: Callback,
        call: tuple[list[Any], list[Any], dict[str, Any]],
        natives: Sequence[Any],
        value: Any,
    ) -> Any:
        """Return *value* such that the framework differentiates through the call."""
        args, sent, named = call
        single = not isinstance(value, (tuple, list))
        outputs = [value] if single else list(value)
        floating = [self._adapter.float_dtype_of(output) is not None for output in outputs]
        if not any(floating):
            return value
        inputs = [a for a in args if self._adapter.is_recorded(a)]
        recorded = [n for n in natives if self._adapter.is_recorded(n)]
        if named or not all(floating) or len(inputs) != len(recorded):
            self._give_up(callback, GRADIENTS)
        places = [i for i, a in enumerate(args) if self._adapter.is_recorded(a)]

        def pull_back(cotangents: Sequence[Any]) -> list[Any]:
            upstream = [self._neutral(one) for one in cotangents]
            cotangent = upstream[0] if single else upstream
            gradients = self._ask(callback, ["vjp", sent, cotangent])
            return [_or_none(gradients[place], self._native) for place in places]

        found = self._adapter.recorded(inputs, outputs, pull_back)
        return found[0] if single else type(value)(found)

    def _native(self, value: Any) -> Any:
        return self._convert(value, [])

    def _ask(self, callback: Callback, request: list[Any]) -> Any:
        if self._call_back is None:
            raise CannotBeReplaced("no function can be called here")
        return self._call_back(callback, request)

    def _give_up(self, callback: Callback, reason: str) -> Any:
        """Tell the grader why, and end the check."""
        self._ask(callback, ["cannot", reason])
        raise CannotBeReplaced(reason)


def _or_none(gradient: Array | None, native: Convert) -> Any:
    return None if gradient is None else native(gradient)


def _counts_missing_as_zero(function: ast.AST) -> bool:
    """Whether a function makes mappings in which what is missing counts as 0."""
    names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(function)}
    return not names.isdisjoint({"Counter", "defaultdict"})
