"""Objects that accept everything and do nothing, in place of what a grade does not depend on.

Notebooks may use IPython, plots, progress bars and annotations in graded functions. During grading
there is no shell and nobody to see the output, and an annotation does not change what a function
returns. ``stand_ins.py`` says for which libraries these objects are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NoReturn, cast

#: cell magics whose cell is ordinary Python
TRANSPARENT = frozenset(
    [
        *("capture", "check", "debug", "ipytest", "memit", "prun", "pyinstrument", "snakeviz"),
        *("time", "timeit", "wandb"),
    ]
)
#: operators whose result a learner would compute with
_COMPUTING = (
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow"),
    *("radd", "rsub", "rmul", "rmatmul", "rtruediv", "rfloordiv", "rmod", "rpow"),
    *("lt", "le", "gt", "ge", "neg", "abs", "float", "int", "index", "len", "array"),
)


def missing(library: str) -> ModuleNotFoundError:
    """Return what Python raises where *library* is not installed."""
    return ModuleNotFoundError(f"No module named {library!r}", name=library)


def decorated(part: Any) -> bool:
    """Whether *part* is something to decorate: a function, a class, or a method made of one."""
    methods = (staticmethod, classmethod, property)
    return not isinstance(part, Silent) and (callable(part) or isinstance(part, methods))


class Silent:
    """Replaces a shell, ``display`` and its result, plots, annotations, and modules of them.

    Computing with it, or asking what belongs to it, fails as if its *library* could not be
    imported: a wrong answer would be worse.
    """

    #: so that ``array * silent`` asks this object, and not each entry of the array
    __array_ufunc__ = None

    def __init__(self, library: str) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **_more: Any) -> Any:
        """Return the decorated function or class, and otherwise itself.

        The latter is for ``display(x, display_id=True).update(y)`` and ``@typed(checker=None)``.
        """
        return args[0] if args and decorated(args[0]) else self

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

    def __or__(self, _other: Any) -> Any:
        """Return itself, for the annotation ``Float[Tensor, "n"] | None``."""
        return self

    __ror__ = __or__

    def __bool__(self) -> bool:
        return True

    def __format__(self, _how: str) -> str:
        return ""

    def __instancecheck__(self, _value: Any) -> NoReturn:
        raise missing(self._library)

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> NoReturn:
        raise missing(self._library)


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(self: Silent, *_args: Any, **_more: Any) -> NoReturn:
        raise missing(self._library)

    refuse.__name__ = name
    return refuse


for _name in _COMPUTING:
    setattr(Silent, f"__{_name}__", _refusing(f"__{_name}__"))


class Bar(Silent):
    """Replaces a progress bar: iterates over its iterable."""

    def __init__(self, library: str, iterable: Iterable[Any]) -> None:
        super().__init__(library)
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(cast(Sequence[Any], self._iterable))


class Bars(Silent):
    """Replaces a module of progress bars and its functions."""

    def __call__(self, iterable: Iterable[Any] = (), *_args: Any, **_more: Any) -> Bar:
        """Return the bar for *iterable*."""
        return Bar(self._library, iterable)

    def trange(self, *numbers: int, **_more: Any) -> Bar:
        """Return the bar for ``range(*numbers)``."""
        return Bar(self._library, range(*numbers))


SILENT: Any = Silent("IPython")
