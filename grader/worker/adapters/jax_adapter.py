"""JAX: arrays that cannot change, on the CPU."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..blocks.jax_blocks import JaxBlocks
from ..quick_compiler import compile_quickly
from ..values import DTYPES, Array, with_parts
from .numpy_adapter import CPU, Device, NumpyAdapter


class Trained:
    """A parameter: JAX's arrays have no attributes and cannot change, those of an object can.

    Attributes:
        value: the array.

        grad: its gradient, None if there is none.
    """

    def __init__(self, value: Any, grad: Any) -> None:
        self.value = value
        self.grad = grad


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
        self.prepare()

    def prepare(self) -> None:
        """Enable float64 and int64; a notebook has its own setting back after each check."""
        self._jax.config.update("jax_enable_x64", True)

    def _blocks(self) -> JaxBlocks:
        return JaxBlocks(self)

    def array(self, data: Array, parameter: bool) -> Any:
        """Return a JAX array."""
        return self._jax.numpy.array(data)

    def trained(self, data: Array, gradient: Array | None) -> Any:
        """Return an object with the attributes ``value`` and ``grad``."""
        return Trained(
            self.array(data, True), None if gradient is None else self.array(gradient, False)
        )

    def filled(self, native: Any, data: Array) -> Any:
        """Return a new JAX array, because *native* cannot change unless it is an object."""
        if isinstance(native, Trained):
            native.value = self.array(data, False)
            return native
        return self.array(data, False)

    def neutral(self, value: Any) -> Array | None:
        """Return a JAX array's values; float types that NumPy lacks become float32."""
        if isinstance(value, Trained):
            value = value.value
        if not isinstance(value, self._jax.Array):
            return None
        array = np.asarray(value)
        known = array.dtype.name in DTYPES or not self.is_floating(value)
        return array if known else array.astype(np.float32)

    def is_traced(self, value: Any) -> bool:
        """Whether JAX traces *value*, to compile or differentiate what is computed from it."""
        return isinstance(value, self._jax.core.Tracer)

    def called_back(
        self,
        function: Callable[..., Any],
        pull_back: Callable[[Sequence[Any], Any], Sequence[Any]],
        args: Sequence[Any],
    ) -> Any:
        """Return the results of a callback, with a gradient that is a callback, too."""
        jax = self._jax
        given = jax.tree.map(lambda a: jax.ShapeDtypeStruct(a.shape, a.dtype), list(args))
        floating = [bool(jax.numpy.issubdtype(a.dtype, np.floating)) for a in given]
        example = function(*[np.zeros(a.shape, a.dtype) for a in given])
        made = jax.tree.map(
            lambda a: jax.ShapeDtypeStruct(np.shape(a), np.asarray(a).dtype), example
        )
        one_by_one = "sequential"

        @jax.custom_vjp  # type: ignore[untyped-decorator]
        def called(*values: Any) -> Any:
            return jax.pure_callback(function, made, *values, vmap_method=one_by_one)

        def gradients(values: Any, cotangent: Any) -> list[Any]:
            every = zip(pull_back(values, _numpys(cotangent)), given, floating, strict=True)
            return [
                np.zeros(a.shape, a.dtype) if g is None else np.asarray(g, a.dtype)
                for g, a, wanted in every
                if wanted
            ]

        def backward(values: Any, cotangent: Any) -> Any:
            wanted = [a for a, is_floating in zip(given, floating, strict=True) if is_floating]
            found = iter(
                jax.pure_callback(gradients, wanted, values, cotangent, vmap_method=one_by_one)
            )
            # what is no float has no slope
            return tuple(
                next(found) if is_floating else np.zeros(a.shape, jax.dtypes.float0)
                for a, is_floating in zip(given, floating, strict=True)
            )

        called.defvjp(lambda *values: (called(*values), values), backward)
        return called(*args)

    def vjp(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return JAX's gradient for each floating-point argument, None for others."""
        floating = [i for i, a in enumerate(args) if self.is_floating(a)]

        def of_floating(*values: Any) -> Any:
            given = dict(zip(floating, values, strict=True))
            return function(*[given.get(i, a) for i, a in enumerate(args)])

        outputs, pull_back = self._jax.vjp(of_floating, *[args[i] for i in floating])
        upstream = self._jax.tree.map(
            lambda output, c: self._jax.numpy.asarray(c, output.dtype), outputs, cotangent
        )
        found = dict(zip(floating, pull_back(upstream), strict=True))
        return [found.get(i) for i in range(len(args))]

    def is_floating(self, value: Any) -> bool:
        """Whether *value* is an array of floating-point numbers of JAX."""
        array = isinstance(value, self._jax.Array)
        return array and bool(self._jax.numpy.issubdtype(value.dtype, np.floating))


def _numpys(value: Any) -> Any:
    return with_parts(value, np.asarray)
