"""Build a module with the graded function from a submission's text."""

from __future__ import annotations
import __future__

import ast
import io
import linecache
import os
import re
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .definitions import seems_to_define
from .silenced_output import SILENT, TRANSPARENT
from .slicing import Statement, bound, describe, needed, single

#: where to cut text that does not parse: at definitions with decorators, then at any statement
CUTS = (
    re.compile(r"^(?=(?:async[ ]+def|def|class)\b|@)", re.MULTILINE),
    re.compile(r"^(?=[^\s#)\]}])(?!(?:elif|else|except|finally)\b)", re.MULTILINE),
)

#: label, number of the first line, text
Piece = tuple[str, int, str]
#: statements that raised, with their exceptions
Failures = Sequence[tuple[Statement, BaseException]]


@dataclass
class Helpers:
    """What has come of a submission's helper modules.

    Attributes:
        is_strict: whether a module of which a statement fails cannot be imported, as in Python.

        stops: how many imports have failed for this reason.

        sources: the code of those in which a statement was skipped.

        failures: the statements that were skipped.

        home: the folder of the whole submission.
    """

    is_strict: bool = False
    stops: int = 0
    sources: list[Source] = field(default_factory=list)
    failures: list[tuple[Statement, BaseException]] = field(default_factory=list)
    home: str = ""

    @contextmanager
    def strict(self, is_strict: bool) -> Iterator[None]:
        """Import modules strictly, or not, in the ``with``."""
        before, self.is_strict = self.is_strict, is_strict
        try:
            yield
        finally:
            self.is_strict = before

    def label(self, path: str) -> str:
        """Return the name in the submission of the module at *path*."""
        return Path(os.path.relpath(path, self.home or ".")).as_posix()

    def place_of(self, error: BaseException | None) -> tuple[str, int, str, str] | None:
        """Return label, line, function and text of the failure *error*; None if it is none."""
        paths = {label for source in self.sources for label, _line, _text in source.pieces}
        if isinstance(error, SyntaxError) and error.filename in paths:
            return self.label(error.filename), error.lineno or 0, "", (error.text or "").strip()
        if error is None or all(error is not failed for _statement, failed in self.failures):
            return None
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if frame.filename in paths]
        if not inside:
            return None
        last = inside[-1]
        return self.label(last.filename), last.lineno or 0, "", (last.line or "")[:200]


