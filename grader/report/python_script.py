"""A check's calls as Python that a person can paste behind the learner's code."""

from __future__ import annotations

import keyword
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checks.assertions import describe
from grader.language import _
from grader.sandbox.proxy import FunctionProxy, ObjectProxy, Record
from grader.sandbox.repeated_check import objects
from grader.worker.finite_differences import Slopes
from grader.worker.values import Array, Held, Parameter, leaves

from .check_source import source_of
from .python_literals import WIDTH, literal
from .safe_text import clean, one_line
from .signatures import Signatures

_IMPORTS = {
    "base64": "import base64",
    "itertools": "import itertools",
    "random": "import random",
    "zlib": "import zlib",
    "contextlib": "import contextlib",
    "central_differences": (
        "from grader.worker.finite_differences import central_differences  # comes with gradproof"
    ),
    "np": "import numpy as np",
    "torch": "import torch",
    "jnp": 'import jax\nimport jax.numpy as jnp\n\njax.config.update("jax_enable_x64", True)',
}

#: how numbers are drawn again as they were when a check was run
_SEEDING = {
    "numpy": ["random.seed({seed})", "np.random.seed({seed})"],
    "torch": ["random.seed({seed})", "np.random.seed({seed})", "torch.manual_seed({seed})"],
}

#: most items of a container that are shown one by one
_MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a check's, and the right answer to it.

    Attributes:
        right: value, and arrays changed in place as number among the arguments' arrays and new
            value; None if it is not known.

        chance: whether a right answer depends on numbers drawn at random.

        wrong: whether the learner's answer is.
    """

    record: Record
    right: tuple[Any, dict[int, Array]] | None = None
    chance: bool = False
    wrong: bool = False


def merged(calls: Sequence[Call]) -> list[Call]:
    """Return *calls* with all items taken from one iterator in one call, at the last one's place.

    Where an item is an object, which has a life of its own, they stay apart.
    """
    kept: list[Call] = []
    for call in calls:
        record = call.record
        twin = next((c for c in kept if record.op == "take" and _same_iterator(c, record)), None)
        if twin is None or objects(record.value):
            kept.append(call)
        else:
            # by identity: calls hold arrays, which == compares entry by entry
            kept = [c for c in kept if c is not twin]
            kept.append(_both(twin, call))
    return kept


def _same_iterator(call: Call, record: Record) -> bool:
    other = call.record
    return other.op == "take" and other.rest["id"] == record.rest["id"] and not objects(other.value)


def _both(one: Call, other: Call) -> Call:
    first, second = one.record, other.record
    record = replace(
        second,
        value=None if second.error else [*first.value, *second.value],
        after=tuple({**dict(first.after), **dict(second.after)}.items()),
        rest={**second.rest, "count": first.rest["count"] + second.rest["count"]},
    )
    right = None
    if one.right and other.right:
        right = [*one.right[0], *other.right[0]], {**one.right[1], **other.right[1]}
    return Call(record, right, one.chance or other.chance, one.wrong or other.wrong)


def leading_to(calls: Sequence[Call], last: int) -> list[Call]:
    """Return the calls that made, or dealt with, the objects that call *last* needs; and it.

    Where chance plays a part, every earlier call counts: each may have drawn numbers.
    """
    if calls[last].chance:
        return list(calls[: last + 1])
    wanted = _used(calls[last].record)
    kept = {last}
    while True:
        more = {
            number
            for number, call in enumerate(calls[:last])
            if number not in kept and wanted & (_used(call.record) | _made(call.record))
        }
        if not more:
            return [calls[number] for number in sorted(kept)]
        kept |= more
        wanted |= set().union(*(_used(calls[number].record) for number in more))


def _made(record: Record) -> set[int]:
    return {held.id for held in objects(record.value)}


def _used(record: Record) -> set[int]:
    payload = record.payload
    own = {payload["id"]} if "id" in payload else set()
    return own | {held.id for held in objects(payload)}


def script(
    calls: Sequence[Call],
    framework: str,
    signatures: Signatures,
    seed: int,
    about: Sequence[str],
    closing: Sequence[str],
) -> str:
    """Return Python that makes *calls*, the last of which is what it is about.

    It runs as it is behind the code that it calls, whatever learners' texts hold.

    Args:
        signatures: what the learner's code calls its arguments.

        seed: of the learner's generators, set where chance plays a part.

        about: sentences that go above it, one line each.

        closing: sentences that go below it.
    """
    names = {call.record.name for call in calls if "id" not in call.record.rest}
    writer = _Writer(framework, signatures, names)
    if calls and calls[-1].chance:
        text = _("drawn at random, seeded as in the check; other right answers exist")
        writer.lines += [*_comment(text)]
        seeding = _SEEDING.get(framework, _SEEDING["numpy"])
        writer.lines += [line.format(seed=seed) for line in seeding]
    for call in calls[:-1]:
        writer.earlier(call.record)
    if calls:
        writer.last(calls[-1])
    body = "\n".join(writer.lines)
    imports = [line for name, line in _IMPORTS.items() if re.search(rf"\b{name}[.(]", body)]
    parts = ["\n".join(f"# {one_line(sentence)}" for sentence in about), "\n".join(imports), body]
    parts.append("\n".join(line for sentence in closing for line in _comment(sentence)))
    return "\n\n".join(part for part in parts if part) + "\n"


class _Writer:
    """Writes calls one after another, and knows what everything is called."""

    def __init__(self, framework: str, signatures: Signatures, called: set[str]) -> None:
        self.lines: list[str] = []
        self._framework = framework
        self._signatures = signatures
        self._taken = {*keyword.kwlist, *_IMPORTS, "jax", *signatures.bound, *called}
        self._objects: dict[int, str] = {}
        # names of the arrays of the call that made an object: iterating may change them
        self._origins: dict[int, list[str]] = {}

    def earlier(self, record: Record) -> None:
        """Write a call that leads up to the one that is shown."""
        expression, arrays = self._expression(record)
        if record.error is not None:
            self.lines += ["with contextlib.suppress(Exception):", f"    {expression}"]
            return
        found = objects(record.value)
        if not found:
            self.lines.append(expression)
            return
        kind = found[0].type.lower() if isinstance(record.value, Held) else "made"
        name = self._fresh("iterator" if record.op == "iterate" else kind)
        self.lines.append(f"{name} = {expression}")
        self._remember(record.value, name, arrays)

    def last(self, call: Call) -> None:
        """Write the call that is shown, and below it what came of it and what should have."""
        record = call.record
        expression, arrays = self._expression(record)
        right, value = (None if objects(record.value) else call.right), record.value
        if record.op == "slopes":
            value, right = _gradients(value), right and (_gradients(right[0]), right[1])
        places = {number for number, _array in record.after} | set(right[1] if right else ())
        changed = sorted(number for number in places if number < len(arrays))
        nothing = record.error is None and record.value is None and changed
        self.lines.append(expression if nothing else f"print({expression})")
        self.lines += [f"print({arrays[number]})" for number in changed]
        if record.error is None and not nothing:
            self.lines += _compared("", value, right is not None, right and right[0])
        elif right is not None and not nothing:
            self.lines += _told(_("expected: {what}"), "", right[0])
        for number in changed if record.error is None else ():
            got = dict(record.after).get(number, _Unchanged)
            want = right[1].get(number, _Unchanged) if right else None
            self.lines += _compared(arrays[number], got, right is not None, want)

    def _expression(self, record: Record) -> tuple[str, list[str]]:
        """Return what makes the call, its arguments written before, and its arrays' names."""
        rest = record.rest
        own = self._objects.get(rest["id"], "unknown") if "id" in rest else ""
        if record.op == "iterate":
            return f"iter({own})", self._origins.get(rest["id"], [])
        if record.op == "take":
            ended = record.error is None and len(record.value) < rest["count"]
            items = own if ended else f"itertools.islice({own}, {rest['count']})"
            return f"list({items})", self._origins.get(rest["id"], [])
        if record.op == "parameters":
            return f"list({own}.parameters())", []
        if record.op == "get_held":
            return f"{own}.{rest['attribute']}", []
        name = record.name
        if record.op == "call_held":
            method = rest["method"]
            name = f"{own}.{method}" if method else own
        given, arrays = self._given(record)
        if record.op in ("vjp", "slopes"):
            return self._gradient(name, record, given), arrays
        return f"{name}({', '.join(given)})", arrays

    def _given(self, record: Record) -> tuple[list[str], list[str]]:
        """Return the arguments as they stand in the call, and the names of their arrays."""
        positional = len(record.args) - len(record.keywords)
        names = [*self._signatures.of(record.name)[:positional]]
        names += ["argument"] * (positional - len(names)) + [*record.keywords]
        given, arrays = [], []
        for number, (name, value) in enumerate(zip(names, record.args, strict=True)):
            expression = self._argument(name, value)
            arrays += _paths(value, expression)
            given.append(expression if number < positional else f"{name}={expression}")
        return given, arrays

    def _argument(self, name: str, value: Any) -> str:
        """Return how *value* is handed over; one that takes room is given a name first."""
        if callable(value) and not isinstance(value, (FunctionProxy, ObjectProxy)):
            name = self._fresh(name)
            self.lines += source_of(value, name, self._framework)
            return name
        text = literal(value, self._framework, self._name_of)
        if not leaves([value]) and "\n" not in text and len(text) <= WIDTH // 2:
            return text
        name = self._fresh(name)
        self.lines.append(f"{name} = {text}")
        return name

    def _gradient(self, function: str, record: Record, given: Sequence[str]) -> str:
        """Return what differentiates; NumPy has nothing of its own for it."""
        cotangent = self._argument("cotangent", record.rest["cotangent"])
        floating = [
            name for name, value in zip(given, record.args, strict=True) if _is_floating(value)
        ]
        if self._framework == "torch":
            self.lines += [f"{name}.requires_grad_()" for name in floating]
            result, wanted = f"{function}({', '.join(given)})", ", ".join(floating)
            return f"torch.autograd.grad({result}, [{wanted}], {cotangent}, allow_unused=True)"
        if self._framework == "jax":
            inner = f"lambda {', '.join(floating)}: {function}({', '.join(given)})"
            return f"jax.vjp({inner}, {', '.join(floating)})[1]({cotangent})"
        return f"central_differences({function}, [{', '.join(given)}], {cotangent})"

    def _name_of(self, value: Any) -> str:
        if isinstance(value, FunctionProxy):
            return value._name
        held = value.held if isinstance(value, ObjectProxy) else value
        return self._objects.get(held.id, "unknown")

    def _remember(self, value: Any, place: str, arrays: list[str]) -> None:
        """Note where the objects in *value*, which stands at *place*, are found."""
        if isinstance(value, Held):
            self._objects[value.id] = place
            self._origins[value.id] = arrays
        elif isinstance(value, (list, tuple, dict)):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for key, item in items:
                self._remember(item, f"{place}[{literal(key, 'numpy')}]", arrays)

    def _fresh(self, name: str) -> str:
        """Return a name like *name* that nothing has yet; a class may be called anything."""
        stem = re.sub(r"[^a-zA-Z0-9_]", "_", name)
        stem = stem if stem.isidentifier() else f"_{stem}"
        number, fresh = 1, stem
        while fresh in self._taken:
            number += 1
            fresh = f"{stem}_{number}"
        self._taken.add(fresh)
        return fresh


