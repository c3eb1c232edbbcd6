"""A check's calls as a short script; larger arrays are in a file beside it."""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import itertools
import keyword
import math
import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from grader.language import _
from grader.sandbox.judged_call import Call
from grader.sandbox.proxy import FunctionProxy, ObjectProxy, Record
from grader.sandbox.repeated_check import objects
from grader.worker.finite_differences import Slopes
from grader.worker.values import Array, Held, Parameter, WithGradient, identical, leaves, with_parts

from .safe_text import clean, one_line

#: the names of a replay's files: the script, the code that it calls, the arrays that it reads
SCRIPT, CODE, DATA = "replay.py", "mine.py", "replay.npz"

#: arrays with more entries are read from the file
MOST_ENTRIES = 24

_WIDTH = 88

#: the import for each name that a script uses
_IMPORTS = {
    "contextlib": "import contextlib",
    "itertools": "import itertools",
    "random": "import random",
    "inf": "from math import inf",
    "nan": "from math import nan",
    "Path": "from pathlib import Path",
    "np": "import numpy as np",
    "torch": "import torch",
    "jnp": 'import jax\nimport jax.numpy as jnp\n\njax.config.update("jax_enable_x64", True)',
    "adapter_for": "from grader.worker.adapters import adapter_for  # comes with gradproof",
    "mine": "\nimport mine",
}
_READ = f'data = np.load(Path(__file__).with_name("{DATA}"), allow_pickle=False)'
_TAKEN = {*keyword.kwlist, *_IMPORTS, *dir(builtins), "jax", "data", "got"}

#: conversions between NumPy's arrays and those of a framework
_OWN = {"torch": "torch.tensor({})", "jax": "jnp.array({})"}
_NUMPYS = {"torch": "torch.as_tensor({}).detach().numpy()", "jax": "np.asarray({})"}

#: requests about blocks
_OF_BLOCKS = frozenset(
    ["parameters", "set_parameters", "state", "restore", "gradients", "make_block"]
)

#: behind a parameter, its gradient
_GRADIENT = ".grad"


@dataclass(frozen=True, slots=True)
class Script:
    """A Python script, and the arrays that it reads from the file beside it."""

    text: str
    arrays: dict[str, Array]

    @property
    def data(self) -> bytes:
        """The arrays as an ``.npz`` file, which holds no pickles."""
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **self.arrays)
        return buffer.getvalue()


def script(
    calls: Sequence[Call],
    framework: str,
    code: str,
    seed: int,
    about: Sequence[str],
    closing: Sequence[str],
) -> Script:
    """Return a script that makes *calls* and examines the last one.

    Args:
        code: the code that it calls, which names the arguments.

        seed: the seed of the learner's generators, set if results are random.

        about: sentences to put above it, one line each.

        closing: sentences to put below it.
    """
    writer = _Writer(framework, _argument_names(code))
    if calls and calls[-1].chance:
        text = _("random, with the seed of the check; other results can be right")
        writer.lines += [*_comment(text), f"random.seed({seed})", f"np.random.seed({seed})"]
        writer.lines += [f"torch.manual_seed({seed})"] if framework == "torch" else []
    for call in calls[:-1]:
        writer.earlier(call.record)
    if calls:
        writer.last(calls[-1])
    body = "\n".join([_READ, *writer.lines] if writer.arrays else writer.lines)
    imports = [line for name, line in _IMPORTS.items() if re.search(rf"\b{name}\b", body)]
    parts = ["\n".join(f"# {one_line(sentence)}" for sentence in about), "\n".join(imports), body]
    parts.append("\n".join(line for sentence in closing for line in _comment(sentence)))
    return Script("\n\n".join(part for part in parts if part) + "\n", writer.arrays)


def _argument_names(code: str) -> dict[str, list[str]]:
    """Return the argument names of each function and method in *code*."""
    functions = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef))
    every = ((f.name, [*f.args.posonlyargs, *f.args.args]) for f in functions)
    return {name: [a.arg for a in arguments if a.arg != "self"] for name, arguments in every}


