"""Side effects of a call: memory shared with arguments, and changes to global state."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .adapters.mxnet_adapter import Generator, address
from .adapters.tensorflow_adapter import read_generator, write_generator
from .values import parts


@dataclass(frozen=True, slots=True)
class _State:
    """A piece of global state.

    Attributes:
        module: the module it belongs to; the state exists only if that is imported.
    """

    module: str
    read: Callable[[Any], Any]
    write: Callable[[Any, Any], object]


_generator = Generator()
_GENERATORS = {
    "random": _State("random", lambda m: m.getstate(), lambda m, v: m.setstate(v)),
    "numpy.random": _State(
        "numpy", lambda m: m.random.get_state(), lambda m, v: m.random.set_state(v)
    ),
    "torch.random": _State(
        "torch", lambda m: m.random.get_rng_state(), lambda m, v: m.random.set_rng_state(v)
    ),
    "tf.random": _State("tensorflow", read_generator, write_generator),
    "mx.random": _State("mxnet", _generator.read, _generator.write),
}
_MODES = {
    "numpy.seterr": _State("numpy", lambda m: m.geterr(), lambda m, v: m.seterr(**v)),
    "torch.set_grad_enabled": _State(
        "torch", lambda m: m.is_grad_enabled(), lambda m, v: m.set_grad_enabled(v)
    ),
    "torch.set_default_dtype": _State(
        "torch", lambda m: m.get_default_dtype(), lambda m, v: m.set_default_dtype(v)
    ),
    "tf.config.run_functions_eagerly": _State(
        "tensorflow",
        lambda m: m.config.functions_run_eagerly(),
        lambda m, v: m.config.run_functions_eagerly(v),
    ),
    "keras.config.set_floatx": _State(
        "keras", lambda m: m.config.floatx(), lambda m, v: m.config.set_floatx(v)
    ),
    "keras.config.set_dtype_policy": _State(
        "keras", lambda m: m.config.dtype_policy().name, lambda m, v: m.config.set_dtype_policy(v)
    ),
    "autograd.record": _State(
        "mxnet", lambda m: m.autograd.is_recording(), lambda m, v: m.autograd.set_recording(v)
    ),
    "autograd.train_mode": _State(
        "mxnet", lambda m: m.autograd.is_training(), lambda m, v: m.autograd.set_training(v)
    ),
    "jax_enable_x64": _State(
        "jax", lambda m: m.config.jax_enable_x64, lambda m, v: m.config.update("jax_enable_x64", v)
    ),
}
_STATES = _GENERATORS | _MODES

#: attributes of a tensor that count as states
ATTRIBUTES = frozenset({"requires_grad", "grad"})
#: all names that :func:`changed_by` may return, as learners know them
STATES = frozenset(_STATES) | ATTRIBUTES

#: saved states, by name
Found = dict[str, Any]


def modes() -> Found:
    """Return the global settings, without the random generators."""
    return _read(_MODES)


def restore(before: Found) -> list[str]:
    """Restore the states in *before*; return the names of those that had changed."""
    changed = []
    for name, value in before.items():
        state = _STATES[name]
        module = sys.modules[state.module]
        if not _same(state.read(module), value):
            changed.append(name)
            state.write(module, value)
    return changed


@contextmanager
def keeping_modes() -> Iterator[None]:
    """Restore the global settings at the end."""
    before = modes()
    try:
        yield
    finally:
        restore(before)


def changed_by(call: Callable[[], object], settled: Found, arrays: Sequence[Any] = ()) -> list[str]:
    """Make a *call*; return the names of the states it has changed, and restore them.

    Args:
        settled: the expected modes; changes by earlier calls are reported, too.

        arrays: whose ``requires_grad`` and ``grad`` count as states.
    """
    before = _read(_STATES) | settled
    attributes = _attributes(arrays)
    try:
        call()
    finally:
        changed = restore(before)
    return changed + [name for name, kept in attributes if not kept()]


def _attributes(arrays: Sequence[Any]) -> list[tuple[str, Callable[[], bool]]]:
    """Return, for tensors among *arrays*, names of attributes and whether each is as it is now.

    Trainable ones of PyTorch get a gradient first, as after a backward pass; others, and arrays of
    MXNet, have none to begin with, and are to have none.
    """
    torch, mxnet = sys.modules.get("torch"), sys.modules.get("mxnet")
    attributes: list[tuple[str, Callable[[], bool]]] = []
    for tensor in arrays:
        if mxnet is not None and isinstance(tensor, mxnet.nd.NDArray):
            attributes.append(("grad", partial(_has_gradient, tensor, tensor.grad is not None)))
        if torch is None or not isinstance(tensor, torch.Tensor):
            continue
        trainable = tensor.requires_grad
        attributes.append(("requires_grad", partial(_has_flag, tensor, trainable)))
        if trainable and tensor.is_leaf:
            tensor.grad = torch.ones_like(tensor)
            attributes.append(("grad", partial(_is_ones, tensor)))
        elif not trainable:
            attributes.append(("grad", partial(_has_gradient, tensor, tensor.grad is not None)))
    return attributes


def _has_gradient(tensor: Any, there: bool) -> bool:
    return (tensor.grad is not None) is there


def _has_flag(tensor: Any, trainable: bool) -> bool:
    return bool(tensor.requires_grad) is trainable


def _is_ones(tensor: Any) -> bool:
    return tensor.grad is not None and bool((tensor.grad == 1).all())


def changed_unrecorded(call: Callable[[], object]) -> list[str]:
    """Make a *call* where PyTorch records no gradients; return what records them afterwards."""
    torch = sys.modules.get("torch")
    if torch is None:
        return []
    recording = _MODES["torch.set_grad_enabled"]
    before = _read(_STATES)
    recording.write(torch, False)
    try:
        call()
    except Exception:
        return []  # It may need the gradients that it computes itself.
    else:
        return ["torch.set_grad_enabled"] if recording.read(torch) else []
    finally:
        restore(before)


def _read(states: dict[str, _State]) -> Found:
    found: Found = {}
    for name, state in states.items():
        if state.module in sys.modules:
            # A module whose import has failed may be there in part.
            with suppress(AttributeError):
                found[name] = state.read(sys.modules[state.module])
    return found


def shared(inputs: Sequence[Any], result: Any) -> list[int]:
    """Return the indices of the *inputs* that share memory with an array in *result*.

    JAX arrays and TensorFlow's tensors do not count: nobody can change them.
    """
    taken = [span for span in map(_span, parts(result)) if span]
    return [
        number
        for number, span in enumerate(map(_span, inputs))
        if span and any(span.start < other.stop and other.start < span.stop for other in taken)
    ]


def _span(value: Any) -> range | None:
    """Return the memory range of an array of NumPy, PyTorch or MXNet; None for anything else.

    A variable of TensorFlow shares its memory with nothing but itself: it has a range of its own.
    """
    if isinstance(value, np.ndarray) and value.size:
        first = value.__array_interface__["data"][0]
        reach = [(n - 1) * stride for n, stride in zip(value.shape, value.strides, strict=True)]
        last = first + sum(max(0, r) for r in reach) + value.itemsize
        return range(first + sum(min(0, r) for r in reach), last)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor) and value.layout == torch.strided:
        storage = value.untyped_storage()
        return range(storage.data_ptr(), storage.data_ptr() + storage.nbytes())
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None and isinstance(value, tensorflow.Variable):
        return range(-1 - id(value), -id(value))  # where no memory is
    mxnet = sys.modules.get("mxnet")
    if mxnet is not None and isinstance(value, mxnet.nd.NDArray) and value.size:
        first = address(mxnet, value)
        return range(first, first + value.size * np.dtype(value.dtype).itemsize)
    return None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(_same(a, b) for a, b in pairs)
    alike = one == other
    return bool(alike.all()) if hasattr(alike, "all") else bool(alike)