class _Unchanged:
    """Stands for an array that holds what it held before."""


def _gradients(value: Any) -> Any:
    """Return slopes as the gradients that they belong to; of large ones, what was looked at."""
    if isinstance(value, list):
        return [_gradients(one) for one in value]
    try:
        slopes = Slopes.read(value)
    except ValueError:
        return value
    whole = slopes.low.size == math.prod(slopes.shape)
    return slopes.middle.reshape(slopes.shape) if whole else slopes.middle


def _is_floating(value: Any) -> bool:
    array = value.data if isinstance(value, Parameter) else value
    return isinstance(array, np.ndarray) and array.dtype.kind == "f"


def _paths(value: Any, place: str) -> list[str]:
    """Return where each array in *value*, which stands at *place*, is found, in their order."""
    if isinstance(value, (np.ndarray, Parameter)):
        return [place]
    if isinstance(value, (list, tuple)):
        items: list[tuple[Any, Any]] = list(enumerate(value))
    elif isinstance(value, dict):
        items = list(value.items())
    else:
        return []
    return [p for key, item in items for p in _paths(item, f"{place}[{literal(key, 'numpy')}]")]


def _compared(name: str, got: Any, known: bool, want: Any) -> list[str]:
    """Return comments on what came back, or what stands in *name*, and on what should."""
    words = (_("got {name}: {what}"), _("expected {name}: {what}"))
    words = words if name else (_("got: {what}"), _("expected: {what}"))
    lines = _told(words[0], name, got)
    return lines + (_told(words[1], name, want) if known else [])


