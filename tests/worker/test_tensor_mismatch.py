"""Tensors that do not go together are named, with the line that made the odd one."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from grader.sandbox.fault_sentences import translate
from grader.worker.adapters import CPU, Device, NumpyAdapter
from grader.worker.fault import Fault
from grader.worker.module_host import Host
from grader.worker.tensor_mismatch import TensorMismatch

from ..fake_device import FakeDevice, fake_device

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

__all__ = ["fake_device"]

GPU = Device("cuda")

SOURCE = dedent(
    """\
    import numpy as np
    import torch

    MASK = torch.ones(3)

    def made_before(X):
        mask = torch.ones(X.shape)
        total = X.sum()
        return (total *
                (X * mask))

    def made_in_place(X):
        other = torch.arange(3)
        return X * torch.ones(3)

    def of_the_module(X):
        return X * MASK

    def meet(X, mask):
        return X * mask

    def handed_on(X):
        mask = torch.zeros(3)
        return meet(X, mask)

    def named(X):
        X = X.to("cpu")
        return X * torch.zeros_like(X)

    def seen_by_numpy(X):
        return torch.tensor(np.exp(X.numpy()))

    def in_a_loop(X):
        total = X
        for _ in range(2):
            total = total + torch.tensor([1.0, 2.0, 3.0])
        return total

    def drifting(X):
        scale = torch.tensor(np.eye(3))
        return X @ scale

    def asks_for_one(X):
        return X.cuda()
    """
)


def fault_of(name: str, device: Device = GPU, x: Any = None) -> Fault:
    """Return the fault that a function above ends with."""
    host = Host([("a.py", 1, SOURCE)], "torch", device)
    host.begin(name, 0)
    with pytest.raises(Fault) as caught:
        host.call(name, [np.ones((2, 3), np.float32) if x is None else x], {})
    return caught.value


def line_of(fault: Fault) -> str:
    """Return the learner's line that is shown."""
    label, line, _function, _text = fault.where[-1]
    assert label == "a.py"
    return SOURCE.splitlines()[line - 1].strip()


@pytest.mark.parametrize(
    ("name", "kind", "line"),
    [
        ("made_before", "devices", "mask = torch.ones(X.shape)"),
        ("made_in_place", "devices", "return X * torch.ones(3)"),
        ("of_the_module", "devices", "MASK = torch.ones(3)"),
        ("handed_on", "devices", "mask = torch.zeros(3)"),
        ("seen_by_numpy", "to numpy", "return torch.tensor(np.exp(X.numpy()))"),
        ("in_a_loop", "devices", "total = total + torch.tensor([1.0, 2.0, 3.0])"),
    ],
)
def test_what_fails_on_a_gpu_is_named(
    fake_device: FakeDevice, name: str, kind: str, line: str
) -> None:
    """Masks and constants on the CPU, and NumPy's functions, are found where they come from."""
    fault = fault_of(name)

    assert (fault.kind, line_of(fault)) == (kind, line)


def test_a_tensor_that_is_taken_for_an_array_is_named() -> None:
    """Imports decide what a function gets; who expects an array is told how to ask for one."""
    host = Host([("a.py", 1, "import torch\ndef f(x): return torch.from_numpy(x) * 2")], "torch")
    host.begin("f", 0)
    with pytest.raises(Fault) as raised:
        host.call("f", [np.ones(2)], {})

    assert raised.value.kind == "from numpy"
    error = translate(raised.value.payload(), "f")
    assert "f passes a tensor to torch.from_numpy" in error.headline
    assert "write the line # framework: numpy near the top" in error.headline


def test_code_that_moves_everything_to_the_cpu_strays(fake_device: FakeDevice) -> None:
    """It answers, and the answer says that it lies elsewhere; on the CPU it does not."""
    found = []
    for device in (GPU, CPU):
        host = Host([("a.py", 1, SOURCE)], "torch", device)
        host.begin("named", 0)
        found.append(host.call("named", [np.ones((2, 3))], {}).get("off_device"))

    assert found == [True, None]


@pytest.mark.parametrize("result", ["X.cpu()", "[1, {'a': X.cpu()}]", "(X, torch.ones(2))"])
def test_a_result_strays_wherever_it_is_held(fake_device: FakeDevice, result: str) -> None:
    """Tensors in lists, tuples, dicts and generators count."""
    text = f"import torch\ndef f(X):\n    return {result}\ndef g(X):\n    yield {result}\n"
    host = Host([("a.py", 1, text + "def h():\n    f, g\n")], "torch", GPU)
    host.begin("h", 0)
    x = np.ones(3)
    items = host.iterate(host.call("g", [x], {})["value"].id)["value"]

    assert host.call("f", [x], {})["off_device"]
    assert host.take(items.id, 1)["off_device"]


