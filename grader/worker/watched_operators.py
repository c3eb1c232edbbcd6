"""See which of PyTorch's operators run, whatever called them.

All of PyTorch's functions end in operators such as ``torch.ops.aten._softmax``: those of
``torch.nn``, scripted and traced functions, ``torch.vmap``, distributions. PyTorch dispatches a
call of an operator to the kernel of the first dispatch key that is switched on and has one. Here,
the operators to be watched get kernels for a key that PyTorch keeps free: these tell of the call
and pass it on. The key is switched on in the learner's thread, during calls of the learner's
functions. Other operators have no kernel for it and cost nothing.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

#: a mode that PyTorch has for tests within a single process
_KEY = "TESTING_ONLY_GenericMode"

#: registered kernels, which last as long as the process, by operator
_kernels: dict[str, Any] = {}
#: is told the name of each watched operator that is called
_listeners: list[Callable[[str], None]] = []


class OperatorWatch:
    """While entered, tells *on_call* of each call of an operator that is *wanted*.

    It sees calls in the thread that entered it. A version of PyTorch whose dispatcher cannot be
    extended in this way is not watched.

    Args:
        wanted: whether a dotted name, such as ``torch.ops.aten._softmax``, is to be told.
    """

    def __init__(self, wanted: Callable[[str], bool], on_call: Callable[[str], None]) -> None:
        self._wanted = wanted
        self._on_call = on_call
        self._guards: list[Any] = []
        for name, overloads in operators().items():
            if wanted(name):
                for overload in overloads:
                    _register(overload, name)

    def __enter__(self) -> None:
        """Begin to watch; may be nested."""
        if operators():
            torch: Any = sys.modules["torch"]
            _listeners.append(self._tell)
            guard = torch._C._IncludeDispatchKeyGuard(torch._C._parse_dispatch_key(_KEY))
            guard.__enter__()
            self._guards.append(guard)

    def __exit__(self, *error: object) -> None:
        """Stop watching."""
        if self._guards:
            self._guards.pop().__exit__(*error)
            _listeners.pop()

    def _tell(self, name: str) -> None:
        if self._wanted(name):
            self._on_call(name)


@functools.cache
def operators() -> Mapping[str, list[str]]:
    """Return the overloads of all operators by dotted name; empty if they cannot be watched.

    PyTorch must have been imported. The first call prepares the dispatcher, which takes 5 ms.
    """
    torch: Any = sys.modules["torch"]
    found: dict[str, list[str]] = {}
    try:
        torch._C._parse_dispatch_key(_KEY)
        _library("_", _KEY).fallback_fallthrough()
        for overload in torch._C._dispatch_get_all_op_names():
            space, _, rest = overload.partition("::")
            name, _, variant = rest.partition(".")
            if variant != "out":  # Python calls it by the same function as the others
                found.setdefault(f"torch.ops.{space}.{name}", []).append(overload)
    except (AttributeError, TypeError, RuntimeError):  # an older or newer PyTorch
        return {}
    return found


def _library(space: str, key: str) -> Any:
    """Return what registers kernels for the operators in *space*; keeping it keeps them."""
    torch: Any = sys.modules["torch"]
    library = torch._C._dispatch_library("IMPL", space, key, __file__, 0)
    _kernels.setdefault(f"{space}::", []).append(library)
    return library


def _register(overload: str, name: str) -> None:
    """Give an operator a kernel that tells of its calls, once per process."""
    if overload not in _kernels:
        space = overload.partition("::")[0]
        library = (_kernels.get(f"{space}::") or [_library(space, "")])[0]
        _kernels[overload] = _kernel(overload, name)
        library.impl(overload, _KEY, _kernels[overload], True)


def _kernel(overload: str, name: str) -> Callable[..., Any]:
    torch: Any = sys.modules["torch"]
    key = torch._C._parse_dispatch_key(_KEY)

    @functools.cache
    def operator() -> Any:
        space, _, rest = overload.partition("::")
        base, _, variant = rest.partition(".")
        return getattr(getattr(getattr(torch.ops, space), base), variant or "default")

    def kernel(keys: Any, *args: Any, **kwargs: Any) -> Any:
        if _listeners:
            _listeners[-1](name)
        return operator().redispatch(keys.remove(key), *args, **kwargs)

    return kernel


@contextmanager
def uncompiled() -> Iterator[None]:
    """Let learners' code neither script nor trace, and run what it compiled as it is written.

    Gradients in scripted functions and fused kernels would not be seen otherwise. PyTorch itself
    scripts and traces as before.
    """
    scripts: Any = sys.modules.get("torch.jit")
    compiler: Any = sys.modules.get("torch.compiler") if "torch._dynamo" in sys.modules else None
    stance = getattr(compiler, "set_stance", None)
    before = {name: getattr(scripts, name) for name in ("script", "trace")} if scripts else {}
    for name, function in before.items():
        setattr(scripts, name, _as_written(function))
    try:
        with stance("force_eager") if stance else nullcontext():
            yield
    finally:
        for name, function in before.items():
            setattr(scripts, name, function)


@functools.cache
def _as_written(compiled: Any) -> Any:
    """Return a function that returns its first argument, unless PyTorch itself calls it."""

    @functools.wraps(compiled)
    def returned(function: Any, *args: Any, **kwargs: Any) -> Any:
        caller = str(sys._getframe(1).f_globals.get("__name__", ""))
        return compiled(function, *args, **kwargs) if caller.startswith("torch.") else function

    return returned
