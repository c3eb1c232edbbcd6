"""Ways to disguise a copy of a solution, which ``benchmarks/similarity.py`` must see through.

Each takes the text of a function and returns another that computes the same.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator

_WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "kappa",
    "omega",
    "sigma",
    "theta",
    "zeta",
    "rho",
    "tau",
]
_REMARKS = ["先准备数据", "逐个计算", "这里要小心形状", "最后返回结果", "避免溢出", "保持维度"]


def renamed(text: str, seed: int = 0) -> str:
    """Give every name that the function chose another one."""
    tree = ast.parse(text)
    chosen = dict.fromkeys(
        node.arg if isinstance(node, ast.arg) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) or (isinstance(node, ast.Name) and _is_stored(node))
    )
    draw = random.Random(seed)
    words = draw.sample(_WORDS, len(_WORDS))
    names = [n for n in chosen if n not in dir(builtins)]
    new = {name: f"{words[i % len(words)]}{i // len(words) or ''}" for i, name in enumerate(names)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = new.get(node.arg, node.arg)
    return ast.unparse(tree)


def reordered(text: str, seed: int = 0) -> str:
    """Put statements that do not need one another in another order, and swap terms of products."""
    tree = ast.parse(text)
    draw = random.Random(seed)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
            for _round in range(2 * len(body)):
                i = draw.randrange(max(1, len(body) - 1))
                if i + 1 < len(body) and _independent(body[i], body[i + 1]):
                    body[i], body[i + 1] = body[i + 1], body[i]
        is_product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
        if is_product and not isinstance(node.left, (ast.List, ast.Tuple)) and draw.random() < 0.5:
            node.left, node.right = node.right, node.left
    return ast.unparse(tree)


def reformatted(text: str, seed: int = 0) -> str:
    """Lay it out in another way: no comments, other indents, assignments joined, empty lines."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = _joined(body)  # type: ignore[attr-defined]
    lines = ast.unparse(ast.fix_missing_locations(tree)).replace("    ", "  ").splitlines()
    return "\n\n".join(lines)


def commented(text: str, seed: int = 0) -> str:
    """Replace comments and docstrings by others, in another language."""
    draw = random.Random(seed)
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Expr(ast.Constant("计算并返回结果。")), *_told_nothing(node)]
    lines = ast.unparse(ast.fix_missing_locations(tree)).splitlines()
    return "\n".join(
        f"{line}  # {draw.choice(_REMARKS)}" if draw.random() < 0.4 and '"""' not in line else line
        for line in lines
    )


def comprehended(text: str, seed: int = 0) -> str:
    """Write loops as comprehensions: those that append, that sum up, that fill an array.

    The body of another becomes a function that a comprehension calls, if what it sets stays inside.
    """
    tree = ast.parse(text)
    tree = _Loops(tree).visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree))


def without_docstring(text: str) -> str:
    """Return it without docstring and comments."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = _told_nothing(node)
    return ast.unparse(tree)


KINDS: dict[str, Callable[[str, int], str]] = {
    "renamed": renamed,
    "reordered": reordered,
    "reformatted": reformatted,
    "comments translated": commented,
    "loops to comprehensions": comprehended,
}


def all_at_once(text: str, seed: int = 0) -> str:
    """Disguise it in every way."""
    for way in (comprehended, reordered, renamed, reformatted, commented):
        text = way(text, seed)
    return text


def with_names_for_parts(text: str, seed: int = 0) -> str:
    """Disguise it in every way, and give every second part of an expression a name of its own."""
    tree = ast.parse(text)
    names = (f"part{number}" for number in itertools.count())
    for node in list(ast.walk(tree)):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            made: list[ast.stmt] = []
            for one in body:
                value = one.value if isinstance(one, (ast.Assign, ast.Return)) else None
                inner = value.args[0] if isinstance(value, ast.Call) and value.args else None
                if isinstance(value, ast.BinOp):
                    inner = value.left
                if isinstance(inner, (ast.BinOp, ast.Call, ast.Subscript)) and len(made) % 2 == 0:
                    name = next(names)
                    made.append(ast.Assign([ast.Name(name, ast.Store())], inner, lineno=one.lineno))
                    if isinstance(value, ast.BinOp):
                        value.left = ast.Name(name, ast.Load())
                    elif isinstance(value, ast.Call):
                        value.args[0] = ast.Name(name, ast.Load())
                made.append(one)
            node.body = made  # type: ignore[attr-defined]
    return all_at_once(ast.unparse(ast.fix_missing_locations(tree)), seed)


def _told_nothing(node: ast.FunctionDef) -> list[ast.stmt]:
    """Return the statements of a function without its docstring."""
    first = node.body[0]
    is_told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (node.body[1:] or [ast.Pass()]) if is_told else node.body


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _independent(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether two simple statements may change places."""
    simple = (ast.Assign, ast.AnnAssign)
    if not (isinstance(one, simple) and isinstance(other, simple)):
        return False
    return not (
        _stored(one) & (_named(other))
        or _stored(other) & (_named(one))
        or any(isinstance(n, ast.Yield) for n in ast.walk(one))
    )


