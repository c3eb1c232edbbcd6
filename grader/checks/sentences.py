"""The sentence of a check, in both languages: its docstring, read with or without its module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from grader.errors import AuthoringError
from grader.exercise import Text


def sentence_in(docstring: str) -> Text:
    """Return the sentence that a check's *docstring* says; a language that is missing is empty."""
    english, _separator, chinese = docstring.partition("zh:")
    joined = "".join(line.strip() for line in chinese.splitlines())
    return Text(" ".join(english.split()), joined)


def sentences_in(text: str, path: Path) -> Iterator[Text]:
    """Yield the sentences of the checks in *text*, the content of *path*, without running it.

    Raises:
        AuthoringError: it is not valid Python.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        what = f"this is not valid Python: {error.msg}"
        raise AuthoringError(what, path, error.lineno) from None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield sentence_in(ast.get_docstring(node) or "")
