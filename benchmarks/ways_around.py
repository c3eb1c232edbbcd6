"""Ways around the from-scratch rule: which of them are stopped?

Each file in ``benchmarks/ways_around/`` is named after a family. Its functions are submitted as
exercises that forbid that family, in a worker as in a class. Most names are put together at run
time, so that reading the code does not find them. A way counts only if it is right where nothing
is forbidden. A Markdown table says what stops it.

    python benchmarks/ways_around.py [FAMILY ...] [--framework jax]

The ways of other frameworks than PyTorch are in folders of their names. With ``--write``, the table
replaces the one of the framework in docs/security.md.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader import language  # noqa: E402  # needs the path above
from grader.errors import Forbidden, SubmissionError  # noqa: E402
from grader.exercise import Chunk, Limits, Submission  # noqa: E402
from grader.sandbox.channel import WorkerChannel  # noqa: E402
from grader.sandbox.families import FAMILIES  # noqa: E402
from grader.sandbox.isolation import STRONGEST  # noqa: E402
from grader.sandbox.proxy import ModuleProxy  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402

FOLDER = Path(__file__).resolve().parent / "ways_around"
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- ways around{}: begin -->\n", "<!-- ways around{}: end -->\n"
#: frameworks with ways of their own
OTHERS = ("jax", "tensorflow", "mxnet")
_LIMITS = Limits(seconds=60, memory_mb=4096)
_rng = np.random.default_rng(7)


def _draw(*shape: int) -> Any:
    return _rng.normal(size=shape).astype("float32")


def _softmax(x: Any) -> Any:
    e = np.exp(x - x.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _lstm(x: Any, h: Any, c: Any, w_x: Any, w_h: Any, b: Any) -> Any:
    i, f, g, o = np.split(x @ w_x + h @ w_h + b, 4, axis=1)
    return _sigmoid(o) * np.tanh(_sigmoid(f) * c + _sigmoid(i) * np.tanh(g))


def _correlation(x: Any, k: Any) -> Any:
    windows = np.lib.stride_tricks.sliding_window_view(x, k.shape)
    return (windows * k).sum((2, 3))


def _is_dropped(value: Any, x: Any) -> bool:
    kept = value != 0
    return 0.3 < kept.mean() < 0.7 and np.allclose(value[kept], 2 * x[kept])


def _is_shuffled(value: Any, x: Any) -> bool:
    return sorted(map(tuple, value)) == sorted(map(tuple, x))


def _equals(right: Callable[..., Any]) -> Callable[..., bool]:
    return lambda value, *args: np.allclose(value, right(*args), atol=1e-4)


#: by family: arguments, and whether a value is right for them
TASKS: Mapping[str, tuple[tuple[Any, ...], Callable[..., bool]]] = {
    "autograd": ((_draw(3, 4),), _equals(lambda x: 2 * x)),
    "convolution": ((_draw(6, 7), _draw(2, 3)), _equals(_correlation)),
    "cross_entropy": (
        (_softmax(_draw(5, 3)), np.array([0, 2, 1, 1, 0])),
        _equals(lambda p, y: -np.log(p[range(len(y)), y])),
    ),
    "data_loader": ((_draw(6, 2),), _is_shuffled),
    "dropout": ((_draw(20, 30),), _is_dropped),
    "least_squares": (
        (_draw(9, 3), _draw(9, 1)),
        _equals(lambda a, y: np.linalg.lstsq(a, y, rcond=None)[0]),
    ),
    "linear": ((_draw(5, 4), _draw(4, 3), _draw(3)), _equals(lambda x, w, b: x @ w + b)),
    "lstm": (
        (_draw(2, 3), _draw(2, 4), _draw(2, 4), _draw(3, 16), _draw(4, 16), _draw(16)),
        _equals(_lstm),
    ),
    "optimizer": ((_draw(4), _draw(4)), _equals(lambda w, g: w - g / 10)),
    "relu": ((_draw(3, 4),), _equals(lambda x: np.maximum(x, 0))),
    "softmax": ((_draw(3, 4),), _equals(_softmax)),
    "squared_loss": ((_draw(3, 4), _draw(3, 4)), _equals(lambda a, b: (a - b) ** 2 / 2)),
}


@dataclass(frozen=True)
class Way:
    """A way around the rule.

    Attributes:
        told: the name that is reported; empty if nothing is.
    """

    family: str
    name: str
    told: str

    @property
    def row(self) -> str:
        """Its row in the table."""
        stopped = f"stopped | `{self.told}`" if self.told else "**not stopped** | -"
        return f"| `{self.family}` | {self.name.replace('_', ' ')} | {stopped} |"


def file_of(family: str, framework: str = "torch") -> Path:
    """Return the file with the ways to a *family*."""
    return (FOLDER if framework == "torch" else FOLDER / framework) / f"{family}.py"


def names(family: str, framework: str = "torch") -> list[str]:
    """Return the functions in the file of *family*."""
    tree = ast.parse(file_of(family, framework).read_text("utf-8"))
    every = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [name for name in every if not name.startswith("_")]


def tried(zygote: Zygote, family: str, framework: str = "torch") -> Iterator[Way]:
    """Yield the ways around the rule in the file of *family*.

    Raises:
        ValueError: one is not right, even where nothing is forbidden.
    """
    text = file_of(family, framework).read_text("utf-8")
    args, right = TASKS[family]
    for name in names(family, framework):
        submission = Submission(f"{family}.py", (Chunk(f"{family}.py", text),), framework, "00")
        channels = [
            WorkerChannel(submission, zygote.worker, forbidden=forbidden, exercises=[name])
            for forbidden in ({}, {name: FAMILIES[family]})
        ]
        try:
            value = _answer(channels[0], name, args)
            if not right(value, *args):
                raise ValueError(f"{family}.py: {name} is not right")
            yield Way(family, name, _told(channels[1], name, args))
        except SubmissionError as error:
            raise ValueError(f"{family}.py: {name} fails: {error}") from error
        finally:
            for channel in channels:
                channel.close()


def _answer(channel: WorkerChannel, name: str, args: Sequence[Any]) -> Any:
    channel.begin(name, 1, _LIMITS)
    return np.asarray(getattr(ModuleProxy(channel), name)(*[np.array(arg) for arg in args]))


def _told(channel: WorkerChannel, name: str, args: Sequence[Any]) -> str:
    """Return the name in the message of a run that is stopped; empty if it goes through."""
    try:
        _answer(channel, name, args)
    except Forbidden as error:
        words = str(error).partition("\n")[0].replace(",", " ").split()
        return next(word.rstrip(".") for word in words if "." in word.rstrip("."))
    return ""


def table(ways: Sequence[Way]) -> str:
    """Return a Markdown table of *ways*, and what they add up to."""
    stopped = sum(bool(way.told) for way in ways)
    rows = [way.row for way in ways]
    head = ["| family | way | result | what is reported |", "|---|---|---|---|"]
    return "\n".join([f"{stopped} of {len(ways)} ways are stopped.", "", *head, *rows, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Try ways around the rule; print which are stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--write", action="store_true", help="write the table to docs/security.md")
    parser.add_argument("--framework", choices=("torch", *OTHERS), default="torch")
    options = parser.parse_args(arguments)
    language.use("en")
    framework = options.framework
    there = [family for family in sorted(TASKS) if file_of(family, framework).exists()]
    with Zygote(["numpy", framework], STRONGEST) as zygote:
        ways = [
            way for family in options.families or there for way in tried(zygote, family, framework)
        ]
    print(table(ways))
    if options.write:
        begin, end = (
            mark.format("" if framework == "torch" else f", {framework}") for mark in (BEGIN, END)
        )
        page = PAGE.read_text("utf-8")
        before, _, rest = page.partition(begin)
        PAGE.write_text(
            before + begin + "\n" + table(ways) + "\n" + end + rest.partition(end)[2], "utf-8"
        )


if __name__ == "__main__":
    main()
