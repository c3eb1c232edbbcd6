"""What only shows something, as far as learners' code calls it: all is there, and nothing happens.

A notebook always has IPython; where it is graded there is no shell, and nobody to show anything
to. Plots and progress bars that are left in a graded function cost nothing either, whether their
library is installed here or not.
"""

from __future__ import annotations

import importlib.abc
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from typing import Any, cast

#: cell magics that run the cell's body as ordinary Python
TRANSPARENT = frozenset(
    [
        *("capture", "debug", "ipytest", "memit", "prun", "pyinstrument", "snakeviz"),
        *("time", "timeit", "wandb"),
    ]
)
#: libraries that show what others have computed
FOR_SHOW = frozenset(["matplotlib", "matplotlib_inline", "plotly", "seaborn", "tqdm"])


class Silent:
    """Stands in for a shell, for ``display`` and what it returns, and for modules of such."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_args: Any, **_more: Any) -> Any:
        """Return what can be called on: ``display(x, display_id=True).update(y)``."""
        return self

    def __iter__(self) -> Iterator[Any]:
        """Yield two, as for ``figure, axes = plt.subplots()``."""
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
    """Stands in for a progress bar, which is what it shows the progress of."""

    def __init__(self, iterable: Iterable[Any]) -> None:
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(cast(Sequence[Any], self._iterable))


class Bars(Silent):
    """Stands in for a module of progress bars, and for what makes them in it."""

    def __call__(self, iterable: Iterable[Any] = (), *_args: Any, **_more: Any) -> Bar:
        """Return the bar for *iterable*."""
        return Bar(iterable)

    def trange(self, *numbers: int, **_more: Any) -> Bar:
        """Return the bar for ``range(*numbers)``."""
        return Bar(range(*numbers))


SILENT: Any = Silent()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds silent modules below *names*."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return what loads a silent module, for the libraries that show something."""
        root = name.partition(".")[0]
        return ModuleSpec(name, self, is_package=True) if root in self._names else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Return a silent module."""
        made = Bars() if spec.name.startswith("tqdm") else Silent()
        return cast(types.ModuleType, made)

    def exec_module(self, module: types.ModuleType) -> None:
        """Leave it as it is."""


def silence() -> None:
    """Let this process import what is only for show.

    IPython is always the silent one: the real one takes half a second, and a terminal.
    """
    sys.meta_path.insert(0, Finder(frozenset(["IPython"])))
    sys.meta_path.append(Finder(FOR_SHOW))