@dataclass
class Source:
    """A submission's parsed code.

    Attributes:
        statements: the top-level statements of all parts that parse, in order.

        broken: parts that do not parse, as label, line, message and text.

        flags: compiler flags for the ``__future__`` features it uses.

        package: what its relative imports are relative to; empty if it has none.

        helpers: the helper modules that it imports.

        is_whole: whether all statements run, so that only what they bind is of interest.
    """

    pieces: Sequence[Piece]
    statements: list[Statement] = field(default_factory=list)
    broken: list[tuple[str, int, str, str]] = field(default_factory=list)
    flags: int = 0
    package: str = ""
    helpers: Helpers = field(default_factory=Helpers)
    is_whole: bool = False

    @classmethod
    def read(
        cls, pieces: Sequence[Piece], helpers: Helpers | None = None, is_whole: bool = False
    ) -> Source:
        """Parse *pieces*. A syntax error only affects the part it is in."""
        source = cls(pieces, helpers=helpers or Helpers(), is_whole=is_whole)
        for index, (label, line, text) in enumerate(pieces):
            source._parse(index, label, line, text, CUTS)
        _show_in_tracebacks(pieces)
        return source

    def _parse(
        self, index: int, label: str, line: int, text: str, cuts: Sequence[re.Pattern[str]]
    ) -> None:
        """Parse *text*. If it does not parse, cut it into smaller and smaller parts."""
        try:
            tree = ast.parse(text, label)
            if line > 1:
                ast.increment_lineno(tree, line - 1)
            found = [self._describe(part, index) for node in tree.body for part in single(node)]
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            if cuts:
                for block in blocks(cuts[0], text):
                    self._parse(index, label, line, block, cuts[1:])
                    line += block.count("\n")
            else:
                at = line + (getattr(error, "lineno", None) or 1) - 1
                self.broken.append((label, at, getattr(error, "msg", str(error)), text))
            return
        for statement in found:
            node = statement.node
            if cell := _cell_in(node):
                self._parse_cell(index, label, node, cell)
            elif isinstance(node, ast.ImportFrom) and node.module == "__future__":
                for alias in node.names:
                    feature = getattr(__future__, alias.name, None)
                    self.flags |= getattr(feature, "compiler_flag", 0)
            else:
                self.statements.append(statement)

    def _describe(self, node: ast.stmt, chunk: int) -> Statement:
        if self.is_whole:
            return Statement(node, chunk, frozenset(bound(node)), frozenset(), frozenset())
        return describe(node, chunk)

    def _parse_cell(self, index: int, label: str, call: ast.stmt, text: str) -> None:
        """Parse the *text* of a cell that is a string in *call*."""
        inner = Source((), is_whole=self.is_whole)
        inner._parse(index, label, call.lineno, text, CUTS)
        for statement in inner.statements:
            for node in ast.walk(statement.node):
                if "lineno" in node._attributes:
                    ast.copy_location(node, call)
        self.statements += inner.statements
        self.broken += [(label, call.lineno, why, part) for _, _, why, part in inner.broken]
        self.flags |= inner.flags

    def fault_in(self, name: str) -> tuple[str, int, str] | None:
        """Return the syntax error in the code that would define *name*, if any."""
        for label, line, message, text in self.broken:
            if seems_to_define(text, name):
                return label, line, message
        return None

    def bound_at(self, name: str) -> tuple[str, int] | None:
        """Return label and line of the last statement that binds *name*."""
        for statement in reversed(self.statements):
            if name in statement.binds:
                return self.pieces[statement.chunk][0], statement.node.lineno
        return None

    def names(self) -> list[str]:
        """Return the names of all functions and classes."""
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return [s.node.name for s in self.statements if isinstance(s.node, kinds)]


def _cell_in(node: ast.stmt) -> str:
    """Return the code in ``get_ipython().run_cell_magic('time', '', '…')``, else None."""
    match node:
        case ast.Expr(
            ast.Call(
                ast.Attribute(ast.Call(ast.Name("get_ipython")), "run_cell_magic"),
                [ast.Constant(str(magic)), ast.Constant(str()), ast.Constant(str(code))],
            )
        ) if magic in TRANSPARENT:
            return code
    return ""


