"""NumPy, and what the adapters of all frameworks share."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import unseeded
from ..blocks.plain_blocks import NumpyBlocks, PlainBlocks
from ..finite_differences import Slopes, central_differences, slopes
from ..values import Array


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


class TrainedArray(np.ndarray):
    """An array with a gradient: what NumPy has in place of a trainable tensor.

    Attributes:
        grad: the gradient, None if there is none; views and results have none of their own.
    """

    grad: Any = None


class NumpyAdapter:
    """NumPy: needs no conversion; gradients are central differences."""

    name = "numpy"
    float_dtype = "float64"
    autograd = False
    #: how many times the time limit submissions have
    patience = 1.0
    #: whether arrays can be changed in place; if not, functions return the new values
    changes_arrays = True

    def __init__(self, device: Device = CPU) -> None:
        self.device = device
        if device.name != "cpu" and not self._has_device():
            raise DeviceMissing(device.name)
        #: what is done with the objects that the learner's code makes
        self.blocks = self._blocks()

    def _blocks(self) -> PlainBlocks:
        return NumpyBlocks(self)

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

    def changeable(self, data: Array, parameter: bool) -> Any:
        """Return an array with a copy of *data*, for a function that is to change it in place."""
        return self.array(data, parameter)

    def trained(self, data: Array, gradient: Array | None) -> Any:
        """Return a parameter of the framework whose attribute ``grad`` is *gradient*."""
        parameter = np.array(data).view(TrainedArray)
        parameter.grad = None if gradient is None else np.array(gradient)
        return parameter

    def refill_gradient(self, parameter: Any, gradient: Array) -> None:
        """Give a parameter that :meth:`trained` has made another gradient."""
        parameter.grad = self.array(gradient, False)

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

    def is_traced(self, value: Any) -> bool:
        """Whether *value* stands for an array that a compiled function will be given."""
        return False

    def is_array(self, value: Any) -> bool:
        """Whether *value* is an array of the framework, or stands for one."""
        return self.is_traced(value) or self.neutral(value) is not None

    def called_back(
        self,
        function: Callable[..., Any],
        pull_back: Callable[[Sequence[Any], Any], Sequence[Any]],
        args: Sequence[Any],
    ) -> Any:
        """Return what stands for the results of *function*, which compiled code will call.

        Args:
            function: takes and returns arrays of NumPy.

            pull_back: returns the gradients for the arguments, from these and a cotangent.
        """
        raise NotImplementedError

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

    def read(self, texts: Sequence[str]) -> None:
        """Take from the texts of a submission how it is written, if that matters."""

    def prepare(self) -> None:
        """Set what the framework needs for the submission, before it is loaded or checked."""

    def seed(self, seed: int) -> None:
        """Seed every global generator that the learner's code may draw from."""
        random.seed(seed)
        np.random.seed(seed % 2**32)
        unseeded.seed(seed)