@pytest.mark.parametrize("result", ["X * 2", "torch.tensor(0.5)", "X.sum().item()", "X.tolist()"])
def test_numbers_and_what_stays_do_not_stray(fake_device: FakeDevice, result: str) -> None:
    """A single number goes with tensors of any device."""
    host = Host([("a.py", 1, f"import torch\ndef f(X):\n    return {result}\n")], "torch", GPU)
    host.begin("f", 0)

    assert "off_device" not in host.call("f", [np.ones(3)], {})


def test_dtypes_that_do_not_go_together_are_named() -> None:
    """NumPy's float64 beside the float32 of the inputs, at the line that made it."""
    fault = fault_of("drifting", CPU)

    assert (fault.kind, line_of(fault)) == ("dtypes", "scale = torch.tensor(np.eye(3))")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_a_device_that_is_not_here_is_named() -> None:
    """``.cuda()`` where there is no GPU, in a function and while the module is loaded."""
    fault = fault_of("asks_for_one", CPU)
    host = Host([("a.py", 1, "import torch\nf = torch.ones(2).cuda()\n")], "torch")
    host.begin("f", 0)
    with pytest.raises(Fault) as loading:
        host.call("f", [], {})

    assert (fault.kind, line_of(fault)) == ("no device", "return X.cuda()")
    assert (loading.value.kind, loading.value.where[-1][1]) == ("no device", 2)


MESSAGES = {
    "devices": [
        "Expected all tensors to be on the same device, but got mat2 is on cpu, different from "
        "other tensors on cuda:0 (when checking argument in method wrapper_CUDA_mm)",
        "Tensor on device cpu is not on the expected device meta!",
        "indices should be either on the cpu or on the same device as the indexed tensor (cuda:0)",
        "Expected a 'cuda' device type for generator but found 'cpu'",
        "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the "
        "same",
        "Input type (torch.FloatTensor) and bias type (torch.cuda.FloatTensor) should be the same",
    ],
    "no device": [
        "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU",
        "No CUDA GPUs are available",
        "CUDA driver initialization failed, you might not have a CUDA gpu.",
        "CUDA error: no CUDA-capable device is detected",
        "PyTorch is not linked with support for mps devices",
    ],
    "dtypes": [
        "expected scalar type Float but found Double",
        "mat1 and mat2 must have the same dtype, but got Float and Double",
        "Index put requires the source and destination dtypes match, got Float for the destination",
        "scatter(): Expected self.dtype to be equal to src.dtype",
        "Input type (double) and bias type (float) should be the same",
        "Input type (torch.DoubleTensor) and weight type (torch.FloatTensor) should be the same",
    ],
    "": ["The size of tensor a (2) must match the size of tensor b (3)", "index out of range", ""],
}


@pytest.mark.parametrize(("kind", "message"), [(k, m) for k, ms in MESSAGES.items() for m in ms])
def test_pytorchs_messages_are_known(kind: str, message: str) -> None:
    """As worded by the releases that can be had; all else is none of these."""
    assert TensorMismatch(message, NumpyAdapter(), []).kind == kind


@pytest.mark.parametrize(
    "call",
    [
        lambda: torch.ones(2, 2) @ torch.ones(2, 2).double(),
        lambda: torch.nn.functional.linear(torch.ones(1, 2), torch.ones(2, 2).double()),
        lambda: torch.bmm(torch.ones(1, 2, 2), torch.ones(1, 2, 2).double()),
        lambda: torch.nn.functional.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2).double()),
        lambda: torch.zeros(3).index_put_((torch.tensor([0]),), torch.ones(1).double()),
        lambda: torch.ones(2, 2).mv(torch.ones(2).double()),
        lambda: torch.nn.Linear(2, 2)(torch.ones(1, 2).double()),
        lambda: torch.linalg.solve(torch.eye(2), torch.ones(2).double()),
    ],
)
def test_this_pytorchs_own_messages_are_known(call: Any) -> None:
    """What the installed release says of two dtypes is recognised."""
    with pytest.raises(RuntimeError) as caught:
        call()

    assert TensorMismatch(str(caught.value), NumpyAdapter(), []).kind == "dtypes"


def test_objects_that_object_to_being_looked_at_do_no_harm() -> None:
    """A variable whose class is a riddle is not the odd tensor."""
    text = (
        "import torch\n"
        "class Riddle:\n"
        "    @property\n"
        "    def __class__(self):\n"
        "        raise RuntimeError('no')\n"
        "def f(X):\n"
        "    riddle = Riddle()\n"
        "    return (riddle, X @ torch.ones(3, 1).double())\n"
    )
    host = Host([("a.py", 1, text)], "torch")
    host.begin("f", 0)

    with pytest.raises(Fault) as caught:
        host.call("f", [np.ones((2, 3), np.float32)], {})

    assert (caught.value.kind, caught.value.where[-1][1]) == ("dtypes of others", 8)
