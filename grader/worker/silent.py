"""IPython, as far as learners' code calls it: everything is there, and nothing happens.

A notebook always has it; where it is graded there is no shell, and nobody to show anything to.
"""

from __future__ import annotations

import sys
from typing import Any

#: cell magics that run the cell's body as ordinary Python
TRANSPARENT = frozenset(
    [
        *("capture", "debug", "ipytest", "memit", "prun", "pyinstrument", "snakeviz"),
        *("time", "timeit", "wandb"),
    ]
)


class Silent:
    """Stands in for a shell, for ``display`` and what it returns, and for modules of such."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_args: Any, **_more: Any) -> Any:
        """Return what can be called on: ``display(x, display_id=True).update(y)``."""
        return self


SILENT: Any = Silent()


def silence_ipython() -> None:
    """Let this process import the silent one; the real one takes half a second, and a terminal."""
    for name in ("IPython", "IPython.display"):
        sys.modules[name] = SILENT