class _Code(str):
    """An expression; its repr is its text, so that lists and dictionaries show it unquoted."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class _Writer:
    """Writes calls one after another, and keeps track of names."""

    def __init__(self, framework: str, names: dict[str, list[str]]) -> None:
        self.lines: list[str] = []
        self.arrays: dict[str, Array] = {}
        self._framework = framework
        self._names = names
        self._taken = set(_TAKEN)
        self._objects: dict[int, str] = {}
        # Names of the arrays in the call that created an object: iterating may change them.
        self._origins: dict[int, list[str]] = {}

    def earlier(self, record: Record) -> None:
        """Write a call that precedes the one that is shown."""
        expression, arrays = self._call(record)
        found = objects(record.value)
        if record.error is not None:
            self.lines += ["with contextlib.suppress(Exception):", f"    {expression}"]
        elif not found:
            self.lines.append(expression)
        else:
            kind = found[0].type.lower() if isinstance(record.value, Held) else "made"
            name = self._fresh("iterator" if record.op == "iterate" else kind)
            self.lines.append(f"{name} = {expression}")
            for place, held in _parts(name, record.value):
                if isinstance(held, Held):
                    self._objects[held.id], self._origins[held.id] = place, arrays

    def last(self, call: Call) -> None:
        """Write the call that is shown, and the comparison with the right answer."""
        record, right = call.record, None if objects(call.record.value) else call.right
        expression, arrays = self._call(record)
        got, want = _gradients(record.value), _gradients(right[0]) if right else None
        before, after = leaves(list(record.args)), dict(record.after)
        owed = right[1] if right else {}
        changed = [number for number in sorted({*after, *owed}) if number < len(arrays)]
        silent = record.error is None and got is None and bool(changed)
        answers = [] if silent else [("got", got, want)]
        for number in changed:
            wanted = owed.get(number, before[number]) if right else None
            answers.append((arrays[number], after.get(number, before[number]), wanted))
        names = [self._expected(place, want) for place, _got, want in answers]
        self.lines += ["", expression if silent else f"got = {expression}"]
        for (place, got, want), name in zip(answers, names, strict=True):
            for mine, right in _beside((place, want if record.error else got), (name, want)):
                self._compare(mine, right, seen=record.error is None)

    def _compare(self, mine: tuple[str, Any], right: tuple[str, Any], seen: bool) -> None:
        """Write the lines that print a result beside what was expected, and how far it is off.

        Args:
            mine, right: an expression and its value in the check; the right one may be empty.

            seen: whether the value was seen in the check.
        """
        place, got = mine
        if seen and isinstance(got, np.ndarray):
            shown = np.array2string(got, _WIDTH, precision=4, threshold=60, edgeitems=3)
            self.lines += _comment(_("in the check:") + f"\n{shown}")
        told = [expression for expression, _value in (mine, right) if expression]
        self.lines += [f"print({f'{expression}:'!r}, {expression})" for expression in told]
        # a gradient may be None, which counts as zeros
        if right[0] and not place.endswith(_GRADIENT):
            self.lines += self._differences(_parts(*mine), _parts(*right))

    def _expected(self, place: str, want: Any) -> str:
        """Write the expected value at *place* and return its name; empty if unknown."""
        if want is None:
            return ""
        name = self._fresh("expected" if place == "got" else f"expected_{place}")
        self.lines.append(f"{name} = {self._coded(name, want, 'numpy')!r}")
        return name

    def _differences(
        self, got: Iterator[tuple[str, Any]], want: Iterator[tuple[str, Any]]
    ) -> Iterator[str]:
        """Yield the lines that print the errors of numbers, where they can be compared."""
        for (place, given), (right, wanted) in zip(got, want, strict=False):
            numbers = isinstance(wanted, (bool, int, float, complex, np.ndarray))
            if numbers and np.size(wanted) and np.shape(given) == np.shape(wanted):
                mine = _NUMPYS.get(self._framework, "{}").format(place)
                # Other numbers are converted to floats: bools have no difference, ints may wrap.
                floating = np.asarray(wanted).dtype.kind in "fc"
                off = f"{mine} - {right}" if floating else f"1.0 * {mine} - {right}"
                label = _("largest difference in {place}:").format(place=place)
                yield f"print({label!r}, np.abs({off}).max())"

    def _call(self, record: Record) -> tuple[str, list[str]]:
        """Return the expression of the call and its arrays' names; write its arguments before."""
        rest = record.rest
        own = self._objects.get(rest["id"], "unknown") if "id" in rest else ""
        if record.op == "iterate":
            return f"iter({own})", self._origins.get(rest["id"], [])
        if record.op == "take":
            ended = record.error is None and len(record.value) < rest["count"]
            items = own if ended else f"itertools.islice({own}, {rest['count']})"
            return f"list({items})", self._origins.get(rest["id"], [])
        if record.op in _OF_BLOCKS:
            return self._of_a_block(record, own)
        if record.op == "get_held":
            return f"{own}.{rest['attribute']}", []
        name = f"mine.{record.name}"
        if record.op == "call_held":
            name = f"{own}.{rest['method']}" if rest["method"] else own
        given, arrays = self._given(record)
        if record.op in ("vjp", "slopes"):
            cotangent = self._argument("cotangent", rest["cotangent"])
            adapter = f'adapter_for("{self._framework}")'
            return f"{adapter}.vjp({name}, [{', '.join(given)}], {cotangent})", arrays
        return f"{name}({', '.join(given)})", arrays

    def _of_a_block(self, record: Record, own: str) -> tuple[str, list[str]]:
        """Return the expression of a request about a block, as the worker answers it."""
        rest, (given, arrays) = record.rest, self._given(record)
        blocks = f'adapter_for("{self._framework}").blocks'
        if record.op == "make_block":
            return f"{blocks}.made({rest['kind']!r}, [{', '.join(given)}])", arrays
        told = [own]
        if record.op == "gradients":
            told.append(f"[{', '.join(given)}]")
        op = "slopes" if "directions" in rest else record.op
        if isinstance(rest.get("arrays"), Held):
            op = "load"
        for key in ("cotangent", "directions", "arrays"):
            if key in rest:
                told.append(repr(self._coded(key, rest[key], "numpy")))
        return f"{blocks}.{op}({', '.join(told)})", arrays

    def _given(self, record: Record) -> tuple[list[str], list[str]]:
        """Return the arguments as written in the call, and the names of their arrays."""
        positional = len(record.args) - len(record.keywords)
        function = record.name.rpartition(".")[2].replace("__call__", "forward")
        names = [*self._names.get(function, ())[:positional]]
        names += ["argument"] * (positional - len(names)) + [*record.keywords]
        given, arrays = [], []
        for number, (name, value) in enumerate(zip(names, record.args, strict=True)):
            expression = self._argument(name, value)
            for place, part in _parts(expression, value):
                arrays += self._names_of(place, part)
            given.append(expression if number < positional else f"{name}={expression}")
        return given, arrays

    def _names_of(self, place: str, part: Any) -> list[str]:
        """Return the expressions of the arrays of *part*, which is at *place*."""
        if isinstance(part, WithGradient):
            data = f"{place}.value" if self._framework == "jax" else place
            return [data, f"{place}{_GRADIENT}"][: len(leaves(part))]
        return [place] if leaves(part) else []

    def _argument(self, name: str, value: Any) -> str:
        """Return the expression for *value*; a long one is assigned to a name first."""
        if callable(value) and not isinstance(value, (FunctionProxy, ObjectProxy)):
            code = getattr(value, "__code__", None)
            where = f" {Path(code.co_filename).name}:{code.co_firstlineno}" if code else ""
            name, told = self._fresh(name), _("a function of the check")
            self.lines.append(f"{name} = ...  # {told}{where}")
            return name
        code = repr(self._coded(name, value, self._framework))
        if not leaves(value) and len(code) <= _WIDTH // 2:
            return code
        name = self._fresh(name)
        self.lines.append(f"{name} = {code}")
        return name

    def _coded(self, name: str, value: Any, framework: str) -> Any:
        """Return an object whose repr is Python for *value*, with the arrays of a *framework*."""
        return with_parts(value, partial(self._code, name, framework))

    def _code(self, name: str, framework: str, value: Any) -> Any:
        if isinstance(value, WithGradient):
            numbers = [self._code(name, "numpy", one) for one in (value.data, value.gradient)]
            return _Code(f'adapter_for("{framework}").trained({numbers[0]}, {numbers[1]})')
        if isinstance(value, Parameter):
            array = self._code(name, framework, value.data)
            return _Code(f"{array}.requires_grad_()" if framework == "torch" else array)
        if isinstance(value, np.ndarray):
            own = _OWN.get(framework, "{}")
            before = f"{name} = {own.partition('{')[0]}np.array("
            return _Code(own.format(self._array(name, value, " " * len(before))))
        if isinstance(value, FunctionProxy):
            return _Code(f"mine.{value._name}")
        held = value.held if isinstance(value, ObjectProxy) else value
        if isinstance(held, Held):
            return _Code(self._objects.get(held.id, "unknown"))
        return value.item() if isinstance(value, np.generic) else value

    def _array(self, name: str, array: Array, margin: str) -> str:
        """Return an array as numbers if there are few and no bit is lost, otherwise from the file.

        Args:
            margin: of all lines but the first.
        """
        if array.size <= MOST_ENTRIES:
            numbers = np.array2string(
                array, _WIDTH, separator=", ", prefix=margin, floatmode="unique"
            )
            with contextlib.suppress(ValueError):  # NaN and infinity have no literals.
                plain = ast.literal_eval(numbers)
                if identical(np.array(plain), array):
                    return f"np.array({numbers})"
                if identical(np.array(plain, array.dtype), array):
                    return f'np.array({numbers}, dtype="{array.dtype.name}")'
        key = _unused(name, self.arrays)
        self.arrays[key] = array
        return f'data["{key}"]'

    def _fresh(self, name: str) -> str:
        """Return an unused name like *name*; a class may have any name."""
        name = _unused(name, self._taken)
        self._taken.add(name)
        return name


