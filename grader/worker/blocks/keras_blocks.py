"""Blocks of TensorFlow: layers and models of Keras, ``tf.Module``, objects with variables."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ..values import Array
from .plain_blocks import PlainBlocks

#: how deep the blocks within a block are searched for variables
_MOST_NESTED = 16


class KerasBlocks(PlainBlocks):
    """Blocks of TensorFlow: saved as ``get_weights``, gradients from ``GradientTape``."""

    def __init__(self, adapter: Any, tensorflow: Any, keras: Any) -> None:
        super().__init__(adapter)
        self._tf, self._keras = tensorflow, keras
        self._training: weakref.WeakKeyDictionary[Any, bool] = weakref.WeakKeyDictionary()

    def ready(self, value: Any) -> Any:
        """Return the object as it is: its variables may be made when it is called first."""
        return value

    def parameters(self, block: Any) -> list[Any]:
        """Return the trainable variables of a block, also those that Keras does not keep track of.

        The book has plain variables as attributes of a model; Keras 3 ignores these.
        """
        if callable(own := getattr(block, "parameters", None)):
            return list(own())
        tracked = getattr(block, "trainable_variables", ())
        found = list(tracked() if callable(tracked) else tracked)
        every = getattr(block, "variables", found)
        known = {id(getattr(one, "value", one)) for one in (*found, *_listed(every))}
        known |= {id(one) for one in (*found, *_listed(every))}
        for one in self._variables(block, set(), 0):
            if id(one) not in known:
                known.add(id(one))
                found.append(one)
        return found

    def state(self, block: Any) -> list[Any]:
        """Return the weights that Keras saves of a layer, or all parameters of another object."""
        return block.get_weights() if self._is_layer(block) else self.parameters(block)

    def restore(self, block: Any, arrays: Sequence[Array]) -> None:
        """Load the weights by ``set_weights``."""
        if not self._is_layer(block):
            self.set_parameters(block, arrays)
            return
        self._fit(block.get_weights(), arrays)
        block.set_weights([np.asarray(array) for array in arrays])

    def load(self, block: Any, other: Any) -> None:
        """Load the weights of an equal block by ``get_weights`` and ``set_weights``."""
        self.restore(block, [np.array(one) for one in self.state(other)])

    def gradients(self, block: Any, args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return the tape's gradient for each parameter, None where it has none."""
        tf = self._tf
        variables = [self._variable(one) for one in self.parameters(block)]
        wanted = [one for one in variables if one is not None]
        with tf.GradientTape() as tape:
            for one in wanted:
                tape.watch(one)
            output = self.call(block)(*args)
        upstream = tf.cast(tf.convert_to_tensor(cotangent), output.dtype)
        found = iter(tape.gradient(output, wanted, upstream) if wanted else [])
        every = [next(found) if one is not None else None for one in variables]
        return [None if one is None else tf.convert_to_tensor(one) for one in every]

    def method(self, value: Any, name: str) -> Callable[..., Any]:
        """Return a method of a block, or the block itself if *name* is empty.

        Keras says at each call whether a block is in training; ``train`` and ``eval`` say it for
        all later ones.
        """
        if self._is_layer(value) and name in ("train", "eval") and not hasattr(value, name):
            return lambda mode=True: self._set_mode(value, name == "train" and mode)
        if self._is_layer(value) and not name and value in self._training:
            return lambda *a, **k: value(*a, **{"training": self._training[value], **k})
        return super().method(value, name)

    def _set_mode(self, block: Any, mode: bool) -> Any:
        self._training[block] = mode
        return block

    def _variables(self, value: Any, seen: set[int], depth: int) -> Iterator[Any]:
        """Yield the trainable variables of TensorFlow in *value* and in the blocks within it."""
        tf = self._tf
        if isinstance(value, tf.Variable):
            if value.trainable:
                yield value
            return
        if id(value) in seen or depth > _MOST_NESTED or isinstance(value, type):
            return
        seen.add(id(value))
        if isinstance(value, (list, tuple)):
            within: Sequence[Any] = value
        elif isinstance(value, Mapping):
            within = list(value.values())
        else:
            block = depth == 0 or callable(value) or isinstance(value, tf.Module)
            within = list(getattr(value, "__dict__", {}).values()) if block else []
        for one in within:
            yield from self._variables(one, seen, depth + 1)

    def _variable(self, parameter: Any) -> Any:
        """Return the variable of TensorFlow that a parameter is or has; None if it is a tensor."""
        own = parameter.value if isinstance(parameter, self._keras.Variable) else parameter
        return own if isinstance(own, self._tf.Variable) else None

    def _write(self, block: Any, parameter: Any, new: Array) -> None:
        parameter.assign(np.asarray(new, self.adapter.neutral(parameter).dtype))

    def _is_layer(self, value: Any) -> bool:
        return isinstance(value, self._keras.layers.Layer)

    def _kinds(self) -> dict[str, Callable[..., Any]]:
        layer = self._keras.layers.Layer

        class Affine(layer):  # type: ignore[misc,valid-type]
            def __init__(self, weight: Any, bias: Any) -> None:
                super().__init__(dtype=weight.dtype.name)
                self.weight = self.add_weight(shape=weight.shape, name="weight")
                self.bias = self.add_weight(shape=bias.shape, name="bias")
                self.weight.assign(weight)
                self.bias.assign(bias)

            def call(self, inputs: Any) -> Any:
                return inputs @ self.weight + self.bias

        class Chain(layer):  # type: ignore[misc,valid-type]
            def __init__(self, *blocks: Any) -> None:
                super().__init__()
                self.blocks = list(blocks)

            def call(self, inputs: Any) -> Any:
                for block in self.blocks:
                    inputs = block(inputs)
                return inputs

        class Doubling(layer):  # type: ignore[misc,valid-type]
            def call(self, inputs: Any, training: bool | None = None) -> Any:
                return 2 * inputs if training else inputs

        class Squaring(layer):  # type: ignore[misc,valid-type]
            def call(self, inputs: Any) -> Any:
                return inputs * inputs

        return {
            "affine": Affine,
            "chain": Chain,
            "squaring": Squaring,
            "doubling": Doubling,
            "unrecorded": Chain,  # outside of a tape nothing is recorded
        }


def _listed(value: Any) -> Sequence[Any]:
    return list(value) if isinstance(value, (list, tuple)) else ()
