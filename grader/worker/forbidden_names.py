"""Find uses of forbidden library functions by reading a submission's code, without running it.

Starting from the graded function, calls are followed through the learner's functions, and names
through imports, aliases, ``getattr`` and ``import_module``. Only uses that every call reaches are
reported: code in a branch, in a loop or after an early return may never run. Mentioning a function
without calling it or passing it on is allowed, and so is any use in a cell that the exercise does
not need. Uses that are missed here are detected at run time (``forbidden_calls.py``).
"""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .dotted_names import Names
from .forbidden_calls import Forbidden, Use
from .loader import Source
from .slicing import Statement, bound, needed

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LEAVING = (ast.Return, ast.Raise, ast.Break, ast.Continue)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The meaning of a learner's name: a definition, or the expression assigned to it."""

    node: ast.AST
    names: _Names
    chunk: int


#: the meaning of a name: a library's dotted name, a piece of the learner's code, or unknown
_Meaning = str | _Piece | None
_Names = ChainMap[str, _Meaning]


def read_uses(source: Source, forbidden: Forbidden) -> dict[str, Use]:
    """Return the first certain use of a forbidden name, for each exercise that has one."""
    found = {}
    for exercise, patterns in forbidden.items():
        try:
            use = _Reader(source, Names(patterns)).use(exercise)
        except RecursionError:  # nested more deeply than a person would write
            continue
        if use is not None:
            found[exercise] = use
    return found


class _Found(Exception):
    """A forbidden use; ends the search."""

    def __init__(self, name: str, chunk: int, line: int) -> None:
        super().__init__(name)
        self.name = name
        self.chunk = chunk
        self.line = line


