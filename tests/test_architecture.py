"""The house: arrows point down."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Set
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
GRADER = ROOT / "grader"

#: from the top down; a package may import those after it
ORDER = ["commands", "gradebook", "desk", "kit", "audit", "grading", "course", "scoring"]
ORDER += ["report", "checks", "sandbox", "submission", "worker", "numerics"]
#: modules at the bottom, which every package may import
BOTTOM = {"exercise", "adjustments", "outcome", "errors", "language", "atomic_write", "installed"}
COURSE_TREES = {"assignments", "solutions", "autograder_tests"}
LONGEST = 400

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in [*sorted(GRADER.rglob("*.py")), ROOT / "cli.py"]
}


@cache
def tree_of(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(MODULES[module].read_text("utf-8"))


@cache
def imported(module: str) -> frozenset[str]:
    """Return the full names that *module* imports, relative imports resolved."""
    return frozenset(name for node in ast.walk(tree_of(module)) for name in names_in(module, node))


def names_in(module: str, node: ast.AST) -> Iterator[str]:
    """Yield what *node* imports, if it is an import: modules, and names in modules."""
    package = MODULES[module].relative_to(ROOT).parts[:-1]
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = list(package[: len(package) - node.level + 1]) if node.level else []
        source = ".".join([*base, *(node.module or "").split(".")]).strip(".")
        yield from (f"{source}.{alias.name}" for alias in node.names)


def layer(name: str) -> str:
    """Return the package, or the module, below ``grader`` that a full name belongs to."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def allowed(module: str) -> Set[str]:
    """Return the layers that *module* may import."""
    own = layer(module)
    if own in BOTTOM or own == "":
        return BOTTOM
    if own == "worker":
        return {"worker"}
    return {*ORDER[ORDER.index(own) :], *BOTTOM, "__version__", ""}


def circles(arrows: Mapping[str, Set[str]]) -> list[list[str]]:
    """Return every import that is part of a circle, as the way from a module back to itself.

    Args:
        arrows: the modules that each module imports.
    """
    found = []
    for start in sorted(arrows):
        ways = [[start, to] for to in sorted(arrows[start])]
        seen: set[str] = set()
        for way in ways:
            if way[-1] == start:
                found.append(way)
                break
            if way[-1] not in seen:
                seen.add(way[-1])
                ways += [[*way, to] for to in sorted(arrows[way[-1]])]
    return found


def target(name: str) -> str:
    """Return the module that an imported name is, or is in; empty if it is none of ours."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def test_a_module_imports_only_what_lies_below_it() -> None:
    """A module of grader imports its own package, packages below it, and the values."""
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in sorted(imported(module))
        if module != "cli" and name.split(".")[0] == "grader" and layer(name) not in allowed(module)
    ]

    assert wrong == []


def test_no_module_imports_itself_through_others() -> None:
    """There is no circle of imports, not even one for the sake of types."""
    arrows = {
        module: {target(name) for name in imported(module)} - {"", "grader", module}
        for module in MODULES
    }

    assert circles(arrows) == []
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == [["b", "c", "b"], ["c", "b", "c"]]


def test_the_program_imports_no_course() -> None:
    """The grader knows courses only as directories."""
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imported(module)
        if name.split(".")[0] in COURSE_TREES
    ]

    assert wrong == []


def test_only_the_command_line_speaks() -> None:
    """No module of grader imports click or prints, but for the commands."""
    silent = [m for m in MODULES if m != "cli" and layer(m) != "commands"]
    prints = [
        f"{module}, line {node.lineno}, prints"
        for module in silent
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    clicks = [m for m in silent if "click" in {name.split(".")[0] for name in imported(m)}]

    assert prints == []
    assert clicks == []


def test_a_module_fits_in_a_head() -> None:
    """No module is longer than 400 lines."""
    lengths = {m: len(path.read_text("utf-8").splitlines()) for m, path in MODULES.items()}

    assert {module: n for module, n in lengths.items() if n > LONGEST} == {}
