"""The house: arrows point down."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GRADER = ROOT / "grader"

#: from the top down; a package may import those after it
ORDER = ["commands", "gradebook", "desk", "kit", "audit", "grading", "course", "scoring"]
ORDER += ["report", "checks", "sandbox", "submission", "worker", "numerics"]
#: modules at the bottom, which every package may import
BOTTOM = {"exercise", "outcome", "errors", "language"}
COURSE_TREES = {"assignments", "solutions", "autograder_tests"}

MODULES = sorted(GRADER.rglob("*.py"))
SILENT = [path for path in MODULES if path.parent.name != "commands"]


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of modules that *path* imports, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def layer(name: str) -> str:
    """Return the package below ``grader`` that a module belongs to."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_lies_below_it(path: Path) -> None:
    """A module of grader imports its own package, packages below it, and the values."""
    own = layer(".".join(path.relative_to(ROOT).with_suffix("").parts))
    names = [name for name in imported(path) if name.split(".")[0] == "grader"]

    if own in BOTTOM or own in ("__init__", ""):
        allowed = BOTTOM
    elif own == "worker":
        allowed = {"worker"}
    else:
        allowed = {*ORDER[ORDER.index(own) :], *BOTTOM, "__version__", ""}

    assert [name for name in names if layer(name) not in allowed] == []


@pytest.mark.parametrize("path", [*MODULES, ROOT / "cli.py"], ids=lambda p: p.name)
def test_the_program_imports_no_course(path: Path) -> None:
    """The grader knows courses only as directories."""
    assert {name.split(".")[0] for name in imported(path)} & COURSE_TREES == set()


@pytest.mark.parametrize("path", SILENT, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_command_line_speaks(path: Path) -> None:
    """No module of grader imports click or prints, but for the commands."""
    tree = ast.parse(path.read_text("utf-8"))
    prints = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]

    assert prints == []
    assert "click" not in {name.split(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", [*MODULES, ROOT / "cli.py"], ids=lambda p: p.name)
def test_a_module_fits_in_a_head(path: Path) -> None:
    """No module is longer than 400 lines."""
    assert len(path.read_text("utf-8").splitlines()) <= 400
