"""Framework adapters: convert arrays, differentiate, seed, for NumPy, PyTorch and JAX."""

from __future__ import annotations

import importlib
import os
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .finite_differences import Slopes, central_differences, slopes
from .values import DTYPES, Array, Unsendable, name_of

#: longdouble and clongdouble, by their characters: a name says how long they are on one machine
_ROUNDED = {"g": "float64", "G": "complex128"}


class DeviceMissing(Exception):
    """The requested device does not exist, or the framework cannot use it."""


class DeviceLost(Exception):
    """The device has failed permanently for this process."""


class ImmutableArray(Exception):
    """The framework's arrays cannot be changed in place."""


@dataclass(frozen=True, slots=True)
class Device:
    """The device that a submission computes on.

    Attributes:
        name: ``cpu`` or ``cuda``.

        allow_tf32: whether a GPU may round factors to ten bits of mantissa.

        memory_mb: limit on the GPU's own memory, in MiB; 0 means no limit.
    """

    name: str = "cpu"
    allow_tf32: bool = False
    memory_mb: int = 0


CPU = Device()

#: what optimizers and a few others of PyTorch import on first use, which takes as long as PyTorch
COMPILER = "torch._dynamo"


class NumpyAdapter:
    """NumPy: needs no conversion; gradients are central differences."""

    name = "numpy"
    float_dtype = "float64"
    autograd = False

    def __init__(self, device: Device = CPU) -> None:
        self.device = device
        if device.name != "cpu" and not self._has_device():
            raise DeviceMissing(device.name)

    def _has_device(self) -> bool:
        """Whether arrays can be on the device."""
        return False

    def check_device(self) -> None:
        """Raise DeviceLost if the device has failed permanently."""

    def on_device(self, value: Any) -> bool:
        """Whether *value* is on the inputs' device; true if it is no array of the framework."""
        return True

    def float_dtype_of(self, value: Any) -> Any:
        """Return the dtype of a floating-point array of the framework, None for anything else."""
        return None

    def array(self, data: Array, parameter: bool) -> Any:
        """Return an array of the framework with a copy of *data*."""
        return np.array(data)

    def filled(self, native: Any, data: Array) -> Any:
        """Return *native*, an array of the framework, with *data* put into it."""
        native[...] = data
        return native

    def neutral(self, value: Any) -> Array | None:
        """Return an array of the framework as a NumPy array, or None if it is not one."""
        return value if isinstance(value, np.ndarray) else None

    def write(self, array: Any, new: Array) -> None:
        """Change *array* in place; raises ImmutableArray, or ValueError if it is read-only."""
        if not isinstance(array, np.ndarray):
            raise ImmutableArray
        array[...] = new

    def is_recorded(self, value: Any) -> bool:
        """Whether the framework records what is computed from *value*, to differentiate it."""
        return False

    def recorded(
        self,
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        pull_back: Callable[[Sequence[Any]], Sequence[Any]],
    ) -> list[Any]:
        """Return *outputs* as if the framework had computed them from *inputs*.

        Args:
            pull_back: returns the gradient of each input for cotangents of all outputs.
        """
        return list(outputs)

    def vjp(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return the gradient of ``sum(cotangent * function(*args))`` for each argument."""
        return list(central_differences(function, args, cotangent))

    def slopes(
        self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any, seed: int
    ) -> list[Slopes | None]:
        """Return selected entries and directions of :meth:`vjp`."""
        if not self.autograd:
            return slopes(function, args, cotangent, seed)
        gradients = map(self.neutral, self.vjp(function, args, cotangent))
        return [None if g is None else Slopes.of(g, seed) for g in gradients]

    def parameters(self, value: Any) -> list[Any]:
        """Return the trainable arrays of a block."""
        return list(value.parameters())

    def seed(self, seed: int) -> None:
        """Seed every global generator that the learner's code may draw from."""
        random.seed(seed)
        np.random.seed(seed % 2**32)


class TorchAdapter(NumpyAdapter):
    """PyTorch: tensors on one device; gradients from autograd."""

    name = "torch"
    float_dtype = "float32"
    autograd = True

    def __init__(self, device: Device = CPU) -> None:
        self._torch = importlib.import_module("torch")
        super().__init__(device)
        if device.name != "cpu":
            self._set_up()

    def _has_device(self) -> bool:
        """Whether PyTorch finds the device."""
        return bool(self._torch.cuda.is_available())

    def _set_up(self) -> None:
        """Set the precision of products and initialise the GPU, before any check's clock runs."""
        torch, allowed = self._torch, self.device.allow_tf32
        # Two switches: cuBLAS (off by default) and cuDNN (on by default).
        torch.backends.cuda.matmul.allow_tf32 = allowed
        torch.backends.cudnn.allow_tf32 = allowed
        # Grading twice should give the same grade. Only warn if an operation has no deterministic
        # implementation: using one is not a mistake.
        torch.use_deterministic_algorithms(True, warn_only=True)
        try:
            self._wake()
        except (RuntimeError, AssertionError) as error:
            raise DeviceMissing(f"{self.device.name}: {error}") from None

    def _wake(self) -> None:
        """Use the GPU once, which takes seconds, and limit its memory."""
        cuda = self._torch.cuda
        if self.device.memory_mb:
            whole = cuda.get_device_properties(cuda.current_device()).total_memory
            cuda.set_per_process_memory_fraction(min(1.0, (self.device.memory_mb << 20) / whole))
        ones = self._torch.ones(2, 2, device=self.device.name)
        (ones @ ones).sum().item()

    def check_device(self) -> None:
        """Raise DeviceLost if the GPU has failed, for example after an index out of range."""
        if self.device.name == "cpu":
            return
        try:
            self._torch.cuda.synchronize()
        except RuntimeError as error:
            raise DeviceLost(str(error)) from None

    def on_device(self, value: Any) -> bool:
        """Whether *value* is not a tensor, is on the adapter's device, or is a single number.

        A single number on the CPU can be combined with tensors on any device.
        """
        tensor = isinstance(value, self._torch.Tensor) and value.dim() > 0
        return not tensor or value.device.type == self.device.name

    def float_dtype_of(self, value: Any) -> Any:
        """Return the dtype of a floating-point tensor, None for anything else."""
        floating = isinstance(value, self._torch.Tensor) and value.is_floating_point()
        return value.dtype if floating else None

    def array(self, data: Array, parameter: bool) -> Any:
        """Return a tensor on the adapter's device."""
        tensor = self._torch.from_numpy(np.array(data)).to(self.device.name)
        return tensor.requires_grad_(True) if parameter else tensor

    def filled(self, native: Any, data: Array) -> Any:
        """Return the tensor *native* with *data* put into it."""
        native.detach().copy_(self._torch.from_numpy(np.array(data)))
        return native

    def neutral(self, value: Any) -> Array | None:
        """Return a tensor's values; float types that NumPy lacks become float32."""
        if not isinstance(value, self._torch.Tensor):
            return None
        tensor = value.detach()
        if tensor.is_sparse or tensor.layout != self._torch.strided:
            tensor = tensor.to_dense()
        if tensor.is_floating_point() and str(tensor.dtype).removeprefix("torch.") not in DTYPES:
            tensor = tensor.float()
        return np.asarray(tensor.resolve_conj().resolve_neg().cpu().numpy())

    def write(self, array: Any, new: Array) -> None:
        """Change a tensor in place, without recording it."""
        if not isinstance(array, self._torch.Tensor):
            super().write(array, new)
            return
        with self._torch.no_grad():
            array.copy_(self._torch.from_numpy(new))

    def is_recorded(self, value: Any) -> bool:
        """Whether autograd records what is computed from *value*."""
        tensor = isinstance(value, self._torch.Tensor) and value.requires_grad
        return tensor and bool(self._torch.is_grad_enabled())

    def recorded(
        self,
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        pull_back: Callable[[Sequence[Any]], Sequence[Any]],
    ) -> list[Any]:
        """Return *outputs* as results of an operation whose derivative is *pull_back*."""
        once = self._torch.autograd.function.once_differentiable

        class Recorded(self._torch.autograd.Function):  # type: ignore[misc,name-defined]
            """The operation."""

            @staticmethod
            def forward(_context: Any, *_inputs: Any) -> Any:
                return tuple(outputs)

            @staticmethod
            @once  # type: ignore[untyped-decorator]  # PyTorch has no types here
            def backward(_context: Any, *cotangents: Any) -> Any:
                return tuple(pull_back(cotangents))

        return list(Recorded.apply(*inputs))

    def vjp(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return autograd's gradient for each floating-point argument, None for others."""
        torch = self._torch
        tensors = [
            a.detach().clone().requires_grad_(True)
            if isinstance(a, torch.Tensor) and a.is_floating_point()
            else a
            for a in args
        ]
        wanted = [t for t in tensors if isinstance(t, torch.Tensor) and t.requires_grad]
        with torch.enable_grad():
            outputs = function(*tensors)
        single = not isinstance(outputs, (tuple, list))
        pairs = [(outputs, cotangent)] if single else list(zip(outputs, cotangent, strict=True))
        upstream = [torch.as_tensor(c).to(output) for output, c in pairs]
        results = [output for output, _ in pairs]
        found = iter(torch.autograd.grad(results, wanted, upstream, allow_unused=True))
        return [next(found) if any(t is w for w in wanted) else None for t in tensors]

    def seed(self, seed: int) -> None:
        """Seed PyTorch's generators, too, including those of a GPU in use.

        ``torch.manual_seed`` is avoided: for each missing kind of device it records a traceback,
        which takes longer than most checks.
        """
        super().seed(seed)
        self._torch.default_generator.manual_seed(seed)
        if self.device.name != "cpu":
            self._torch.manual_seed(seed)


class JaxAdapter(NumpyAdapter):
    """JAX: immutable arrays on the CPU; gradients from ``jax.vjp``.

    float64 is enabled, because otherwise JAX would convert float64 inputs to float32.
    """

    name = "jax"
    float_dtype = "float32"
    autograd = True

    def __init__(self, device: Device = CPU) -> None:
        super().__init__(device)
        os.environ.setdefault("JAX_PLATFORMS", "cpu")
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


_ADAPTERS: dict[str, type[NumpyAdapter]] = {
    adapter.name: adapter for adapter in (NumpyAdapter, TorchAdapter, JaxAdapter)
}

#: default dtype of a check's random inputs, by framework
FLOAT_DTYPES = {name: adapter.float_dtype for name, adapter in _ADAPTERS.items()}


def adapter_for(framework: str, device: Device = CPU) -> NumpyAdapter:
    """Return the adapter of *framework*.

    Raises:
        ImportError: the framework is not installed.

        DeviceMissing: the framework cannot use the device.
    """
    if framework not in _ADAPTERS:
        raise ImportError(f"{framework} submissions cannot be run here")
    return _ADAPTERS[framework](device)


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
