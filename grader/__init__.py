"""gradproof: grading and exercises for deep learning.

In a notebook of a kit::

    from grader import check

    check("softmax")
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

#: what learners import from here; it is loaded on first use
_AT_THE_DESK = ("check", "load_ipython_extension")


def __getattr__(name: str) -> Any:
    """Return the names that learners use in a notebook."""
    if name in _AT_THE_DESK:
        return getattr(import_module("grader.desk.notebook_api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