def _told(sentence: str, name: str, value: Any) -> list[str]:
    lines = _comment(sentence.format(name=name, what=_named(value)))
    return lines + [f"#     {line}" for line in _entries(value)]


def _named(value: Any) -> str:
    if value is _Unchanged:
        return _("unchanged")
    if isinstance(value, Held):
        return _("a {type} object").format(type=one_line(value.type))
    if isinstance(value, str):
        return one_line(repr(value[:WIDTH]))
    if isinstance(value, float):
        value = float(f"{value:.6g}")
    return describe(value)


def _entries(value: Any) -> list[str]:
    """Return the entries of arrays, rounded, and those of containers one by one."""
    if isinstance(value, np.ndarray):
        shown = np.array2string(value, WIDTH, precision=4, threshold=60, edgeitems=3)
        return shown.splitlines()
    if isinstance(value, (list, tuple, dict)):
        items = list(value.items() if isinstance(value, dict) else enumerate(value))
        lines = []
        for key, item in items[:_MOST_ITEMS]:
            lines.append(f"[{one_line(repr(key))}] {_named(item)}")
            lines += [f"    {line}" for line in _entries(item)]
        return lines + (["…"] if len(items) > _MOST_ITEMS else [])
    return []


def _comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in clean(text).splitlines()]
