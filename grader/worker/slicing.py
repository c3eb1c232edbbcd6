"""Select the statements of a submission that a graded function needs.

Notebooks contain training cells, plots and experiments; a script may end in a loop that takes an
hour. Running them would cost time and points. Instead, the imports, definitions and assignments
that a function needs, directly or indirectly, are found by reading the code. Loops and bare calls
are left out unless only they define a needed name, or they fill a needed container.
"""

from __future__ import annotations

import ast
import builtins
import copy
import dis
import re
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .blank import is_blank

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: instructions that access names of the module; the compiler has already decided what is local
_GLOBAL_NAMES = frozenset(
    ["LOAD_NAME", "LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"]
)
#: what a line may use that sets something for imports
_ALWAYS_THERE = frozenset(["__file__", *dir(builtins)])
#: libraries that contain what exercises ask learners to write
_LIBRARIES = frozenset(
    ["d2l", "jax", "keras", "mxnet", "numpy", "scipy", "sklearn", "tensorflow", "torch"]
)
#: methods with which a loop fills a container, unlike ``loss.backward()``
_FILLING = frozenset(["append", "add", "update", "extend", "insert", "setdefault"])


@dataclass(frozen=True, slots=True)
class Statement:
    """A top-level statement and the names it involves.

    Attributes:
        chunk: index of the chunk that contains it.

        binds: names it gives a value at module level.

        uses: names it reads, now or when a function in it is called.

        changes: names whose object it changes (``table[0] = 1``, ``words.append(...)``).

        sets: for a function, names it declares ``global``.

        calls: for a bare call, the function's name.

        tries: names that it binds to a call of themselves: ``accuracy = accuracy(net)``.

        is_stub: whether it defines a function or class that is still empty.
    """

    node: ast.stmt
    chunk: int
    binds: frozenset[str]
    uses: frozenset[str]
    changes: frozenset[str]
    sets: frozenset[str] = frozenset()
    calls: str = ""
    tries: frozenset[str] = frozenset()
    is_stub: bool = False

    @property
    def is_definition(self) -> bool:
        """Whether it defines a function or a class."""
        return isinstance(self.node, _DEFINITIONS)

    @property
    def is_import(self) -> bool:
        """Whether it is an import."""
        return isinstance(self.node, (ast.Import, ast.ImportFrom))

    @property
    def is_for_imports(self) -> bool:
        """Whether it sets what imports read: ``sys.path.append("helpers")``, ``os.environ``."""
        return _is_for_imports(self.node)

    @property
    def is_of_library(self) -> bool:
        """Whether it imports from a library that contains solutions of exercises."""
        if isinstance(self.node, ast.ImportFrom):
            return str(self.node.module).partition(".")[0] in _LIBRARIES and not self.node.level
        if isinstance(self.node, ast.Import):
            return any(a.name.partition(".")[0] in _LIBRARIES for a in self.node.names)
        return False

    @property
    def is_star_import(self) -> bool:
        """Whether it is a star import."""
        return isinstance(self.node, ast.ImportFrom) and self.node.names[0].name == "*"

    @property
    def is_loop(self) -> bool:
        """Whether it is a loop or block that may train, plot or read files."""
        return isinstance(self.node, _LOOPS)


