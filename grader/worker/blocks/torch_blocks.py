"""Blocks of PyTorch: ``nn.Module``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..values import Array
from .plain_blocks import PlainBlocks


class TorchBlocks(PlainBlocks):
    """Blocks of PyTorch: saved as ``state_dict``, gradients from autograd."""

    def __init__(self, adapter: Any, torch: Any) -> None:
        super().__init__(adapter)
        self._torch = torch

    def ready(self, value: Any) -> Any:
        """Return the object as it is: PyTorch knows its parameters."""
        return value

    def widened(self, value: Any) -> Any:
        """Return a module with its parameters in float64."""
        return value.double() if self._is_module(value) else value

    def parameters(self, block: Any) -> list[Any]:
        """Return the parameters of a module, or what a method of this name gives."""
        return list(block.parameters())

    def state(self, block: Any) -> list[Any]:
        """Return the tensors in ``state_dict``."""
        if not callable(getattr(block, "state_dict", None)):
            return self.parameters(block)
        return list(self._saved(block).values())

    def restore(self, block: Any, arrays: Sequence[Array]) -> None:
        """Load the tensors by ``load_state_dict``."""
        if not callable(getattr(block, "load_state_dict", None)):
            self.set_parameters(block, arrays)
            return
        saved = self._saved(block)
        self._fit(list(saved.values()), arrays)
        new = [self.adapter.array(np.array(array), False) for array in arrays]
        block.load_state_dict({**block.state_dict(), **dict(zip(saved, new, strict=True))})

    def load(self, block: Any, other: Any) -> None:
        """Load the ``state_dict`` of an equal module as it is, tensors and all."""
        if not all(callable(getattr(one, "state_dict", None)) for one in (block, other)):
            super().load(block, other)
            return
        block.load_state_dict(other.state_dict())

    def gradients(self, block: Any, args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return autograd's gradient for each parameter, None where it has none."""
        torch = self._torch
        known = self.parameters(block)
        with torch.enable_grad():
            output = self.call(block)(*args)
        wanted = [one for one in known if one.requires_grad]
        if not wanted or not output.requires_grad:
            return [None] * len(known)
        upstream = torch.as_tensor(cotangent).to(output)
        found = iter(torch.autograd.grad(output, wanted, upstream, allow_unused=True))
        return [next(found) if one.requires_grad else None for one in known]

    def _saved(self, block: Any) -> dict[str, Any]:
        tensor = self._torch.Tensor
        return {key: one for key, one in block.state_dict().items() if isinstance(one, tensor)}

    def _is_module(self, value: Any) -> bool:
        return isinstance(value, self._torch.nn.Module)

    def _kinds(self) -> dict[str, Callable[..., Any]]:
        torch = self._torch
        nn = torch.nn

        class Affine(nn.Module):  # type: ignore[misc,name-defined]
            def __init__(self, weight: Any, bias: Any) -> None:
                super().__init__()
                self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)

            def forward(self, inputs: Any) -> Any:
                return inputs @ self.weight + self.bias

        class Doubling(nn.Module):  # type: ignore[misc,name-defined]
            def forward(self, inputs: Any) -> Any:
                return 2 * inputs if self.training else inputs

        class Squaring(nn.Module):  # type: ignore[misc,name-defined]
            def forward(self, inputs: Any) -> Any:
                return inputs * inputs

        class Unrecorded(nn.Sequential):  # type: ignore[misc,name-defined]
            def forward(self, inputs: Any) -> Any:
                with torch.no_grad():
                    return super().forward(inputs)

        return {
            "affine": Affine,
            "chain": nn.Sequential,
            "squaring": Squaring,
            "doubling": Doubling,
            "unrecorded": Unrecorded,
        }