class _Reader:
    """Searches the code of one exercise."""

    def __init__(self, source: Source, forbidden: Names) -> None:
        self._source = source
        self._forbidden = forbidden
        self._globals: _Names = ChainMap()
        self._bound_at: dict[str, tuple[int, int]] = {}
        self._stars: list[str] = []
        self._chunk = 0
        self._done: set[ast.AST] = set()

    def use(self, exercise: str) -> Use | None:
        """Return the first use that every call of *exercise* reaches."""
        for statement in needed(self._source.statements, exercise):
            self._define(statement)
        meaning = self._globals.get(exercise)
        self._chunk, line = self._bound_at.get(exercise, (0, 0))
        try:
            self._judge(meaning, line)
            self._value(meaning)
            self._enter(meaning)
        except _Found as found:
            return Use(found.name, self._source.pieces[found.chunk][0], found.line)
        return None

    def _define(self, statement: Statement) -> None:
        """Record the names that a statement of the module binds."""
        self._chunk, node = statement.chunk, statement.node
        before = dict(self._globals)
        self._bind(node, self._globals)
        for name in statement.binds:
            self._bound_at[name] = statement.chunk, node.lineno
        if isinstance(node, (ast.If, ast.Try)):
            # An import with a fallback: it is unknown which of the two was used,
            # unless both are the same.
            branches: dict[str, list[_Meaning]] = {}
            for child in _statements(node):
                names: _Names = ChainMap()
                self._bind(child, names)
                for name, meaning in names.items():
                    branches.setdefault(name, []).append(meaning)
            for name, meanings in branches.items():
                clear = name not in before and all(m == meanings[0] for m in meanings)
                self._globals[name] = meanings[0] if clear else None

    # -- names -----------------------------------------------------------------------------------

    def _bind(self, node: ast.stmt, names: _Names) -> None:
        """Record the names that a statement binds in the scope *names*."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                names[name] = alias.name if alias.asname else name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name == "*":
                    self._stars.append(str(node.module))
                else:
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            names[node.name] = _Piece(node, names, self._chunk)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = _Piece(node.value, names, self._chunk)
            meaning = self._meaning(node.value, names) or value
            for name in bound(node):
                # a call may return a function, or a value that does not replace one
                if not (isinstance(node.value, ast.Call) and _is_definition(names.get(name))):
                    names[name] = meaning
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            value = _Piece(node.value, names, self._chunk)
            names[node.target.id] = self._meaning(node.value, names) or value
        else:
            names.update(dict.fromkeys(bound(node)))

    def _meaning(self, node: ast.AST, names: _Names) -> _Meaning:
        """Return the meaning of an expression without running it."""
        if isinstance(node, ast.Name):
            if node.id in names:
                return names[node.id]
            # With several star imports, the origin of a name is unknown.
            starred = f"{self._stars[0]}.{node.id}" if len(self._stars) == 1 else ""
            return starred if starred in self._forbidden else f"builtins.{node.id}"
        if isinstance(node, ast.Attribute):
            whole = self._meaning(node.value, names)
            return f"{whole}.{node.attr}" if isinstance(whole, str) else None
        if isinstance(node, ast.NamedExpr):
            return self._meaning(node.value, names)
        if isinstance(node, ast.Call) and node.args:
            return self._imported(node, names)
        return None

    def _imported(self, call: ast.Call, names: _Names) -> str | None:
        """Return the meaning of ``getattr(torch, "softmax")`` or ``import_module("torch")``."""
        function = self._meaning(call.func, names)
        texts = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
        if function == "importlib.import_module" and isinstance(texts[0], str):
            return texts[0]
        if function == "builtins.__import__" and isinstance(texts[0], str):
            return texts[0].partition(".")[0]
        if function == "builtins.getattr" and len(texts) > 1 and isinstance(texts[1], str):
            whole = self._meaning(call.args[0], names)
            return f"{whole}.{texts[1]}" if isinstance(whole, str) else None
        return None

    # -- code that certainly runs ----------------------------------------------------------------

    def _enter(self, meaning: _Meaning) -> None:
        """Search a function that is called, or a class that is instantiated."""
        kinds = (*_FUNCTIONS, ast.ClassDef, ast.Lambda)
        if not isinstance(meaning, _Piece) or not isinstance(meaning.node, kinds):
            return
        node = meaning.node
        if node in self._done:
            return
        self._done.add(node)
        here, self._chunk = self._chunk, meaning.chunk
        if isinstance(node, _FUNCTIONS):
            parameters = [a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)]
            inner = [name for child in node.body for name in bound(child)]
            self._run(node.body, meaning.names.new_child(dict.fromkeys([*parameters, *inner])))
        elif isinstance(node, ast.ClassDef):
            for base in node.bases:
                self._judge(self._meaning(base, meaning.names), base.lineno)
            for child in node.body:
                if isinstance(child, ast.FunctionDef) and child.name == "__init__":
                    self._enter(_Piece(child, meaning.names, meaning.chunk))
        elif isinstance(node, ast.Lambda):
            inner = [a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)]
            self._expression(node.body, meaning.names.new_child(dict.fromkeys(inner)))
        self._chunk = here

    def _run(self, body: Sequence[ast.stmt], names: _Names) -> bool:
        """Search *body*; return whether its end is certainly reached."""
        return all(self._statement(node, names) for node in body)

    def _statement(self, node: ast.stmt, names: _Names) -> bool:
        """Search a statement; return whether the next one certainly runs."""
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Import, ast.ImportFrom)):
            self._bind(node, names)
            return True
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                self._expression(item.context_expr, names)
            return self._run(node.body, names)
        if isinstance(node, ast.Try):
            if not node.handlers:
                return self._run(node.body, names) and self._run(node.finalbody, names)
        elif isinstance(node, (ast.If, ast.While)):
            self._expression(node.test, names)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            self._expression(node.iter, names)
        elif isinstance(node, ast.Match):
            self._expression(node.subject, names)
        else:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr) and child is not getattr(node, "annotation", None):
                    self._expression(child, names)
        self._bind(node, names)
        return not any(isinstance(inner, _LEAVING) for inner in _same_scope(node))

    def _expression(self, node: ast.AST, names: _Names) -> None:
        """Search the parts of an expression that are certainly evaluated."""
        if isinstance(self._meaning(node, names), str):
            return
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                self._value(names.get(node.id))
            return
        if isinstance(node, ast.Call):
            self._call(node, names)
        for child in _certain(node):
            self._expression(child, names)

    def _call(self, node: ast.Call, names: _Names) -> None:
        """Test the called function and the functions passed to it, or search it."""
        function = self._meaning(node.func, names)
        self._enter(function)
        self._judge(function, node.lineno)
        # isinstance, print and similar functions do not call their arguments
        if not str(function).startswith("builtins.") or function == "builtins.map":
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                self._judge(self._meaning(argument, names), argument.lineno)

    def _value(self, meaning: _Meaning) -> None:
        """Search the expression that was assigned to a name."""
        if not isinstance(meaning, _Piece) or meaning.node in self._done:
            return
        if isinstance(meaning.node, ast.expr) and not isinstance(meaning.node, ast.Lambda):
            self._done.add(meaning.node)
            here, self._chunk = self._chunk, meaning.chunk
            self._expression(meaning.node, meaning.names)
            self._chunk = here

    def _judge(self, meaning: _Meaning, line: int) -> None:
        """Raise _Found if the name is forbidden."""
        if isinstance(meaning, str) and meaning in self._forbidden:
            raise _Found(meaning, self._chunk, line)


def _is_definition(meaning: _Meaning) -> bool:
    """Whether *meaning* is a function or class of the learner."""
    return isinstance(meaning, _Piece) and isinstance(meaning.node, (*_FUNCTIONS, ast.ClassDef))


def _certain(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of an expression that are always evaluated with it."""
    if isinstance(node, ast.BoolOp):
        yield node.values[0]
    elif isinstance(node, ast.IfExp):
        yield node.test
    elif isinstance(node, ast.Compare):
        yield from (node.left, node.comparators[0])
    elif isinstance(node, _COMPREHENSIONS):
        yield node.generators[0].iter
    elif isinstance(node, ast.Call):
        yield node.func
        yield from node.args
        yield from (keyword.value for keyword in node.keywords)
    elif not isinstance(node, ast.Lambda):
        yield from (c for c in ast.iter_child_nodes(node) if isinstance(c, ast.expr))


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements in the branches of *node*."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        if isinstance(child, ast.ExceptHandler) or (
            isinstance(child, ast.stmt) and not isinstance(child, (*_FUNCTIONS, ast.ClassDef))
        ):
            yield from _statements(child)


def _same_scope(node: ast.AST) -> Iterator[Any]:
    """Yield *node* and the nodes in it, except those in nested functions."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            yield from _same_scope(child)
