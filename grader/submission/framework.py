"""What a submission is written with, read off its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..exercise import FRAMEWORKS, Chunk, Submission
from ..worker.adapters import COMPILER

_MARKER = re.compile(r"^[ \t]*#[ \t]*framework[ \t]*:[ \t]*(\w+)[ \t]*$", re.I | re.M)
_IMPORT = re.compile(
    r"^[ \t]*(?:import[ \t]+(?P<modules>[^\n#;]+)"
    r"|from[ \t]+(?P<package>[\w.]+)[ \t]+import[ \t]+(?P<names>[^\n#;]+))",
    re.M,
)
#: what needs PyTorch's compiler, if only to tell it to keep out: optimizers, for the most part
_COMPILED = re.compile(r"\b(?:optim|functorch|checkpoint|compile|torch\.func)\b")


def libraries(submissions: Iterable[Submission]) -> list[str]:
    """Return what a zygote for *submissions* is to import beforehand.

    What is missed is imported by each worker, which takes seconds.
    """
    submissions = list(submissions)
    found = {submission.framework for submission in submissions}
    in_torch = (chunk for s in submissions if s.framework == "torch" for chunk in s.chunks)
    if any(_COMPILED.search(chunk.text) for chunk in in_torch):
        found.add(COMPILER)
    return sorted(found)


def marked(chunks: Iterable[Chunk]) -> str | None:
    """Return what the first valid ``# framework: …`` line names, if there is one."""
    for chunk in chunks:
        for marker in _MARKER.finditer(chunk.text):
            if marker[1].lower() in FRAMEWORKS:
                return marker[1].lower()
    return None


def imported(chunks: Iterable[Chunk]) -> str:
    """Return the framework imported first, apart from NumPy; NumPy if there is none.

    ``from d2l import torch`` counts as torch.
    """
    for chunk in chunks:
        for statement in _IMPORT.finditer(chunk.text):
            for module in _modules(statement):
                root = module.removeprefix("d2l.").partition(".")[0]
                if root in FRAMEWORKS and root != "numpy":
                    return root
    return "numpy"


def _modules(statement: re.Match[str]) -> Iterator[str]:
    if statement["modules"]:
        names, prefix = statement["modules"], ""
    elif statement["package"] == "d2l":
        names, prefix = statement["names"].strip("( \t"), "d2l."
    else:
        names, prefix = statement["package"], ""
    for name in names.split(","):
        words = name.split()
        yield prefix + words[0] if words else ""
