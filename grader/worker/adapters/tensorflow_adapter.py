"""TensorFlow and Keras: tensors that cannot change, variables that can."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..blocks.keras_blocks import KerasBlocks
from ..finite_differences import Slopes, central_differences, slopes
from ..values import DTYPES, Array, Unsendable
from .numpy_adapter import CPU, Device, ImmutableArray, NumpyAdapter

#: tensors whose dtype gives way to others, where a program asks TensorFlow to behave like NumPy
_WEAK = ("EagerWeakTensor", "GraphWeakTensor")


class TensorflowAdapter(NumpyAdapter):
    """TensorFlow: eager tensors, on the CPU; gradients from ``GradientTape``.

    A function that is to change an argument gets variables there, any other one tensors. Where the
    tape has no gradient, as after an assignment to a variable, it is found by central differences.
    """

    name = "tensorflow"
    float_dtype = "float32"
    autograd = True

    def __init__(self, device: Device = CPU) -> None:
        self._tf = importlib.import_module("tensorflow")
        self._keras = importlib.import_module("keras")
        super().__init__(device)

    def _blocks(self) -> KerasBlocks:
        return KerasBlocks(self, self._tf, self._keras)

    def float_dtype_of(self, value: Any) -> Any:
        """Return the dtype of a floating-point tensor or variable, None for anything else."""
        return value.dtype if self._is_floating(value) else None

    def array(self, data: Array, parameter: bool) -> Any:
        """Return a tensor, or a variable for a *parameter*."""
        return self.changeable(data, True) if parameter else self._tensor(data)

    def _tensor(self, data: Any) -> Any:
        return self._tf.constant(np.array(data))

    def changeable(self, data: Array, parameter: bool) -> Any:
        """Return a variable."""
        return self._tf.Variable(np.array(data))

    def trained(self, data: Array, gradient: Array | None) -> Any:
        """Return a variable with an attribute ``grad``, which TensorFlow itself does not know."""
        parameter = self.changeable(data, True)
        parameter.grad = None if gradient is None else self._tensor(gradient)
        return parameter

    def filled(self, native: Any, data: Array) -> Any:
        """Return the variable *native* with *data* put into it; a new tensor in place of one."""
        if not isinstance(native, self._tf.Variable):
            return self.array(data, False)
        native.assign(data)
        return native

    def neutral(self, value: Any) -> Array | None:
        """Return a tensor's or variable's values; float types that NumPy lacks become float32."""
        tf = self._tf
        if isinstance(value, self._keras.Variable):
            value = value.value
        if type(value).__name__ in _WEAK and isinstance(value, tf.experimental.ExtensionType):
            value = tf.convert_to_tensor(value)
        if isinstance(value, (tf.IndexedSlices, tf.SparseTensor, tf.RaggedTensor)):
            dense = {
                tf.SparseTensor: tf.sparse.to_dense,
                tf.RaggedTensor: tf.RaggedTensor.to_tensor,
            }
            value = dense.get(type(value), tf.convert_to_tensor)(value)
        if not isinstance(value, (tf.Tensor, tf.Variable)):
            return None
        if not hasattr(value, "numpy"):
            raise Unsendable("a tensor of a graph, which has no values")
        array = np.asarray(value.numpy())
        known = array.dtype.name in DTYPES or not value.dtype.is_floating
        return array if known else array.astype(np.float32)

    def write(self, array: Any, new: Array) -> None:
        """Change a variable in place; tensors cannot change."""
        if isinstance(array, self._tf.Variable):
            array.assign(new)
        elif isinstance(array, self._tf.Tensor):
            raise ImmutableArray
        else:
            super().write(array, new)

    def is_recorded(self, value: Any) -> bool:
        """Whether a tape records what is computed from *value*."""
        if not self._is_floating(value):
            return False
        with contextlib.suppress(ImportError, AttributeError):
            record = importlib.import_module("tensorflow.python.eager.record")
            return bool(record.should_record_backprop([self._tf.convert_to_tensor(value)]))
        return True

    def recorded(
        self,
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        pull_back: Callable[[Sequence[Any]], Sequence[Any]],
    ) -> list[Any]:
        """Return *outputs* as results of an operation whose derivative is *pull_back*."""

        def operation(*_inputs: Any) -> tuple[tuple[Any, ...], Callable[..., list[Any]]]:
            return tuple(outputs), lambda *cotangents: list(pull_back(cotangents))

        return list(self._tf.custom_gradient(operation)(*map(self._tf.convert_to_tensor, inputs)))

    def vjp(self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any) -> list[Any]:
        """Return the gradient for each floating-point argument, None for others."""
        found = self._taped(function, args, cotangent)
        return self._completed(found, function, args, cotangent, central_differences)

    def slopes(
        self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any, seed: int
    ) -> list[Slopes | None]:
        """Return selected entries and directions of :meth:`vjp`."""
        taped = map(self.neutral, self._taped(function, args, cotangent))
        found = [None if g is None else Slopes.of(g, seed) for g in taped]

        return self._completed(found, function, args, cotangent, partial(slopes, seed=seed))

    def _taped(
        self, function: Callable[..., Any], args: Sequence[Any], cotangent: Any
    ) -> list[Any]:
        """Return the tape's gradient for each argument, None where it has none."""
        tf = self._tf
        given = [tf.identity(a) if self._is_floating(a) else a for a in args]
        wanted = [i for i, a in enumerate(args) if self._is_floating(a)]
        with tf.GradientTape() as tape:
            tape.watch([given[i] for i in wanted])
            outputs = function(*given)
        single = not isinstance(outputs, (tuple, list))
        pairs = [(outputs, cotangent)] if single else list(zip(outputs, cotangent, strict=True))
        pairs = [pair for pair in pairs if self._is_floating(pair[0])]
        upstream = [tf.cast(self._tensor(self._plain(c)), output.dtype) for output, c in pairs]
        for (output, _c), one in zip(pairs, upstream, strict=True):
            if output.shape != one.shape:
                raise ValueError(f"the result has shape {output.shape}, not {one.shape}")
        found: list[Any] = [None] * len(args)
        # an operation without a derivative; what the learner's code raises was raised above
        with contextlib.suppress(
            LookupError, ValueError, TypeError, RuntimeError, tf.errors.OpError
        ):
            outputs, sources = [output for output, _c in pairs], [given[i] for i in wanted]
            gradients = tape.gradient(outputs, sources, upstream) if pairs else []
            for place, gradient in zip(wanted, gradients, strict=False):
                found[place] = None if gradient is None else tf.convert_to_tensor(gradient)
        return found

    def _completed(
        self,
        found: list[Any],
        function: Callable[..., Any],
        args: Sequence[Any],
        cotangent: Any,
        measure: Callable[..., Sequence[Any]],
    ) -> list[Any]:
        """Return *found*, with central differences in float64 where the tape found nothing."""
        missing = [i for i, a in enumerate(args) if found[i] is None and self._is_floating(a)]
        if not missing:
            return found

        def wide(value: Any) -> Any:
            floating = self._is_floating(value)
            return self._tf.cast(value, "float64") if floating else value

        def of_missing(*values: Array) -> Any:
            given = dict(zip(missing, map(self._tensor, values), strict=True))
            result = function(*[given.get(i, wide(a)) for i, a in enumerate(args)])
            single = not isinstance(result, (tuple, list))
            return self._plain(result) if single else [self._plain(one) for one in result]

        single = not isinstance(cotangent, (tuple, list))
        upstream = self._plain(cotangent) if single else [self._plain(c) for c in cotangent]
        # code that fixes a dtype cannot be run in another
        with contextlib.suppress(TypeError, ValueError, self._tf.errors.InvalidArgumentError):
            for place, one in zip(
                missing,
                measure(of_missing, [self._plain(args[i]) for i in missing], upstream),
                strict=True,
            ):
                found[place] = one
        return found

    def seed(self, seed: int) -> None:
        """Seed TensorFlow's and Keras' generators, too."""
        super().seed(seed)
        self._keras.utils.set_random_seed(seed % 2**32)
        # Keras draws from this where no seed is given, and would go on with it.
        with contextlib.suppress(ImportError, AttributeError):
            state = importlib.import_module("keras.src.backend.common.global_state")
            state.set_global_attribute("global_seed_generator", None)

    def _is_floating(self, value: Any) -> bool:
        array = isinstance(value, (self._tf.Tensor, self._tf.Variable))
        return array and bool(value.dtype.is_floating)

    def _plain(self, value: Any) -> Array:
        array = self.neutral(value)
        return np.asarray(value) if array is None else array


def _padded(ragged: Any) -> Any:
    return ragged.to_tensor()


def read_generator(tensorflow: Any) -> Any:
    """Return the state of what operations without a seed take theirs from; None if unknown."""
    with contextlib.suppress(ImportError, AttributeError):
        return _context().context()._rng.getstate()
    return None


def write_generator(tensorflow: Any, state: Any) -> None:
    """Restore what :func:`read_generator` has returned."""
    with contextlib.suppress(ImportError, AttributeError, TypeError):
        _context().context()._rng.setstate(state)


def _context() -> Any:
    return importlib.import_module("tensorflow.python.eager.context")