def _is_for_imports(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(ast.Call(ast.Attribute(changed, method))):
            return method in _FILLING and _is_read_by_imports(changed)
        case ast.Assign([ast.Subscript(changed) | changed]):
            return _is_read_by_imports(changed)
        case ast.AugAssign(ast.Subscript(changed) | changed):
            return _is_read_by_imports(changed)
        case ast.If():
            return all(map(_is_for_imports, [*node.body, *node.orelse]))
    return False


def _is_read_by_imports(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(ast.Name("sys"), "path") | ast.Attribute(ast.Name("os"), "environ"):
            return True
        case ast.Name("environ"):  # from os import environ
            return True
    return False


def environment(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield the environment variables that *nodes* set to a fixed value, with their values."""
    for node in nodes:
        match node:
            case ast.Assign(
                [ast.Subscript(changed, ast.Constant(str(name)))], ast.Constant(str(value))
            ) if _is_read_by_imports(changed):
                yield name, value


def single(node: ast.stmt) -> list[ast.stmt]:
    """Return *node*; for an import of several names, one statement for each name."""
    if not isinstance(node, (ast.Import, ast.ImportFrom)) or len(node.names) == 1:
        return [node]
    parts: list[ast.stmt] = []
    for alias in node.names:
        part = copy.copy(node)
        part.names = [alias]
        parts.append(part)
    return parts


def describe(node: ast.stmt, chunk: int) -> Statement:
    """Return the description of a top-level statement."""
    binds = frozenset(bound(node))
    declared = {name for n in ast.walk(node) if isinstance(n, ast.Global) for name in n.names}
    calls = ""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        calls = node.value.func.id if isinstance(node.value.func, ast.Name) else ""
    changes = frozenset(_changed(node, filling=isinstance(node, _LOOPS)))
    return Statement(
        *(node, chunk, binds, _used(node), changes, frozenset(declared), calls),
        tries=binds & _called(node) if isinstance(node, _ASSIGNMENTS) else frozenset(),
        is_stub=is_blank(node),
    )


def _called(node: ast.AST) -> frozenset[str]:
    calls = (n.func for n in ast.walk(node) if isinstance(n, ast.Call))
    return frozenset(function.id for function in calls if isinstance(function, ast.Name))


def _used(node: ast.stmt) -> frozenset[str]:
    """Return the module's names that *node* reads, without local names."""
    try:
        code = compile(ast.Module([node], []), "", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return frozenset(n.id for n in ast.walk(node) if isinstance(n, ast.Name))
    return frozenset(_globals(code))


def _globals(code: types.CodeType) -> Iterator[str]:
    for instruction in dis.get_instructions(code):
        if instruction.opname in _GLOBAL_NAMES:
            yield str(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _globals(constant)


def bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that *node* binds in its scope."""
    if isinstance(node, _DEFINITIONS):
        yield node.name
        return
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0]
        return
    if isinstance(node, _COMPREHENSIONS):
        # A comprehension's own variables are local to it; names bound by a walrus are not.
        walruses = (n for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
        yield from (walrus.target.id for walrus in walruses)
        return
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest
    for child in ast.iter_child_nodes(node):
        yield from bound(child)


def _changed(node: ast.AST, filling: bool) -> Iterator[str]:
    """Yield names whose objects a statement changes, directly or in its branches.

    Args:
        filling: only count methods that fill a container.
    """
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        targets = [node.target]
    elif isinstance(node, ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield from _changed_by_call(node.value, filling)
    elif isinstance(node, _DEFINITIONS):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                for argument in decorator.args:
                    yield from _root(argument)
            if _last_word(decorator) == "patch":
                yield from _annotating(node)
        return
    for target in targets:
        parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        for part in parts:
            if isinstance(part, (ast.Subscript, ast.Attribute)):
                yield from _root(part.value)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.stmt, ast.ExceptHandler)):
            yield from _changed(child, filling)


def _changed_by_call(call: ast.Call, filling: bool) -> Iterator[str]:
    if isinstance(call.func, ast.Attribute):
        if not filling or call.func.attr in _FILLING:
            yield from _root(call.func.value)
    elif isinstance(call.func, ast.Name) and call.func.id == "setattr" and call.args:
        yield from _root(call.args[0])


def _last_word(decorator: ast.expr) -> str:
    """Return the last word of a decorator such as ``@library.word(...)``."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _annotating(node: ast.AST) -> Iterator[str]:
    """Yield the names in the annotation of a function's first argument."""
    first = next((part for part in ast.walk(node) if isinstance(part, ast.arg)), None)
    for part in ast.walk(first.annotation) if first and first.annotation else ():
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield from re.findall(r"\w+", part.value)


def _root(node: ast.expr) -> Iterator[str]:
    """Yield the name in an expression such as ``name.attribute[index]``."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def needed(statements: Sequence[Statement], wanted: str) -> list[Statement]:
    """Return the statements that *wanted* needs, in order.

    As in a kernel that runs all cells, the last definition of a name counts. But a definition is
    not replaced by a later empty starter, by a library's function imported for comparison, or by a
    variable named *wanted* that holds a result.
    """
    written = {n for s in statements if s.is_definition and not s.is_stub for n in s.binds}
    idle = {
        i
        for i, s in enumerate(statements)
        if (s.is_stub and s.binds <= written) or (wanted in s.tries and wanted in written)
    }
    written_above: set[str] = set()
    for index, statement in enumerate(statements):
        if statement.is_definition and not statement.is_stub:
            written_above |= statement.binds
        elif statement.is_of_library and statement.binds <= written_above:
            idle.add(index)
    simple = {n for s in statements if not s.is_loop for n in s.binds}
    imported = {n for s in statements if s.is_import for n in s.binds}
    setters = {n: s.sets - simple for s in statements for n in s.binds if s.sets}
    names, todo = {wanted}, [wanted]
    chosen: set[int] = {i for i, s in enumerate(statements) if s.is_star_import}
    for index, statement in enumerate(statements):
        # One that needs more, such as a download, is left out: the whole submission is searched.
        if statement.is_for_imports and statement.uses <= imported | _ALWAYS_THERE:
            chosen.add(index)
            names |= statement.uses
            todo.extend(sorted(statement.uses))
    while todo:
        name = todo.pop()
        for index, statement in enumerate(statements):
            if index in chosen or index in idle:
                continue
            # A bare call is needed if only its function sets a global name.
            sets = name in setters.get(statement.calls, ())
            if not sets and not _serves(statement, name, simple, imported):
                continue
            chosen.add(index)
            fresh = (statement.uses | statement.binds | statement.changes) - names
            names |= fresh
            todo.extend(sorted(fresh))
    return [statements[index] for index in sorted(chosen)]


def _serves(statement: Statement, name: str, simple: set[str], imported: set[str]) -> bool:
    if name in statement.binds and (not statement.is_loop or name not in simple):
        return True
    return name in statement.changes and name not in imported
