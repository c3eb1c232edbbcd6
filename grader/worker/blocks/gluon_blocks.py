"""Blocks of MXNet: ``gluon.Block``, and objects with a list or a dict of arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..values import Array
from .plain_blocks import PlainBlocks


class GluonBlocks(PlainBlocks):
    """Blocks of MXNet: saved by their structure, gradients from ``autograd.record``."""

    def __init__(self, adapter: Any, mxnet: Any) -> None:
        super().__init__(adapter)
        self._mx = mxnet

    def ready(self, value: Any) -> Any:
        """Return a block with its parameters initialised, as ``initialize`` does."""
        for parameter in self._collected(value):
            try:
                parameter.list_ctx()
            except RuntimeError:
                parameter.initialize()
        return value

    def parameters(self, block: Any) -> list[Any]:
        """Return the trainable arrays of a block, or of an object with a list of them."""
        if hasattr(block, "collect_params"):
            return [p.data() for p in self._collected(block) if p.grad_req != "null"]
        if hasattr(block, "params"):
            held = block.params
            return list(held.values() if isinstance(held, dict) else held)
        return list(block.parameters())

    def state(self, block: Any) -> list[Any]:
        """Return the arrays that ``save_parameters`` saves."""
        return [p.data() for p in self._saved(block)] or self.parameters(block)

    def restore(self, block: Any, arrays: Sequence[Array]) -> None:
        """Load the arrays as ``load_parameters`` does."""
        saved = self._saved(block)
        if not saved:
            self.set_parameters(block, arrays)
            return
        self._fit([p.data() for p in saved], arrays)
        for parameter, new in zip(saved, arrays, strict=True):
            self._write(block, parameter.data(), new)

    def gradients(self, block: Any, args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return autograd's gradient for each parameter; zeros where it has none."""
        autograd = self._mx.autograd
        known = self.parameters(block)
        for one in known:
            if one.grad is None:
                one.attach_grad()
            one.grad[:] = 0
        with autograd.record(train_mode=autograd.is_training()):
            output = self.call(block)(*args)
        output.backward(self.adapter.like(cotangent, output))
        return [one.grad.copy() for one in known]

    def method(self, value: Any, name: str) -> Callable[..., Any]:
        """Return a method of *value*; ``train`` and ``eval`` of a block set autograd's mode."""
        is_block = isinstance(value, self._mx.gluon.Block)
        if is_block and name in ("train", "eval") and not hasattr(value, name):
            set_training = self._mx.autograd.set_training
            return lambda mode=True: set_training(bool(mode) and name == "train")
        return super().method(value, name)

    def _collected(self, value: Any) -> list[Any]:
        is_block = isinstance(value, self._mx.gluon.Block)
        return list(value.collect_params().values()) if is_block else []

    def _saved(self, block: Any) -> list[Any]:
        """Return the parameters that ``save_parameters`` finds: attributes, children's."""
        if not isinstance(block, self._mx.gluon.Block):
            return []
        return list(block._collect_params_with_prefix().values())

    def _kinds(self) -> dict[str, Callable[..., Any]]:
        mx, legacy = self._mx, self.adapter.legacy

        class Affine(mx.gluon.Block):  # type: ignore[misc,name-defined]
            def __init__(self, weight: Any, bias: Any) -> None:
                super().__init__()
                for name, data in (("weight", weight), ("bias", bias)):
                    made = self.params.get(name, shape=data.shape, dtype=np.dtype(data.dtype))
                    made.initialize()
                    made.set_data(data)
                    setattr(self, name, made)

            def forward(self, inputs: Any) -> Any:
                product = mx.nd.dot if legacy else mx.np.dot
                return product(inputs, self.weight.data()) + self.bias.data()

        class Chain(mx.gluon.nn.Sequential):  # type: ignore[misc,name-defined]
            def __init__(self, *blocks: Any) -> None:
                super().__init__()
                self.add(*blocks)

        class Doubling(mx.gluon.Block):  # type: ignore[misc,name-defined]
            def forward(self, inputs: Any) -> Any:
                return 2 * inputs if mx.autograd.is_training() else inputs

        class Squaring(mx.gluon.Block):  # type: ignore[misc,name-defined]
            def forward(self, inputs: Any) -> Any:
                return inputs * inputs

        class Unrecorded(Chain):
            def forward(self, inputs: Any) -> Any:
                with mx.autograd.pause(train_mode=mx.autograd.is_training()):
                    return super().forward(inputs)

        return {
            "affine": Affine,
            "chain": Chain,
            "squaring": Squaring,
            "doubling": Doubling,
            "unrecorded": Unrecorded,
        }
