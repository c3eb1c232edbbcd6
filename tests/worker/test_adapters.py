"""Between neutral arrays and a framework's."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from grader.worker.adapters import (
    FLOAT_DTYPES,
    DeviceMissing,
    NumpyAdapter,
    TorchAdapter,
    adapter_for,
    to_array,
)
from grader.worker.values import DTYPES, Unsendable

torch = pytest.importorskip("torch", reason="PyTorch is not installed")


@pytest.fixture
def adapter() -> TorchAdapter:
    """Return the adapter of PyTorch on the CPU."""
    return TorchAdapter()


@pytest.mark.parametrize("name", sorted(DTYPES))
def test_every_dtype_goes_to_pytorch_and_back(adapter: TorchAdapter, name: str) -> None:
    """A tensor has the dtype and the values of the array it is made from."""
    array = np.array([[0, 1], [1, 0]], dtype=name)

    back = to_array(adapter.array(array.T, False), adapter)

    assert back is not None
    assert back.dtype.name == name
    assert back.tolist() == array.T.tolist()


@pytest.mark.parametrize(
    "array", [np.arange(6.0)[::-2], np.broadcast_to(1.0, (2, 3)), np.zeros((0, 3)), np.array(2.0)]
)
def test_an_array_of_any_layout_becomes_a_tensor_of_its_own(
    adapter: TorchAdapter, array: Any
) -> None:
    """Strided, read-only, empty and 0-d arrays are copied."""
    tensor = adapter.array(array, False)
    before = array.tolist()
    tensor += 1

    assert tensor.shape == array.shape
    assert array.tolist() == before


def test_a_parameter_requires_its_gradient(adapter: TorchAdapter) -> None:
    """Only what is marked as trainable is."""
    assert adapter.array(np.ones(2), True).requires_grad
    assert not adapter.array(np.ones(2), False).requires_grad


@pytest.mark.parametrize(
    ("tensor", "values"),
    [
        (torch.ones(2, requires_grad=True) * 2, [2, 2]),
        (torch.tensor([1.5], dtype=torch.bfloat16), [1.5]),
        (torch.tensor([0.5]).to(torch.float8_e5m2), [0.5]),
        (torch.eye(2).to_sparse(), [[1, 0], [0, 1]]),
        (torch.arange(6).reshape(2, 3).T, [[0, 3], [1, 4], [2, 5]]),
        (torch.ones(1).expand(3), [1, 1, 1]),
        (torch.tensor([1 + 2j]).conj(), [1 - 2j]),
        (torch.nn.Parameter(torch.zeros(1)), [0]),
        (torch.tensor(7), 7),
    ],
)
def test_a_tensor_of_any_make_has_its_values_read(
    adapter: TorchAdapter, tensor: Any, values: Any
) -> None:
    """Tensors with gradients, of other layouts and of dtypes that NumPy lacks are all read."""
    found = to_array(tensor, adapter)

    assert found is not None
    assert found.dtype.name in DTYPES
    assert found.tolist() == values


def test_numpy_values_are_read_whatever_the_framework(adapter: TorchAdapter) -> None:
    """A learner may return NumPy arrays and scalars from a PyTorch submission, and the reverse."""
    number = to_array(np.float32(2.0), adapter)
    tensor = to_array(torch.ones(2), NumpyAdapter())

    assert number is not None and number.shape == () and number.dtype == np.float32
    assert tensor is not None and tensor.tolist() == [1, 1]
    assert to_array("text", adapter) is None


@pytest.mark.parametrize("array", [np.array(["a"]), np.array([None]), np.zeros(1, "M8[s]")])
def test_an_array_of_another_dtype_is_refused(array: Any) -> None:
    """Arrays of strings, objects and dates have no neutral form."""
    with pytest.raises(Unsendable):
        to_array(array, NumpyAdapter())


def test_autograd_gives_the_gradient_for_the_cotangent(adapter: TorchAdapter) -> None:
    """The gradient is that of sum(cotangent * f), None where there is none to give."""
    x, unused = torch.tensor([1.0, 2.0]), torch.ones(2)
    labels = torch.tensor([0])

    gradients = adapter.vjp(
        lambda x, unused, labels, n: n * x**2, [x, unused, labels, 3], np.array([1.0, 10.0])
    )

    assert gradients[0].tolist() == [6.0, 120.0]
    assert gradients[1:] == [None, None, None]
    assert not x.requires_grad


def test_autograd_takes_several_results(adapter: TorchAdapter) -> None:
    """Each result has its own cotangent, a plain number for a scalar one."""
    (gradient,) = adapter.vjp(lambda x: (x.sum(), 2 * x), [torch.ones(2)], (3.0, [1.0, 10.0]))

    assert gradient.tolist() == [5.0, 23.0]


def test_autograd_refuses_a_result_of_another_shape(adapter: TorchAdapter) -> None:
    """A column where a row is due is an error, as it is for central differences."""
    with pytest.raises(RuntimeError, match="shape"):
        adapter.vjp(lambda x: x[:, None], [torch.ones(3)], torch.ones(3))


def test_seeding_repeats_every_generator(adapter: TorchAdapter) -> None:
    """After the same seed, all the global generators give the same numbers."""
    import random

    def draw() -> tuple[float, float, float]:
        adapter.seed(5)
        return random.random(), np.random.rand(), torch.rand(1).item()

    assert draw() == draw()


def test_a_device_that_is_not_here_is_reported() -> None:
    """NumPy has no device; PyTorch may have none."""
    with pytest.raises(DeviceMissing):
        adapter_for("numpy", "cuda")
    if not torch.cuda.is_available():
        with pytest.raises(DeviceMissing):
            adapter_for("torch", "cuda")


def test_a_framework_that_cannot_be_run_is_an_import_error() -> None:
    """Frameworks without an adapter are named."""
    with pytest.raises(ImportError, match="mxnet"):
        adapter_for("mxnet")


def test_each_framework_says_its_dtype() -> None:
    """NumPy computes in float64, the others in float32, unless told otherwise."""
    others = {name: dtype for name, dtype in FLOAT_DTYPES.items() if name != "numpy"}

    assert FLOAT_DTYPES["numpy"] == "float64"
    assert set(others.values()) == {"float32"}
    assert "torch" in sys.modules
