"""MXNet 1.9.1: ``mx.np`` arrays, or ``mx.nd`` arrays for code of before, on the CPU.

Its wheels for GPUs end at CUDA 11.2, so no device is offered.
"""

from __future__ import annotations

import ctypes
import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .. import mxnet_import
from ..blocks.gluon_blocks import GluonBlocks
from ..finite_differences import central_differences
from ..values import Array
from .numpy_adapter import CPU, Device, NumpyAdapter

#: what code with legacy arrays imports or names, and what code with those of NumPy's manner does
_LEGACY = re.compile(
    r"^[^#\n]*(?:\bmx(?:net)?\.nd\b|\bmxnet\.ndarray\b|\bmxnet\s+import\b[^#\n]*\bnd(?:array)?\b)",
    re.MULTILINE,
)
_NUMPY = re.compile(
    r"^[^#\n]*(?:\bset_np\b|\bmx(?:net)?\.np\b|\bmxnet\.numpy\b|\bmxnet\s+import\b[^#\n]*\bnpx?\b)",
    re.MULTILINE,
)
#: dtypes that MXNet has
_DTYPES = frozenset(
    ["bool", "int8", "int32", "int64", "uint8", "float16", "float32", "float64"],
)


class MxnetAdapter(NumpyAdapter):
    """MXNet: mutable arrays on the CPU; gradients from ``autograd.record``.

    Where that records nothing or refuses, such as an item assigned while recording, gradients are
    central differences.
    """

    name = "mxnet"
    float_dtype = "float32"
    autograd = True

    def __init__(self, device: Device = CPU) -> None:
        mxnet_import.allow()
        self._mx = _imported()
        super().__init__(device)
        #: whether the submission is written for arrays of before
        self.legacy = False

    def _blocks(self) -> GluonBlocks:
        return GluonBlocks(self, self._mx)

    def read(self, texts: Sequence[str]) -> None:
        """Take from the submission's code which kind of arrays it is written for."""
        has = [any(map(pattern.search, texts)) for pattern in (_LEGACY, _NUMPY)]
        self.legacy = has == [True, False]

    def prepare(self) -> None:
        """Turn on the semantics of the submission's arrays, as ``npx.set_np`` does.

        Even legacy arrays get NumPy's shapes, because inputs may be 0-d or empty.
        """
        self._mx.util.set_np(shape=True, array=not self.legacy)

    def float_dtype_of(self, value: Any) -> Any:
        """Return the dtype of a floating-point array, None for anything else."""
        floating = self._is_array(value) and np.dtype(value.dtype).kind == "f"
        return np.dtype(value.dtype) if floating else None

    def array(self, data: Array, parameter: bool) -> Any:
        """Return an array of MXNet; of NumPy, if MXNet lacks the dtype."""
        if data.dtype.name not in _DTYPES:
            return np.array(data)
        array = self._made(np.array(data), self.legacy)
        if parameter:
            array.attach_grad()
        return array

    def trained(self, data: Array, gradient: Array | None) -> Any:
        """Return an array with a gradient attached; without one, if it has none."""
        parameter = self.array(data, gradient is not None)
        if gradient is not None:
            self.refill_gradient(parameter, gradient)
        return parameter

    def refill_gradient(self, parameter: Any, gradient: Array) -> None:
        """Put *gradient* into the memory that is attached: another one cannot be attached."""
        self.write(parameter.grad, gradient)

    def filled(self, native: Any, data: Array) -> Any:
        """Return the array *native* with *data* put into it."""
        self.write(native, data)
        return native

    def neutral(self, value: Any) -> Array | None:
        """Return the values of an array or of a trainable parameter."""
        if isinstance(value, self._mx.gluon.Parameter):
            value = value.data()
        if not self._is_array(value):
            return None
        dense = value if value.stype == "default" else value.tostype("default")
        return np.asarray(dense.asnumpy())

    def write(self, array: Any, new: Array) -> None:
        """Change an array in place, without recording it."""
        if not self._is_array(array):
            super().write(array, new)
            return
        with self._mx.autograd.pause():
            array[() if array.ndim == 0 else slice(None)] = new

    def is_recorded(self, value: Any) -> bool:
        """Whether autograd records what is computed from *value*."""
        return self._is_array(value) and bool(self._mx.autograd.is_recording())

    def recorded(
        self,
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        pull_back: Callable[[Sequence[Any]], Sequence[Any]],
    ) -> list[Any]:
        """Return *outputs* as results of an operation whose derivative is *pull_back*."""

        class Recorded(self._mx.autograd.Function):  # type: ignore[misc,name-defined]
            """The operation."""

            def forward(self, *_inputs: Any) -> Any:
                return tuple(outputs)

            def backward(self, *cotangents: Any) -> Any:
                found = zip(pull_back(cotangents), inputs, strict=True)
                return tuple(a.zeros_like() if g is None else g for g, a in found)

        found = Recorded()(*inputs)
        return list(found) if isinstance(found, (list, tuple)) else [found]

    def vjp(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return the gradient for each floating-point argument, None for others."""
        try:
            return self._by_autograd(function, args, cotangent)
        except Exception:  # the function's own are raised again below
            return self._by_differences(function, args, cotangent)

    def _by_autograd(
        self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any
    ) -> list[Any]:
        arrays = [a if self.float_dtype_of(a) is None else a.copy() for a in args]
        wanted = [a for a, given in zip(arrays, args, strict=True) if a is not given]
        for array in wanted:
            array.attach_grad()
        with self._mx.autograd.record():
            outputs = function(*arrays)
        single = not isinstance(outputs, (tuple, list))
        pairs = [(outputs, cotangent)] if single else list(zip(outputs, cotangent, strict=True))
        heads = [output for output, _ in pairs]
        # MXNet would take the memory of a cotangent of another shape as if it were of this one
        upstream = [self.like(c, output) for output, c in pairs]
        self._mx.autograd.backward(heads, upstream)
        return [a.grad if any(a is one for one in wanted) else None for a in arrays]

    def like(self, cotangent: Any, output: Any) -> Any:
        """Return *cotangent* as an array like *output*; raises ValueError if its shape differs."""
        array = self.neutral(cotangent)
        array = np.asarray(cotangent) if array is None else array
        if array.shape != output.shape:
            raise ValueError("result and cotangent have different shapes")
        legacy = not isinstance(output, self._mx.np.ndarray)
        return self._made(array.astype(output.dtype), legacy)

    def _made(self, data: Array, legacy: bool) -> Any:
        # mx.nd.array asks SciPy for what is going to be removed
        make = self._mx.nd.ndarray.array if legacy else self._mx.np.array
        return make(data, dtype=data.dtype.name)

    def _by_differences(
        self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any
    ) -> list[Any]:
        def of_neutral(*values: Any) -> Any:
            natives = [self.array(v, False) if isinstance(v, np.ndarray) else v for v in values]
            outputs = function(*natives)
            if isinstance(outputs, (tuple, list)):
                return [self._or_itself(output) for output in outputs]
            return self._or_itself(outputs)

        neutral = [self._or_itself(a) for a in args]
        weights = (
            [self._or_itself(c) for c in cotangent]
            if isinstance(cotangent, (tuple, list))
            else self._or_itself(cotangent)
        )
        found = central_differences(of_neutral, neutral, weights)
        pairs = zip(found, neutral, strict=True)
        return [None if g is None else self.array(g.astype(a.dtype), False) for g, a in pairs]

    def _or_itself(self, value: Any) -> Any:
        array = self.neutral(value)
        return value if array is None else array

    def seed(self, seed: int) -> None:
        """Seed MXNet's generators, too."""
        super().seed(seed)
        self._mx.random.seed(seed % 2**31)

    def _is_array(self, value: Any) -> bool:
        return isinstance(value, self._mx.nd.NDArray)


def _imported() -> Any:
    """Return MXNet; raises ImportError with what it lacks to be imported, and the command."""
    try:
        return importlib.import_module("mxnet")
    except OSError as error:
        command = "apt-get install libquadmath0 libgomp1"
        raise ImportError(f"mxnet lacks a library ({error}); on Debian, run {command}") from None
    except ModuleNotFoundError as error:
        if error.name != "distutils":
            raise
        command = "pip install 'setuptools<80'"
        text = f"mxnet needs distutils, which Python no longer has; run {command}"
        raise ImportError(text) from None


class Generator:
    """The state of MXNet's generators, which cannot be read: a seed from which nothing was drawn.

    Reading draws, and compares with what that seed gives; then it seeds again.
    """

    def __init__(self) -> None:
        self._seed: int | None = None
        self._first: bytes = b""

    def read(self, mxnet: Any) -> int:
        """Return the seed; a new one if something was drawn or seeded since the last reading."""
        drawn = self._draw(mxnet)
        if self._seed is None or drawn != self._first:
            self._seed = int.from_bytes(drawn[:4], "little") % 2**31
        self.write(mxnet, self._seed)
        return self._seed

    def write(self, mxnet: Any, seed: int) -> None:
        """Seed the generators such that *seed* is read."""
        mxnet.random.seed(seed)
        self._seed, self._first = seed, self._draw(mxnet)
        mxnet.random.seed(seed)

    @staticmethod
    def _draw(mxnet: Any) -> bytes:
        """Return numbers from both generators: of legacy operators and of others."""
        legacy = mxnet.nd.random.uniform(shape=4).asnumpy()
        return bytes(legacy.tobytes() + mxnet.np.random.uniform(size=4).asnumpy().tobytes())


def address(mxnet: Any, array: Any) -> int:
    """Return where the memory of an *array* begins."""
    pointer = ctypes.c_void_p()
    mxnet.base.check_call(mxnet.base._LIB.MXNDArrayGetData(array.handle, ctypes.byref(pointer)))
    return pointer.value or 0
