"""Whether a library has a name that a course forbids."""

from __future__ import annotations

import os
import warnings
from importlib import import_module
from importlib.util import find_spec
from itertools import takewhile
from types import ModuleType
from typing import Any

from grader.worker.mxnet_import import allow
from grader.worker.walls import TENSORFLOW


def fault_in_name(name: str) -> str:
    """Return what a dotted *name* asks for in vain, such as ``torch.nn has no 'Relu'``.

    Empty if everything before the first wildcard exists, and if this cannot be known: the package
    is not installed, or its import fails.
    """
    os.environ.update(TENSORFLOW)  # it is quiet then
    allow()  # MXNet, which could not be imported otherwise
    root, *parts = takewhile(lambda part: "*" not in part, name.split("."))
    try:
        if find_spec(root) is None:
            return ""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is deprecated
            found, place = import_module(root), root
            for part in parts:
                if not _has(found, part):
                    return f"{place} has no {part!r}"
                found, place = getattr(found, part), f"{place}.{part}"
    except Exception:  # whatever an import of another package raises
        return ""
    return ""


def _has(found: Any, part: str) -> bool:
    """Return whether *found* has *part*; a submodule is imported, by the module's own name."""
    if hasattr(found, part):
        return True
    if not isinstance(found, ModuleType) or not hasattr(found, "__path__"):
        return False
    if find_spec(f"{found.__name__}.{part}") is None:
        return False
    import_module(f"{found.__name__}.{part}")
    return hasattr(found, part)