def _stored(node: ast.stmt) -> set[str]:
    roots = set()
    for target in node.targets if isinstance(node, ast.Assign) else []:
        for part in ast.walk(target):
            if isinstance(part, ast.Name):
                roots.add(part.id)
    return roots


def _named(node: ast.stmt) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _joined(body: list[ast.stmt]) -> list[ast.stmt]:
    """Join two assignments that do not need one another in one."""
    made: list[ast.stmt] = []
    for one in body:
        last = made[-1] if made else None
        if (
            isinstance(last, ast.Assign)
            and isinstance(one, ast.Assign)
            and _independent(last, one)
            and all(len(a.targets) == 1 and isinstance(a.targets[0], ast.Name) for a in (last, one))
        ):
            made[-1] = ast.Assign(
                [ast.Tuple([last.targets[0], one.targets[0]], ast.Store())],
                ast.Tuple([last.value, one.value], ast.Load()),
                lineno=one.lineno,
            )
        else:
            made.append(one)
    return made


class _Loops(ast.NodeTransformer):
    def __init__(self, tree: ast.AST) -> None:
        self._uses = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name))
        self._made = 0

    def visit_For(self, node: ast.For) -> ast.stmt | list[ast.stmt]:
        heads, inside = list(_heads(node)), _innermost(node)
        loops = [ast.comprehension(h.target, h.iter, [], 0) for h in heads]
        match inside:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name() as made, "append"), [value])):
                comp = ast.ListComp(value, loops)
                added = ast.Call(ast.Attribute(made, "extend"), [comp], [])
                return ast.Expr(added)
            case ast.AugAssign(ast.Name() as total, ast.Add(), value):
                whole = ast.Call(ast.Name("sum"), [ast.ListComp(value, loops)], [])
                return ast.AugAssign(total, ast.Add(), whole)
            case ast.Assign([ast.Subscript(ast.Name() as array, ast.Tuple(at))], value):
                names = [getattr(h.target, "id", "") for h in heads]
                if sorted(getattr(i, "id", "?") for i in at) == sorted(names):
                    made: ast.expr = value
                    by_name = {getattr(h.target, "id", ""): h for h in heads}
                    for index in reversed(at):
                        head = by_name[index.id]  # type: ignore[attr-defined]
                        made = ast.ListComp(
                            made, [ast.comprehension(head.target, head.iter, [], 0)]
                        )
                    call = ast.Call(ast.Attribute(ast.Name("np"), "array"), [made], [])
                    return ast.Assign([array], call, lineno=node.lineno)
        return self._called(node)

    def _called(self, node: ast.For) -> ast.stmt | list[ast.stmt]:
        """Return a loop as a function of its variable, and a comprehension that calls it."""
        inside = [n for part in (node.target, *node.body) for n in ast.walk(part)]
        uses = Counter(n.id for n in inside if isinstance(n, ast.Name))
        stored = {n.id for n in inside if isinstance(n, ast.Name) and _is_stored(n)}
        leaves = (ast.Break, ast.Continue, ast.Return, ast.Yield)
        if (
            node.orelse
            or not isinstance(node.target, ast.Name)
            or any(uses[name] < self._uses[name] for name in stored - {node.target.id})
            or any(isinstance(n, leaves) for n in inside)
        ):
            self.generic_visit(node)
            return node
        self._made += 1
        name, target = f"step{self._made}", node.target.id
        self.generic_visit(node)
        arguments = ast.arguments([], [ast.arg(target)], None, [], [], None, [])
        step = ast.FunctionDef(name, arguments, node.body, [], lineno=node.lineno)
        call = ast.Call(ast.Name(name), [ast.Name(target)], [])
        comp = ast.ListComp(call, [ast.comprehension(node.target, node.iter, [], 0)])
        return [step, ast.Expr(comp)]


def _heads(node: ast.For) -> Iterator[ast.For]:
    one: ast.stmt = node
    while isinstance(one, ast.For):
        yield one
        one = one.body[0]


def _innermost(node: ast.For) -> ast.stmt | None:
    one: ast.stmt = node
    while isinstance(one, ast.For):
        if len(one.body) != 1 or one.orelse:
            return None
        one = one.body[0]
    return one
