"""Framework adapters: convert arrays, differentiate, seed; a module for each framework."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from ..values import DTYPES, Array, Unsendable, name_of
from .jax_adapter import JaxAdapter
from .mxnet_adapter import MxnetAdapter
from .numpy_adapter import (
    CPU,
    Device,
    DeviceLost,
    DeviceMissing,
    ImmutableArray,
    NumpyAdapter,
)
from .tensorflow_adapter import TensorflowAdapter
from .torch_adapter import TorchAdapter

__all__ = [
    "CPU",
    "FLOAT_DTYPES",
    "INSTALLED_BY",
    "PATIENCE",
    "Device",
    "DeviceLost",
    "DeviceMissing",
    "ImmutableArray",
    "JaxAdapter",
    "MxnetAdapter",
    "NumpyAdapter",
    "TensorflowAdapter",
    "TorchAdapter",
    "adapter_for",
    "to_array",
]

#: longdouble and clongdouble, by their characters: a name says how long they are on one machine
_ROUNDED = {"g": "float64", "G": "complex128"}

_ADAPTERS: dict[str, type[NumpyAdapter]] = {
    adapter.name: adapter
    for adapter in (NumpyAdapter, TorchAdapter, TensorflowAdapter, JaxAdapter, MxnetAdapter)
}

#: what installs a framework where an extra cannot: this release of MXNet asks for an old NumPy
INSTALLED_BY = {
    "mxnet": ("pip install requests graphviz==0.8.4", "pip install --no-deps mxnet==1.9.1"),
}

#: default dtype of a check's random inputs, by framework
FLOAT_DTYPES = {name: adapter.float_dtype for name, adapter in _ADAPTERS.items()}
#: how many times the time limit submissions have, by framework
PATIENCE = {name: adapter.patience for name, adapter in _ADAPTERS.items()}


def adapter_for(framework: str, device: Device = CPU) -> NumpyAdapter:
    """Return the adapter of *framework*.

    Raises:
        ImportError: the framework is not installed; with the command that installs it.

        DeviceMissing: the framework cannot use the device.
    """
    if framework not in _ADAPTERS:
        raise ImportError(f"{framework} submissions cannot be run here")
    try:
        return _ADAPTERS[framework](device)
    except ModuleNotFoundError as error:
        if error.name != framework:
            raise
        commands = INSTALLED_BY.get(framework, (f'pip install "gradproof[{framework}]"',))
        text = f"{framework} is not installed; run {' && '.join(commands)}"
        raise ImportError(text) from None


def to_array(value: Any, adapter: NumpyAdapter) -> Array | None:
    """Return *value* as a NumPy array if it is an array of NumPy, the adapter or PyTorch.

    What is longer than float64, and differs between machines, is rounded to it.
    """
    array: Array | None
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.asarray(value)
    else:
        array = adapter.neutral(value)
        if array is None and "torch" in sys.modules and adapter.name != "torch":
            array = TorchAdapter().neutral(value)
    if array is not None and array.dtype.char in _ROUNDED:
        array = array.astype(_ROUNDED[array.dtype.char])
    if array is not None and name_of(array.dtype) not in DTYPES:
        raise Unsendable(f"an array of dtype {array.dtype}")
    return array
