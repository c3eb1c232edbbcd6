"""Replace libraries that only display something by modules that do nothing.

Notebooks may use IPython, plots and progress bars in graded functions. During grading there is no
shell and nobody to see the output. These calls do nothing, even if the library is not installed.
"""

from __future__ import annotations

import importlib.abc
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from typing import Any, cast

#: cell magics whose cell is ordinary Python
TRANSPARENT = frozenset(
    [
        *("capture", "debug", "ipytest", "memit", "prun", "pyinstrument", "snakeviz"),
        *("time", "timeit", "wandb"),
    ]
)
#: libraries that only display results
FOR_SHOW = frozenset(["matplotlib", "matplotlib_inline", "plotly", "seaborn", "tqdm"])


class Silent:
    """Replaces a shell, ``display`` and its result, plots, and modules of them."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_args: Any, **_more: Any) -> Any:
        """Return itself, for calls such as ``display(x, display_id=True).update(y)``."""
        return self

    def __iter__(self) -> Iterator[Any]:
        """Yield two items, for ``figure, axes = plt.subplots()``."""
        return iter((self, self))

    def __getitem__(self, _key: Any) -> Any:
        return self

    def __setitem__(self, _key: Any, _value: Any) -> None:
        return

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_error: object) -> None:
        return


class Bar(Silent):
    """Replaces a progress bar: iterates over its iterable."""

    def __init__(self, iterable: Iterable[Any]) -> None:
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(cast(Sequence[Any], self._iterable))


class Bars(Silent):
    """Replaces a module of progress bars and its functions."""

    def __call__(self, iterable: Iterable[Any] = (), *_args: Any, **_more: Any) -> Bar:
        """Return the bar for *iterable*."""
        return Bar(iterable)

    def trange(self, *numbers: int, **_more: Any) -> Bar:
        """Return the bar for ``range(*numbers)``."""
        return Bar(range(*numbers))


SILENT: Any = Silent()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import hook for the libraries in *names* and their submodules."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return a spec that loads a silent module, for these libraries."""
        root = name.partition(".")[0]
        return ModuleSpec(name, self, is_package=True) if root in self._names else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Return a silent module."""
        made = Bars() if spec.name.startswith("tqdm") else Silent()
        return cast(types.ModuleType, made)

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: a silent module has no code."""


def silence() -> None:
    """Let this process import silent modules in place of display libraries.

    IPython is always replaced: the real one takes half a second and needs a terminal.
    """
    sys.meta_path.insert(0, Finder(frozenset(["IPython"])))
    sys.meta_path.append(Finder(FOR_SHOW))
