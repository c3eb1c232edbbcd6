"""JAX: arrays that cannot change, on the CPU."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..quick_compiler import compile_quickly
from ..values import DTYPES, Array
from .numpy_adapter import CPU, Device, NumpyAdapter


class JaxAdapter(NumpyAdapter):
    """JAX: immutable arrays on the CPU; gradients from ``jax.vjp``.

    float64 is enabled, because otherwise JAX would convert float64 inputs to float32.
    """

    name = "jax"
    float_dtype = "float32"
    autograd = True
    patience = 4.0  # it compiles every operation for every shape
    changes_arrays = False

    def __init__(self, device: Device = CPU) -> None:
        super().__init__(device)
        os.environ.setdefault("JAX_PLATFORMS", "cpu")
        compile_quickly()
        self._jax = importlib.import_module("jax")
        self._jax.config.update("jax_enable_x64", True)

    def array(self, data: Array, parameter: bool) -> Any:
        """Return a JAX array."""
        return self._jax.numpy.array(data)

    def filled(self, native: Any, data: Array) -> Any:
        """Return a new JAX array: *native* cannot change."""
        return self.array(data, False)

    def neutral(self, value: Any) -> Array | None:
        """Return a JAX array's values; float types that NumPy lacks become float32."""
        if not isinstance(value, self._jax.Array):
            return None
        array = np.asarray(value)
        known = array.dtype.name in DTYPES or not self._is_floating(value)
        return array if known else array.astype(np.float32)

    def vjp(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return JAX's gradient for each floating-point argument, None for others."""
        floating = [i for i, a in enumerate(args) if self._is_floating(a)]

        def of_floating(*values: Any) -> Any:
            given = dict(zip(floating, values, strict=True))
            return function(*[given.get(i, a) for i, a in enumerate(args)])

        outputs, pull_back = self._jax.vjp(of_floating, *[args[i] for i in floating])
        upstream = self._jax.tree.map(
            lambda output, c: self._jax.numpy.asarray(c, output.dtype), outputs, cotangent
        )
        found = dict(zip(floating, pull_back(upstream), strict=True))
        return [found.get(i) for i in range(len(args))]

    def _is_floating(self, value: Any) -> bool:
        array = isinstance(value, self._jax.Array)
        return array and bool(self._jax.numpy.issubdtype(value.dtype, np.floating))