def _unused(name: str, taken: Container[str]) -> str:
    """Return an identifier like *name* that is not in *taken*."""
    # With a leading letter: numpy.savez has parameters whose names arrays cannot have.
    stem = re.sub(r"\W", "_", name, flags=re.ASCII).strip("_")
    stem = stem if stem.isidentifier() and stem not in ("file", "args") else f"a_{stem}"
    names = itertools.chain([stem], (f"{stem}_{number}" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _beside(
    mine: tuple[str, Any], right: tuple[str, Any]
) -> Iterator[tuple[tuple[str, Any], tuple[str, Any]]]:
    """Yield *mine* and *right*, or their parts in pairs if both are made of the same parts."""
    (place, got), (name, want) = mine, right
    keys: Sequence[Any] = ()
    if isinstance(got, dict) and isinstance(want, dict) and got.keys() == want.keys():
        keys = [*want]
    elif isinstance(got, (list, tuple)) and isinstance(want, (list, tuple)):
        keys = range(len(want)) if len(got) == len(want) else ()
    # numbers alone are read as easily in one line
    if not name or not keys or not leaves(want):
        yield mine, right
        return
    for key in keys:
        inner = (f"{place}[{key!r}]", got[key]), (f"{name}[{key!r}]", want[key])
        yield from _beside(*inner)


def _parts(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the leaves of *value*, which is at *place*, each with its own place."""
    if isinstance(value, (list, tuple, dict)):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _parts(f"{place}[{key!r}]", item)
    else:
        yield place, value


def _gradients(value: Any) -> Any:
    """Return the gradients of the slopes; None for one that is known only in part."""
    if isinstance(value, list):
        return [_gradients(one) for one in value]
    try:
        slopes = Slopes.read(value)
    except ValueError:
        return value
    whole = slopes.low.size == math.prod(slopes.shape)
    return slopes.middle.reshape(slopes.shape) if whole else None


def _comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in clean(text).splitlines()]
