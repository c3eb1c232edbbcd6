"""See which of the operations below all functions of TensorFlow and JAX run, whatever called them.

Every function of TensorFlow ends in operations such as ``tf.raw_ops.Softmax``: those of Keras, too,
and those of private modules. They run through three functions, one for each way: at once, at once
but slowly, and put into a graph. JAX has an operation of its own for convolutions alone.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable
from typing import Any

#: module, function, and which of its arguments is the operation
_RUNNERS = (
    ("tensorflow.python.pywrap_tfe", "TFE_Py_FastPathExecute", 1),
    ("tensorflow.python.pywrap_tfe", "TFE_Py_Execute", 2),
    ("tensorflow.python.framework.op_def_library", "_apply_op_helper", 0),
)
#: operations of JAX that are watched
_PRIMITIVES = ("conv_general_dilated_p",)

#: are told the name of each operation that runs
_listeners: list[Callable[[str], None]] = []
_done: set[str] = set()


class PrimitiveWatch:
    """While entered, tells *on_call* of each operation that runs and is *wanted*.

    Args:
        wanted: whether a dotted name, such as ``tensorflow.raw_ops.Softmax``, is to be told.
    """

    def __init__(self, wanted: Callable[[str], bool], on_call: Callable[[str], None]) -> None:
        self._wanted = wanted
        self._on_call = on_call

    def __enter__(self) -> None:
        """Begin to watch."""
        for library, prepare in (("tensorflow", _watch_tensorflow), ("jax", _watch_jax)):
            if library in sys.modules and library not in _done:
                _done.add(library)
                # another version may have no such functions
                with contextlib.suppress(AttributeError, KeyError):
                    prepare()
        _listeners.append(self._tell)

    def __exit__(self, *error: object) -> None:
        """Stop watching."""
        _listeners.remove(self._tell)

    def _tell(self, name: str) -> None:
        if self._wanted(name):
            self._on_call(name)


def _watch_tensorflow() -> None:
    for module, name, place in _RUNNERS:
        function = getattr(sys.modules[module], name)
        setattr(sys.modules[module], name, _telling(function, place))


def _telling(function: Callable[..., Any], place: int) -> Callable[..., Any]:
    @functools.wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        if _listeners:
            name = args[place]
            name = name.decode() if isinstance(name, bytes) else name
            _listeners[-1](f"tensorflow.raw_ops.{name}")
        return function(*args, **kwargs)

    return told


def _watch_jax() -> None:
    for name in _PRIMITIVES:
        primitive = getattr(sys.modules["jax.lax"], name)
        primitive.bind = _bound(primitive.bind, name)


def _bound(bind: Callable[..., Any], name: str) -> Callable[..., Any]:
    def told(*args: Any, **kwargs: Any) -> Any:
        if _listeners:
            _listeners[-1](f"jax.lax.{name}")
        return bind(*args, **kwargs)

    return told


def is_tracing() -> bool:
    """Whether JAX or TensorFlow is compiling what runs, which later runs without being called."""
    jax: Any = sys.modules.get("jax._src.core")
    tensorflow: Any = sys.modules.get("tensorflow")
    with contextlib.suppress(AttributeError):
        if jax is not None and not jax.trace_state_clean():
            return True
    with contextlib.suppress(AttributeError):
        return tensorflow is not None and bool(tensorflow.inside_function())
    return False
