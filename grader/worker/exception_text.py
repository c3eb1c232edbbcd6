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
#: where in a graph TensorFlow raised an error, before and after its message
_TENSORFLOW = re.compile(r"\A\{\{function_node \S+\}\} ?|\s*\[Op:\w+\](?: name: ?\S*)?\s*\Z")
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
        for own in (_MXNET, _TENSORFLOW, _JAX):
            text = own.sub("", text)
        return text[:MAX_TEXT]
    except BaseException:
        return ""


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
    if isinstance(error, SyntaxError) and (file := error.filename or "") in own:
        return error.msg, [*where, (own[file], error.lineno or 0, "", "")]
    return text_of(error), where
