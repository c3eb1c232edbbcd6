"""Library functions that an exercise forbids, because learners must write them from scratch.

A course lists names one by one (``torch.logsumexp``, ``torch.optim.*``) or as a *family*
(``softmax``), which stands for the equivalent functions of all known libraries. Uses are found by
``grader/worker/forbidden_names.py`` and ``grader/worker/forbidden_calls.py``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Sequence
from fnmatch import fnmatchcase

from grader.exercise import FRAMEWORKS, Assignment
from grader.language import _

from .families import EQUIVALENT, FAMILIES, contains

#: libraries that belong to a framework
_BESIDE = {"tensorflow": ("keras",), "jax": ("flax", "optax")}

_ENTRY = re.compile(r"[A-Za-z_]\w*(\.[\w*]+)+")
_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)+", re.ASCII)


def fault_in(entry: str) -> str:
    """Return what is wrong with an *entry* of a course and what to write; empty if it is valid."""
    if entry in FAMILIES or _ENTRY.fullmatch(entry):
        return ""
    if "." in entry or not entry.isidentifier():
        return f"{entry!r} names no function; write it in full, such as torch.softmax"
    near = difflib.get_close_matches(entry, FAMILIES) or sorted(FAMILIES)
    return f"there is no family {entry!r}; write one of {', '.join(near)}, or a full name"


def patterns(entries: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of dotted names that *entries* stand for."""
    return tuple(name for entry in entries for name in FAMILIES.get(entry, (entry,)))


def forbidden_in(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    """Return the forbidden patterns of each exercise that has any."""
    return {e.name: patterns(e.forbidden) for e in assignment.exercises if e.forbidden}


def examples(entries: Iterable[str], framework: str) -> list[str]:
    """Return one name for each of *entries* to show to learners, of *framework* if possible.

    Those of the framework come first. For a family it is the function itself: NumPy has
    ``numpy.convolve``, but no layer of its own.
    """
    own = (framework, *_BESIDE.get(framework, ()))
    shown = []
    for entry in entries:
        # A pattern is shown only if it is of this framework.
        names = [n for n in EQUIVALENT.get(entry, ()) if "*" not in n or _root(n) in own]
        names.sort(key=lambda name: _place(_root(name), own))
        shown.append(next(iter(names), entry))
    return sorted(shown, key=lambda name: _root(name) not in own)


def _place(root: str, own: Sequence[str]) -> int:
    """Return where names of the library *root* stand: those of a learner's *own* come first."""
    if root in own:
        return -1
    known = FRAMEWORKS
    return known.index(root) if root in known else len(known)


def _root(name: str) -> str:
    return name.partition(".")[0]


def reason(entry: str, listed: Container[str]) -> str:
    """Return the message for an ``{exercise}`` that uses ``{name}``, an *entry* of those *listed*.

    The family of automatic differentiation has a message of its own.
    """
    if entry in FAMILIES["autograd"]:
        return _("{exercise} uses {name}. This exercise asks you to work out the gradient by hand.")
    if entry.startswith("torch.ops."):
        return _(
            "{exercise} calls a library function that ends in {name}, PyTorch's operator for what "
            "this exercise asks you to write."
        )
    if entry.startswith("tensorflow.raw_ops."):
        return _(
            "{exercise} calls a library function that ends in {name}, TensorFlow's operation for "
            "what this exercise asks you to write."
        )
    if contains(entry, listed):
        return _("{exercise} uses {name}, which contains what this exercise asks you to write.")
    return _("{exercise} uses {name}, which this exercise asks you to write.")


def as_listed(name: str, listed: Sequence[str]) -> str:
    """Return *name*, or the pattern of the course that it matches; empty if there is none.

    *name* comes from a worker. Reports of hidden checks only show the course's own text.
    """
    if name in listed:
        return name
    fits = (pattern for pattern in listed if fnmatchcase(name, pattern))
    return max(fits, key=len, default="") if _NAME.fullmatch(name) else ""
