"""Between neutral arrays and a framework's."""

from __future__ import annotations

import socket
import sys
import threading
from typing import Any

import numpy as np
import pytest

from grader.exercise import FRAMEWORKS
from grader.worker.adapters import (
    FLOAT_DTYPES,
    Device,
    DeviceLost,
    DeviceMissing,
    NumpyAdapter,
    TorchAdapter,
    adapter_for,
    to_array,
)
from grader.worker.module_host import Host
from grader.worker.serve import Server
from grader.worker.values import DTYPES, Unsendable
from grader.worker.wire import Connection, ConnectionClosed

from ..fake_device import FakeDevice, fake_device

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

__all__ = ["fake_device"]

GPU = Device("cuda")


@pytest.fixture
def adapter() -> TorchAdapter:
    """Return the adapter of PyTorch on the CPU."""
    return TorchAdapter()


def test_what_can_be_graded_with_has_an_adapter() -> None:
    """No framework is offered that a worker cannot run."""
    assert set(FRAMEWORKS) == set(FLOAT_DTYPES)


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


@pytest.mark.parametrize(
    ("longer", "dtype"), [(np.longdouble, "float64"), (np.clongdouble, "complex128")]
)
def test_more_digits_than_a_machine_must_have_are_rounded(longer: Any, dtype: str) -> None:
    """The right value is right on every machine, however long its longest numbers are."""
    found = to_array(np.array([0.5, -2], longer), NumpyAdapter())

    assert found is not None and (found.dtype, found.tolist()) == (dtype, [0.5, -2])


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
        adapter_for("numpy", GPU)
    if not torch.cuda.is_available():
        with pytest.raises(DeviceMissing):
            adapter_for("torch", GPU)


def test_a_framework_that_cannot_be_run_is_an_import_error() -> None:
    """Frameworks without an adapter are named."""
    with pytest.raises(ImportError, match="theano"):
        adapter_for("theano")


def test_each_framework_says_its_dtype() -> None:
    """NumPy computes in float64, the others in float32, unless told otherwise."""
    others = {name: dtype for name, dtype in FLOAT_DTYPES.items() if name != "numpy"}

    assert FLOAT_DTYPES["numpy"] == "float64"
    assert set(others.values()) == {"float32"}
    assert "torch" in sys.modules


# -- a GPU, pretended ------------------------------------------------------------------------------


@pytest.mark.parametrize("allowed", [False, True])
def test_tf32_is_off_unless_it_is_allowed(
    fake_device: FakeDevice, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    """Both switches, of products and of convolutions, whatever they were."""
    torch.backends.cuda.matmul.allow_tf32 = not allowed
    torch.backends.cudnn.allow_tf32 = not allowed

    TorchAdapter(Device("cuda", allow_tf32=allowed))

    assert torch.backends.cuda.matmul.allow_tf32 is allowed
    assert torch.backends.cudnn.allow_tf32 is allowed


def test_a_gpu_repeats_itself_and_only_warns_where_it_cannot(fake_device: FakeDevice) -> None:
    """A submission graded twice has one grade; what cannot be repeated is no mistake."""
    TorchAdapter(GPU)

    assert torch.are_deterministic_algorithms_enabled()
    assert torch.is_deterministic_algorithms_warn_only_enabled()


def test_on_the_cpu_no_switch_is_touched() -> None:
    """A run without a GPU leaves PyTorch as it is."""
    before = torch.backends.cudnn.allow_tf32, torch.are_deterministic_algorithms_enabled()

    TorchAdapter()

    after = torch.backends.cudnn.allow_tf32, torch.are_deterministic_algorithms_enabled()
    assert after == before


@pytest.mark.parametrize(("memory_mb", "share"), [(4096, 0.25), (65536, 1.0), (0, None)])
def test_a_gpus_memory_is_shared(
    fake_device: FakeDevice, monkeypatch: pytest.MonkeyPatch, memory_mb: int, share: float | None
) -> None:
    """A worker may use as much of 16 GiB as its limit says, and never more than all."""
    asked = []
    whole = type("Properties", (), {"total_memory": 16 << 30})()
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _index: whole)
    monkeypatch.setattr(torch.cuda, "set_per_process_memory_fraction", asked.append)

    TorchAdapter(Device("cuda", memory_mb=memory_mb))

    assert asked == ([] if share is None else [share])


def test_a_driver_that_does_not_start_is_a_missing_device(
    fake_device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A GPU that is there and cannot be used is none, and what the driver says is kept."""

    def fail(_index: object) -> None:
        raise RuntimeError("CUDA driver initialization failed")

    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "get_device_properties", fail)

    with pytest.raises(DeviceMissing, match="cuda: CUDA driver initialization failed"):
        TorchAdapter(Device("cuda", memory_mb=1))


def break_gpu() -> None:
    """Fail as a GPU does after an index out of range."""
    raise RuntimeError("CUDA error: device-side assert triggered")


def test_a_broken_gpu_is_noticed_before_the_next_check(
    fake_device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that follows would fail, too: no check after the one that broke it is run."""
    gpu, cpu = (Host([("a.py", 1, "f = abs\n")], "torch", Device(d)) for d in ("cuda", "cpu"))
    gpu.begin("f", 0)
    monkeypatch.setattr(torch.cuda, "synchronize", break_gpu)

    cpu.begin("f", 0)
    with pytest.raises(DeviceLost):
        gpu.begin("f", 0)


def test_a_worker_whose_gpu_is_broken_ends(
    fake_device: FakeDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The grader then starts another, as it does whenever one dies between two checks."""
    ours, theirs = socket.socketpair()
    server = Server(Connection(theirs))
    server._host = Host([("a.py", 1, "f = abs\n")], "torch", GPU)
    monkeypatch.setattr(torch.cuda, "synchronize", break_gpu)
    serving = threading.Thread(target=lambda: (server.run(), theirs.close()))
    serving.start()
    grader = Connection(ours)
    grader.send(1, "begin", {"exercise": "f", "seed": 0})

    with pytest.raises(ConnectionClosed):
        grader.receive()
    serving.join()
    ours.close()


def test_seeding_is_what_learners_know_as_manual_seed(adapter: TorchAdapter) -> None:
    """Whoever repeats a check at home, by torch.manual_seed, draws the same numbers."""
    torch.manual_seed(5)
    expected = torch.rand(3)

    adapter.seed(5)

    assert torch.equal(expected, torch.rand(3))
