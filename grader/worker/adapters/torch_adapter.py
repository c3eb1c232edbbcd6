"""PyTorch: tensors on the CPU or a GPU."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..blocks.torch_blocks import TorchBlocks
from ..values import DTYPES, Array
from .numpy_adapter import CPU, Device, DeviceLost, DeviceMissing, NumpyAdapter


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

    def _blocks(self) -> TorchBlocks:
        return TorchBlocks(self, self._torch)

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

    def trained(self, data: Array, gradient: Array | None) -> Any:
        """Return a leaf tensor as autograd leaves it after a backward pass."""
        parameter = self.array(data, True)
        parameter.grad = None if gradient is None else self.array(gradient, False)
        return parameter

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
