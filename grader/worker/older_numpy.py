"""NumPy with names that it has dropped, for modules of MXNet, which ask for them."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np

#: what dropped names are now; MXNet offers learners most of them as its own
_NOW: dict[str, Any] = {
    **{"PINF": np.inf, "Inf": np.inf, "NINF": -np.inf, "NAN": np.nan, "NaN": np.nan},
    **{"PZERO": 0.0, "NZERO": -0.0, "bool": np.bool_, "int": int},
    **{"alltrue": np.all, "sometrue": np.any, "product": np.prod, "round_": np.round},
    "in1d": lambda ar1, ar2, **how: np.isin(np.ravel(ar1), ar2, **how),
    "msort": lambda a: np.sort(a, axis=0),
    "trapz": getattr(np, "trapezoid", None) or getattr(np, "trapz", None),
    # np.pad of MXNet asks whether its mode is a text
    "compat": types.SimpleNamespace(basestring=str),
}


class OlderNumpy(types.ModuleType):
    """NumPy with its dropped names, for a module of MXNet that asks for them when called."""

    def __getattr__(self, name: str) -> Any:
        return _NOW[name] if name in _NOW and not hasattr(np, name) else getattr(np, name)


@contextlib.contextmanager
def lent_names() -> Iterator[None]:
    """Let modules of MXNet find what NumPy has dropped, in the ``with``."""
    namespace = np.__dict__
    own = namespace["__getattr__"]

    def found(name: str) -> Any:
        try:
            return own(name)
        except AttributeError:
            if not str(sys._getframe(1).f_globals.get("__name__")).startswith("mxnet."):
                raise
            return _NOW[name] if name in _NOW else _gone(name)

    namespace["__getattr__"] = found
    try:
        yield
    finally:
        namespace["__getattr__"] = own


def _gone(name: str) -> Any:
    """Return what raises when it is called: MXNet only asks for it to offer it as its own."""

    def gone(*_args: Any, **_more: Any) -> None:
        raise AttributeError(f"NumPy no longer has {name}")

    gone.__name__ = name
    return gone
