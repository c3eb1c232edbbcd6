"""Import MXNet 1.9.1, the last release (2022), beside a NumPy that has dropped names it asks for.

Names are lent to MXNet's own modules while it is imported, and taken away after: no other code sees
them. What they stood for in NumPy 1.23 is in NumPy's release notes of 1.24 and 2.0.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import os
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any


def allow() -> None:
    """Let this process import MXNet, if it is installed, whatever NumPy there is."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    """Import hook: finds MXNet as Python does, and lends it names while its code runs."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return a spec for MXNet itself, None for any other module."""
        if name != "mxnet":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            loader: Any = spec.loader
            loader.exec_module = partial(_run, loader.exec_module)
        return spec


def _run(execute: Callable[[types.ModuleType], None], module: types.ModuleType) -> None:
    """Run the code of MXNet's *module* and of what it imports."""
    # The default engine starts threads at once, and again at each fork, on both sides of it.
    os.environ["MXNET_ENGINE_TYPE"] = "NaiveEngine"
    # It would leave kernels in a layout of its own behind, to which nothing can be assigned.
    os.environ["MXNET_MKLDNN_ENABLED"] = "0"
    # Without it, MXNet would tell of each kind of operator that it goes another way.
    os.environ["MXNET_STORAGE_FALLBACK_LOG_VERBOSE"] = "0"
    # Only now: who never imports MXNet does not wait for NumPy either.
    older = importlib.import_module(".older_numpy", __package__)
    with older.lent_names(), _silent(), warnings.catch_warnings():
        # distutils and others have been on their way out since MXNet was written
        warnings.simplefilter("ignore")
        execute(module)
        module.nd.zeros(1)  # starts the engine, which says so
    if not hasattr(sys.modules["numpy"], "compat"):
        sys.modules["mxnet.ndarray.numpy._op"].__dict__["_np"] = older.OlderNumpy("numpy")


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Hide what the process writes to its standard error: MXNet tells of its engine there."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
