"""The message of an exception, and where it was raised."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import PurePath

from .values import MAX_TEXT

#: how MXNet begins: with lines of C++, and with the condition that does not hold
_MXNET = re.compile(
    r"\A(?:Traceback \(most recent call last\):\n(?:  .*\n)+)?MXNetError: "
    r"(?:Check failed: .*?: (?!:))?"
    r"|\ATraceback \(most recent call last\):\n(?:  .*\n)+\w+: "
    r"|, Possible Arguments:\n[\s\S]*"
)
#: where in a graph TensorFlow raised an error, before and after its message; and what it is made of
_TENSORFLOW = re.compile(
    r"\A\{\{function_node \S+\}\} ?|\s*\[Op:\w+\](?: name: ?\S*)?\s*\Z"
    r"|\s*; NodeDef: [\s\S]*|\n\n<tf\.Tensor .* was defined here:[\s\S]*"
)
#: what Keras puts around an error in a model, and how it colours it
_KERAS = re.compile(
    r"\AException encountered when calling .*\.\n\n|\n\nArguments received by [\s\S]*|\x1b\[[\d;]*m"
)
#: how TensorFlow says of an error where it came about while it made a graph of the code
_IN_GRAPH = re.compile(r"\Ain user code:\n\n((?:    (?:File |    ).*\n)+)\n?    \w+: ([\s\S]*)")
_GRAPH_LINE = re.compile(r'^    File "(.*?)", line (\d+), in (\w+)', re.MULTILINE)
#: where JAX's messages send the reader, last
_JAX = re.compile(r"\s*See https://docs\.jax\.dev\S*\s*\Z")


def in_library(error: BaseException) -> bool:
    """Whether *error* was raised in an installed library."""
    steps = traceback.extract_tb(error.__traceback__)
    folders = PurePath(steps[-1].filename).parts if steps else ()
    return not {"site-packages", "dist-packages"}.isdisjoint(folders)


def text_of(error: BaseException) -> str:
    """Return an exception's message, shortened; empty if getting it raises."""
    try:
        text = str(error)
        graph = _IN_GRAPH.match(text)
        text = graph[2].replace("\n    ", "\n").strip() if graph else text
        for own in (_MXNET, _TENSORFLOW, _KERAS, _JAX):
            text = own.sub("", text)
        return text[:MAX_TEXT]
    except BaseException:
        return ""


def _graph_of(error: BaseException) -> str:
    """Return the lines of code that TensorFlow's message names; empty if it does so nowhere."""
    try:
        found = _IN_GRAPH.match(str(error))
    except BaseException:
        return ""
    return found[1] if found else ""


def told_by(
    error: BaseException, own: Mapping[str, str]
) -> tuple[str, list[tuple[str, int, str, str]]]:
    """Return an exception's message, and the learner's lines that it went through.

    Args:
        own: the learner's files: how each is called in tracebacks, and its name.
    """
    where = [
        (own[frame.filename], frame.lineno or 0, frame.name[:100], (frame.line or "")[:200])
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in own
    ]
    where = where or [
        (own[file], int(line), name, "")
        for file, line, name in _GRAPH_LINE.findall(_graph_of(error))
        if file in own
    ]
    if isinstance(error, SyntaxError) and (file := error.filename or "") in own:
        return error.msg, [*where, (own[file], error.lineno or 0, "", "")]
    return text_of(error), where
