"""From a learner's text to a module that holds the graded function."""

from __future__ import annotations

import ast
import linecache
import re
import sys
import types
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .slicing import Statement, describe, needed

_BLOCK = re.compile(r"^(?=(?:async def|def|class|@)\b|@)", re.MULTILINE)

#: label, number of the first line, text
Piece = tuple[str, int, str]


@dataclass
class Source:
    """A submission's code, parsed as far as it parses.

    Attributes:
        statements: the top-level statements of every piece that parses, in order.

        broken: what does not parse: label, line, message, and the text itself.
    """

    pieces: Sequence[Piece]
    statements: list[Statement] = field(default_factory=list)
    broken: list[tuple[str, int, str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, pieces: Sequence[Piece]) -> Source:
        """Parse *pieces*; one that does not parse costs only itself."""
        source = cls(pieces)
        for index, (label, line, text) in enumerate(pieces):
            source._parse(index, label, line, text, split=True)
        for label, line, text in pieces:
            lines = ("\n" * (line - 1) + text).splitlines(keepends=True)
            if line == 1 or label not in linecache.cache:
                linecache.cache[label] = (len(text), None, lines, label)
            else:
                known = linecache.cache[label][2]  # type: ignore[misc]
                known.extend("\n" for _ in range(line - 1 - len(known)))
                known[line - 1 :] = text.splitlines(keepends=True)
        return source

    def _parse(self, index: int, label: str, line: int, text: str, split: bool) -> None:
        try:
            tree = ast.parse(text, label)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            blocks = _BLOCK.split(text) if split else [text]
            if len(blocks) > 1:
                for block in blocks:
                    self._parse(index, label, line, block, split=False)
                    line += block.count("\n")
            else:
                at = line + (getattr(error, "lineno", None) or 1) - 1
                self.broken.append((label, at, getattr(error, "msg", str(error)), text))
            return
        for node in tree.body:
            ast.increment_lineno(node, line - 1)
            self.statements.append(describe(node, index))

    def fault_in(self, name: str) -> tuple[str, int, str] | None:
        """Return where the code that would define *name* does not parse."""
        defined = rf"^\s*(?:async\s+def|def|class)\s+{re.escape(name)}\b|^{re.escape(name)}\s*="
        pattern = re.compile(defined, re.MULTILINE)
        for label, line, message, text in self.broken:
            if pattern.search(text):
                return label, line, message
        return None

    def names(self) -> list[str]:
        """Return the names of the functions and classes in it."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return [s.node.name for s in self.statements if isinstance(s.node, kinds)]


@dataclass
class Loaded:
    """A module made for one exercise.

    Attributes:
        failures: statements that raised, with what they raised; they cost nothing by themselves.
    """

    module: types.ModuleType
    failures: list[tuple[Statement, BaseException]]


def load(source: Source, wanted: str) -> Loaded:
    """Run what *wanted* needs of *source*, and nothing else.

    A statement that raises is noted and passed over: what matters is whether *wanted* exists
    afterwards and works.
    """
    module = types.ModuleType("submission")
    module.__file__ = source.pieces[0][0] if source.pieces else "submission"
    module.__dict__["get_ipython"] = lambda: _Shell()
    sys.modules["submission"] = module
    failures: list[tuple[Statement, BaseException]] = []
    for statement in needed(source.statements, wanted):
        label = source.pieces[statement.chunk][0]
        tree = ast.Module([statement.node], [])
        try:
            # dont_inherit: this file's own `from __future__` must not reach the learner
            exec(compile(tree, label, "exec", dont_inherit=True), module.__dict__)
        except (Exception, SystemExit) as error:
            failures.append((statement, error))
    return Loaded(module, failures)


class _Shell:
    """Stands in for IPython's shell, which exported notebooks call for magics."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None