def blocks(cut: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield the parts of *text* between cuts, keeping decorators with their functions."""
    pending = ""
    for part in cut.split(text):
        pending += part
        if not part.startswith("@"):
            yield pending
            pending = ""
    if pending:
        yield pending


def _show_in_tracebacks(pieces: Sequence[Piece]) -> None:
    """Let tracebacks quote the learner's code, which is not in a file."""
    shown: dict[str, list[str]] = {}
    for label, line, text in pieces:
        lines = shown.setdefault(label, [])
        lines.extend("\n" for _ in range(line - 1 - len(lines)))
        # unlike Python, str.splitlines also splits at form feeds and Unicode line separators
        lines[line - 1 :] = io.StringIO(text).readlines()
    for label, lines in shown.items():
        linecache.cache[label] = (sum(map(len, lines)), None, lines, label)


class _Quoted:
    """The loader of a module that is not in a file: ``linecache`` asks it for the text again."""

    def __init__(self, label: str) -> None:
        self._text = "".join(linecache.getlines(label))

    def get_source(self, name: str) -> str:
        """Return the text of the module, whatever its *name*."""
        return self._text


@dataclass
class Loaded:
    """A module built for one exercise.

    Attributes:
        failures: statements that raised; they do not cost points as such.
    """

    module: types.ModuleType
    failures: Failures


def load(
    source: Source, wanted: str, prepare: Callable[[types.ModuleType], None] = lambda module: None
) -> Loaded:
    """Run only the statements of *source* that *wanted* needs.

    Args:
        prepare: called with the module before the first statement and after each.

    A statement that raises is recorded and skipped: it only matters whether *wanted* exists in the
    end and works.
    """
    module = types.ModuleType("submission")
    module.__file__ = source.pieces[0][0] if source.pieces else "submission"
    # TensorFlow's AutoGraph, which reads the code of functions, has the text looked up again
    module.__dict__["__loader__"] = _Quoted(module.__file__)
    module.__package__ = source.package
    module.__dict__.update(get_ipython=SILENT, display=SILENT, input=_typed)
    sys.modules["submission"] = module
    prepare(module)
    chosen = needed(source.statements, wanted)
    failed: dict[int, BaseException] = {}
    defined: set[str] = set()
    for number, statement in enumerate(chosen):
        before = module.__dict__.get(wanted)
        takes_over = statement.is_star_import and statement.is_of_library
        kept = defined & module.__dict__.keys() if takes_over else ()
        written = {name: module.__dict__[name] for name in kept}
        if (error := run(statement, source, module)) is not None:
            failed[number] = error
        prepare(module)
        if callable(before) and not callable(module.__dict__.get(wanted)):
            # a later `accuracy = correct / total` does not replace the function
            module.__dict__[wanted] = before
        module.__dict__.update(written)  # nor does a library's function of the same name
        if statement.is_definition and number not in failed:
            defined |= statement.binds
    _run_again(chosen, failed, source, module)
    prepare(module)
    if module.__dict__.get("input") is _typed:
        # A function that asks somebody while it is checked says so: there is nobody.
        del module.__dict__["input"]
    return Loaded(module, [(chosen[number], error) for number, error in failed.items()])


def _typed(_prompt: object = "") -> str:
    """Return what somebody may type at any question that a script asks before it begins."""
    return "0"


def run(statement: Statement, source: Source, module: types.ModuleType) -> BaseException | None:
    """Run *statement*; return its exception, if any.

    First, helper modules fail as in Python, because the learner's code may expect it:
    ``try: import fast_tools``. Only if the statement fails for it, too, what fails in them is
    skipped.
    """
    helpers = source.helpers
    stops = helpers.stops
    with helpers.strict(True):
        error = run_once(statement, source, module)
    if error is not None and helpers.stops > stops:
        with helpers.strict(False):
            error = run_once(statement, source, module)
    return error


def run_once(
    statement: Statement, source: Source, module: types.ModuleType
) -> BaseException | None:
    """Run *statement*, importing helper modules as it is; return its exception, if any."""
    label = source.pieces[statement.chunk][0]
    tree = ast.Module([statement.node], [])
    flags = [source.flags]
    if any(_is_annotated(node) for node in ast.walk(statement.node)):
        # annotations may need a library that is missing; the second try does not evaluate them
        flags.append(source.flags | __future__.annotations.compiler_flag)
    raised: BaseException | None = None
    for flag in flags:
        try:
            # dont_inherit: this file's own `from __future__` must not affect the learner's code
            code = compile(tree, label, "exec", flag, dont_inherit=True)
            exec(code, module.__dict__)
        except BaseException as error:  # SystemExit, or a learner's own class
            raised = error if raised is None else raised
        else:
            return None
    return raised


def _is_annotated(node: ast.AST) -> bool:
    return any(getattr(node, part, None) is not None for part in ("annotation", "returns"))


def _run_again(
    chosen: Sequence[Statement],
    failed: dict[int, BaseException],
    source: Source,
    module: types.ModuleType,
) -> None:
    """Retry statements that lacked a name defined later: cells may be in any order."""
    ended = False
    while not ended:
        ended = True
        for number, error in list(failed.items()):
            missed = str(error.name) if type(error) is NameError else ""
            later = (s for n, s in enumerate(chosen[number + 1 :], number + 1) if n not in failed)
            if missed not in module.__dict__ or any(s.binds & chosen[number].binds for s in later):
                continue
            again = run(chosen[number], source, module)
            if again is None:
                del failed[number]
                ended = False
            else:
                failed[number] = again
