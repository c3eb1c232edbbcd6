"""A GPU that is none: tensors that lie in the host's memory and say that they are on ``cuda:0``.

While a :class:`FakeDevice` is entered, PyTorch's functions keep tensors of the two devices apart as
a real one does: who mixes them gets PyTorch's own error, and NumPy cannot see what is on the GPU.
What it cannot pretend is arithmetic of a GPU, its driver and its memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

_GPU = torch.device("cuda:0")
_CPU = torch.device("cpu")
_MARK = "_gradproof_on_gpu"
_MIXED = (
    "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!"
)
_BAD_INDEX = "indices should be either on cpu or on the same device as the indexed tensor (cpu)"
_TO_NUMPY = (
    "can't convert cuda:0 device type tensor to numpy. "
    "Use Tensor.cpu() to copy the tensor to host memory first."
)
#: copy between devices, whatever they are given
_COPYING = {"copy_", "__setitem__"}
_INDEXING = {"__getitem__", "__setitem__"}


def on_gpu(tensor: Any) -> bool:
    """Whether a tensor pretends to be on the GPU."""
    return bool(tensor.__dict__.get(_MARK, False))


def _tensors(value: Any) -> Iterator[Any]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)
    elif isinstance(value, dict):
        yield from _tensors(list(value.values()))


def _marked(value: Any, gpu: bool) -> Any:
    for tensor in _tensors(value):
        tensor.__dict__[_MARK] = gpu
    return value


class FakeDevice(torch.overrides.TorchFunctionMode):
    """Pretends, while it is entered, that there is a GPU.

    Attributes:
        wrong: by the name of one of PyTorch's functions, what the GPU makes of its right result.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wrong: dict[str, Callable[[Any], Any]] = {}

    def __torch_function__(
        self, function: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Carry out one of PyTorch's functions as if there were a GPU."""
        kwargs = dict(kwargs or {})
        name = getattr(function, "__name__", "")
        if name == "__get__":
            return self._attribute(function, args)
        if name in ("cuda", "cpu", "to", "numpy", "__array__"):
            return self._moved(name, function, args, kwargs)
        device = kwargs.pop("device", None)
        if device is not None:
            return _marked(function(*args, **kwargs), torch.device(device).type == "cuda")
        gpu = self._common_device(name, args, kwargs)
        result = function(*args, **kwargs)
        if gpu and name in self.wrong:
            result = self.wrong[name](result)
        return result if name in _COPYING else _marked(result, gpu)

    def _attribute(self, function: Any, args: Any) -> Any:
        (tensor, *_rest) = args
        attribute = getattr(function.__self__, "__name__", "")
        if attribute == "device" and on_gpu(tensor):
            return _GPU
        if attribute == "is_cuda":
            return on_gpu(tensor)
        value = function(*args)
        return _marked(value, on_gpu(tensor)) if isinstance(value, torch.Tensor) else value

    def _moved(self, name: str, function: Any, args: Any, kwargs: dict[str, Any]) -> Any:
        tensor, *rest = args
        if name in ("numpy", "__array__"):
            if on_gpu(tensor):
                raise TypeError(_TO_NUMPY)
            return function(*args, **kwargs)
        gpu = name == "cuda" or (name == "to" and on_gpu(tensor))
        if name == "to":
            targets = [*rest, kwargs.pop("device", None)]
            for target in targets:
                if isinstance(target, torch.Tensor):
                    gpu = on_gpu(target)
                elif isinstance(target, (str, torch.device)):
                    gpu = torch.device(target).type == "cuda"
            rest = [t for t in rest if not isinstance(t, (str, torch.device))]
        stays = gpu == on_gpu(tensor)
        result = tensor.to(*rest, **kwargs) if rest or kwargs else tensor
        # A tensor that does not move is itself; a move makes a copy, which autograd sees.
        return result if stays and result is tensor else _marked(result.clone(), gpu)

    def _common_device(self, name: str, args: Any, kwargs: dict[str, Any]) -> bool:
        """Return whether the result is on the GPU; raises PyTorch's error if devices are mixed."""
        tensors = list(_tensors([args, kwargs]))
        if not tensors:
            return False
        gpu = any(map(on_gpu, tensors))
        if name in _INDEXING:
            indexed, index = args[0], list(_tensors(args[1]))
            if not on_gpu(indexed) and any(map(on_gpu, index)):
                raise RuntimeError(_BAD_INDEX)
            return on_gpu(indexed)
        if name in _COPYING:
            return on_gpu(args[0])
        # A single number on the CPU goes with tensors of any device.
        if gpu and not all(on_gpu(t) or t.dim() == 0 for t in tensors):
            raise RuntimeError(_MIXED)
        return gpu


@pytest.fixture
def fake_device(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeDevice]:
    """Let there be a GPU that is none; leave PyTorch's switches as they were."""
    cuda, backends = torch.cuda, torch.backends
    switches = backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32
    repeatable = torch.are_deterministic_algorithms_enabled()
    monkeypatch.setattr(cuda, "is_available", lambda: True)
    monkeypatch.setattr(cuda, "synchronize", lambda *_: None)
    with FakeDevice() as device:
        yield device
    backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32 = switches
    torch.use_deterministic_algorithms(repeatable)
