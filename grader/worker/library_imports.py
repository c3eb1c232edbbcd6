"""The libraries that learners' code names, imported before its time begins to run.

How long an import takes says nothing of who wrote it. Only what others wrote is imported here;
modules of the learner's own are read for what they import, and run later, on the learner's time.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import PurePosixPath

from .local_modules import imports

#: what optimizers and a few others of PyTorch import on first use, which takes as long as PyTorch
COMPILER = "torch._dynamo"
#: what needs PyTorch's compiler, if only to tell it to keep out: optimizers, for the most part
NEEDS_COMPILER = re.compile(r"\b(?:optim|functorch|torch\.(?:func|compile|utils\.checkpoint))\b")
#: libraries beside the frameworks that may be imported before a fork: none of them starts a thread
QUIET = frozenset(["scipy"])
_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


def import_named(
    trees: Iterable[ast.AST], files: Mapping[str, bytes], hidden: AbstractContextManager[None]
) -> None:
    """Import the libraries that *trees* name, and those that the modules in *files* name for them.

    One that is not here or cannot be imported is no matter yet.

    Args:
        files: of the submission, by name.

        hidden: keeps what is called like a library, among the files, from being imported.
    """
    names = libraries_in(trees, files)
    with hidden:
        for name in names:
            parent, _, child = name.rpartition(".")
            with contextlib.suppress(BaseException):
                # like `from parent import child`: a name that is there is no module to search for
                if not hasattr(sys.modules.get(parent), child):
                    importlib.import_module(name)


def libraries_in(trees: Iterable[ast.AST], files: Mapping[str, bytes]) -> list[str]:
    """Return the modules that *trees* import, in their order, also by way of *files*.

    Of ``from a import b``, both ``a`` and ``a.b`` are among them: either may be a module.
    """
    own = _modules_in(files)
    found: dict[str, None] = {}
    todo, seen = list(trees), set[str]()
    while todo:
        tree = todo.pop(0)
        if "torch" in sys.modules and NEEDS_COMPILER.search(ast.unparse(tree)):
            found[COMPILER] = None
        for name, relative in imports(tree):
            mine = [part for part in name.split(".") if part in own]
            if not mine and not relative:
                found[name] = None
            for part in mine:
                if part not in seen:
                    seen.add(part)
                    todo += _parsed(own[part])
    return list(found)


def _modules_in(files: Mapping[str, bytes]) -> dict[str, list[bytes]]:
    """Return the texts of the modules in *files*, by the names of each and of its folders.

    How these get on ``sys.path`` is up to the learner's code, so where each lies does not count.
    """
    own: dict[str, list[bytes]] = {}
    for name, text in files.items():
        path = PurePosixPath(name)
        if path.suffix == ".py":
            own.setdefault(path.stem, []).append(text)
            for folder in path.parts[:-1]:
                own.setdefault(folder, []).extend([text] if path.stem == "__init__" else [])
    return own


def _parsed(texts: Iterable[bytes]) -> Iterator[ast.AST]:
    for text in texts:
        with contextlib.suppress(*_NOT_PYTHON):
            yield ast.parse(text)
