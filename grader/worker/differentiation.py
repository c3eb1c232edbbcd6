"""See whether a framework differentiates during a call, by whatever name it was asked to.

Each framework has few places that all of its ways to differentiate go through. While a call is
watched, these tell of it. What was compiled before the call runs unseen, so frameworks are made to
trace it again. Code in the same process can get around this.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from .watched_operators import uncompiled

#: tells that the framework differentiates
Tell = Callable[[], None]
_MISSING = object()


def differentiates(
    function: Callable[..., Any], args: Sequence[Any], framework: str
) -> bool | None:
    """Call *function*; return whether *framework* differentiates in it, None if it never does."""
    call = partial(function, *args)
    if framework not in _WATCHED:
        call()
        return None
    seen: list[bool] = []

    def tell() -> None:
        seen.append(True)

    with _WATCHED[framework](tell):
        call()
        if not seen and framework == "tensorflow":
            _as_written(call, tell)
    return bool(seen) or (framework == "torch" and _has_scripted(function))


@contextlib.contextmanager
def _torch(tell: Tell) -> Iterator[None]:
    """PyTorch: its engine for gradients, and the levels of its forward mode."""
    variable = importlib.import_module("torch.autograd.variable").Variable
    forward = importlib.import_module("torch.autograd.forward_ad")
    engine = _Engine(variable._execution_engine, tell)
    with (
        uncompiled(),
        _replaced(variable, "_execution_engine", engine),
        _told(forward, ["make_dual", "enter_dual_level"], tell),
    ):
        yield


def _has_scripted(function: Callable[..., Any]) -> bool:
    """Whether *function* may call scripted code, whose gradients are computed unseen."""
    scripts = importlib.import_module("torch.jit")
    near = [function, *getattr(function, "__globals__", {}).values()]
    return any(isinstance(one, (scripts.ScriptFunction, scripts.ScriptModule)) for one in near)


class _Engine:
    """Stands for PyTorch's engine and tells of each backward pass."""

    def __init__(self, engine: Any, tell: Tell) -> None:
        self._engine = engine
        self._tell = tell

    def run_backward(self, *args: Any, **kwargs: Any) -> Any:
        """Do a backward pass."""
        self._tell()
        return self._engine.run_backward(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_engine"], name)


@contextlib.contextmanager
def _jax(tell: Tell) -> Iterator[None]:
    """JAX: what differentiates forwards, which each of its ways begins with."""
    jax = importlib.import_module("jax")
    rules = importlib.import_module("jax._src.interpreters.ad")
    jax.clear_caches()
    with contextlib.ExitStack() as stack:
        for trace in ("JVPTrace", "LinearizeTrace"):
            if hasattr(rules, trace):
                stack.enter_context(_told(getattr(rules, trace), ["__init__"], tell))
        yield


@contextlib.contextmanager
def _tensorflow(tell: Tell) -> Iterator[None]:
    """TensorFlow: what tapes, graphs and forward accumulators call."""
    tapes = importlib.import_module("tensorflow.python.eager.imperative_grad")
    graphs = importlib.import_module("tensorflow.python.ops.gradients_util")
    forwards = importlib.import_module("tensorflow.python.eager.forwardprop").ForwardAccumulator
    with (
        _told(tapes, ["imperative_grad"], tell),
        _told(graphs, ["_GradientsHelper"], tell),
        _told(forwards, ["__init__"], tell),
    ):
        yield


def _as_written(call: Callable[[], object], tell: Tell) -> None:
    """Make a *call* in which TensorFlow's functions run as written, not as traced before.

    If that is impossible, as with ``tf.gradients``, which needs a graph, tell: nobody can say.
    """
    config = importlib.import_module("tensorflow").config
    before = config.functions_run_eagerly()
    config.run_functions_eagerly(True)
    try:
        call()
    except Exception:
        tell()
    finally:
        config.run_functions_eagerly(before)


@contextlib.contextmanager
def _mxnet(tell: Tell) -> Iterator[None]:
    """MXNet: the function of its library for backward passes."""
    library = importlib.import_module("mxnet.base")._LIB
    with _told(library, ["MXAutogradBackwardEx"], tell):
        yield


_WATCHED: Mapping[str, Callable[[Tell], contextlib.AbstractContextManager[None]]]
_WATCHED = MappingProxyType(
    {"torch": _torch, "jax": _jax, "tensorflow": _tensorflow, "mxnet": _mxnet}
)


@contextlib.contextmanager
def _told(owner: Any, names: Sequence[str], tell: Tell) -> Iterator[None]:
    """While entered, *tell* of each call of the functions *names*, attributes of *owner*."""
    with contextlib.ExitStack() as stack:
        for name in names:
            stack.enter_context(_replaced(owner, name, _telling(getattr(owner, name), tell)))
        yield


def _telling(function: Any, tell: Tell) -> Callable[..., Any]:
    def telling(*args: Any, **kwargs: Any) -> Any:
        tell()
        return function(*args, **kwargs)

    return telling


@contextlib.contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    """While entered, *owner* has another *value* as attribute *name*."""
    before = vars(owner).get(name, _MISSING)
    setattr(owner, name, value)
    try:
        yield
    finally:
        if before is _MISSING:
            delattr(owner, name)
        else:
            setattr(owner, name, before)
