"""MXNet beside today's NumPy: its import, its arrays, its gradients, what its calls change."""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.worker import mxnet_import
from grader.worker.adapters import MxnetAdapter, adapter_for
from grader.worker.call_effects import changed_by, modes, restore, shared
from grader.worker.exception_text import text_of
from grader.worker.limits import limit_met
from grader.worker.module_host import Host
from grader.worker.values import DTYPES, Parameter

if importlib.util.find_spec("mxnet") is None:
    pytest.skip("MXNet is not installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore:::mxnet")

mxnet_import.allow()
mx: Any = pytest.importorskip("mxnet")

IMPORT = """
import os, sys, warnings
import numpy
from grader.worker import mxnet_import
before = numpy.__getattr__
mxnet_import.allow()
import mxnet
assert before is numpy.__getattr__ and not hasattr(numpy, "PZERO")
from mxnet import np
print(np.pad(np.ones((1, 1)), ((0, 1), (0, 0))).tolist(), np.trapz(np.ones(3)))
print(len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1)
"""


@pytest.fixture
def adapter() -> MxnetAdapter:
    """Return the adapter of MXNet, for a submission with NumPy's manner of arrays."""
    found = adapter_for("mxnet")
    assert isinstance(found, MxnetAdapter)
    found.prepare()
    return found


@pytest.fixture
def legacy() -> MxnetAdapter:
    """Return the adapter of MXNet, for a submission with legacy arrays."""
    found = MxnetAdapter()
    found.read(["from mxnet import nd"])
    found.prepare()
    return found


def test_importing_lends_names_for_the_import_alone() -> None:
    """Warnings are errors, nothing is printed, NumPy is as before, and there is one thread."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT],
        capture_output=True,
        text=True,
        check=False,
        env={"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert (done.stdout, done.stderr) == ("[[1.0], [0.0]] 2.0\n1\n", "")


def test_a_notebook_of_a_kit_can_import_it() -> None:
    """Its first cell imports check, and that is enough."""
    code = "from grader import check\nfrom mxnet import np\nprint(np.ones(2).sum())"
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env
    )

    assert (done.stdout, done.stderr) == ("2.0\n", "")


def test_what_numpy_has_dropped_for_good_says_so_when_it_is_called() -> None:
    """MXNet offers the name; only a call of it fails, as it would with the newest NumPy."""
    if hasattr(np, "npv"):
        pytest.skip("this NumPy still has it")

    with pytest.raises(AttributeError, match="NumPy no longer has npv"):
        mx.np.npv(0.1, mx.np.ones(2))


@pytest.mark.parametrize(
    "name", ["bool", "int8", "int32", "int64", "uint8", "float16", "float32", "float64"]
)
def test_arrays_go_in_and_come_back_with_their_dtype(
    adapter: MxnetAdapter, legacy: MxnetAdapter, name: str
) -> None:
    """Of both kinds of arrays."""
    array = np.array([[0, 1], [1, 0]], name).T
    assert name in DTYPES

    for one, kind in ((adapter, mx.np.ndarray), (legacy, mx.nd.NDArray)):
        native = one.array(array, False)
        back = one.neutral(native)
        assert type(native) is kind
        assert back is not None
        assert back.dtype.name == name
        assert back.tolist() == array.tolist()


@pytest.mark.parametrize("array", [np.array(2.0), np.zeros((0, 3)), np.arange(6.0)[::-2]])
def test_arrays_of_any_shape_and_layout_go_in_and_can_be_changed(
    adapter: MxnetAdapter, legacy: MxnetAdapter, array: Any
) -> None:
    """Also 0-d and empty ones, which legacy arrays have only with NumPy's shapes."""
    for one in (adapter, legacy):
        one.prepare()
        native = one.array(array, False)
        one.write(native, array + 1)
        back = one.neutral(native)
        assert back is not None
        np.testing.assert_array_equal(back, array + 1)
        assert back.shape == array.shape


def test_a_parameter_has_a_gradient_attached(adapter: MxnetAdapter) -> None:
    """Only what is marked as trainable, as the book's sgd reads it."""
    assert adapter.array(np.ones(2), True).grad is not None
    assert adapter.array(np.ones(2), False).grad is None


@pytest.mark.parametrize(
    ("text", "is_legacy"),
    [
        ("from mxnet import nd", True),
        ("import mxnet as mx\ny = mx.nd.ones(2)", True),
        ("from mxnet import autograd, nd, gluon", True),
        ("from mxnet import np, npx\nnpx.set_np()", False),
        ("from mxnet import nd, np", False),
        ("import mxnet as mx", False),
        ("# from mxnet import nd\nimport mxnet", False),
    ],
)
def test_code_says_which_arrays_it_is_written_for(
    adapter: MxnetAdapter, text: str, is_legacy: bool
) -> None:
    """Code that names only ``nd`` gets legacy arrays."""
    adapter.read([text])

    assert (type(adapter.array(np.ones(1), False)) is mx.nd.NDArray) is is_legacy


def gradient(function: Callable[..., Any], dtype: str = "float64") -> Any:
    """Return the gradient of the sum of a function's values at two points."""
    adapter = MxnetAdapter()
    adapter.prepare()
    x = adapter.array(np.array([1.0, 2.0], dtype), False)
    (found,) = adapter.vjp(function, [x], adapter.array(np.ones(2, dtype), False))
    assert adapter.float_dtype_of(found) == dtype
    return adapter.neutral(found)


def assigned(x: Any) -> Any:
    """Square *x* entry by entry, which MXNet does not record."""
    y = mx.np.zeros(x.shape, dtype=x.dtype)
    for i in range(len(x)):
        y[i] = x[i] ** 2
    return y


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x**2,
        assigned,
        lambda x: mx.np.array(x.asnumpy() ** 2, dtype=x.dtype),
        lambda x: mx.np.interp(x, x, x) * 0 + x**2,
    ],
    ids=["recorded", "assigned", "detached", "by NumPy"],
)
def test_gradients_are_right_whether_or_not_they_are_recorded(
    function: Callable[..., Any],
) -> None:
    """Where autograd refuses or knows nothing, they are central differences."""
    np.testing.assert_allclose(gradient(function), [2.0, 4.0], rtol=1e-6)


def test_what_the_function_itself_raises_is_raised() -> None:
    """A mistake is not hidden by the second way to a gradient."""

    def wrong(_x: Any) -> Any:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        gradient(wrong)


def test_a_cotangent_of_another_shape_is_refused(adapter: MxnetAdapter) -> None:
    """MXNet itself would read beyond its end."""
    one = adapter.array(np.ones(2), False)

    with pytest.raises(ValueError, match="shape"):
        adapter.vjp(lambda x: x, [one], adapter.array(np.ones(3), False))


def test_outputs_of_an_operation_are_differentiated_by_its_own_rule(adapter: MxnetAdapter) -> None:
    """A correct function in the place of a learner's gives gradients, too."""
    x = adapter.array(np.array([1.0, 2.0]), True)
    tripled = x * 3
    with mx.autograd.record():
        assert adapter.is_recorded(x)
        (y,) = adapter.recorded([x], [tripled], lambda upstream: [upstream[0] * 3])
        loss = (y * y).sum()
    loss.backward()

    assert x.grad.tolist() == [18.0, 36.0]
    assert not adapter.is_recorded(x)


def test_seeds_repeat_what_either_kind_of_operator_draws(adapter: MxnetAdapter) -> None:
    """One seed for Python, NumPy and MXNet."""

    def drawn() -> list[Any]:
        adapter.seed(2**40 + 3)
        mine = [mx.nd.random.uniform(shape=3), mx.np.random.normal(size=3)]
        return [random.random(), np.random.rand(), *(one.asnumpy().tolist() for one in mine)]

    assert drawn() == drawn()


CHANGES: dict[str, Callable[[], object]] = {
    "mx.random": lambda: mx.np.random.normal(size=1),
    "autograd.record": lambda: mx.autograd.set_recording(True),
    "autograd.train_mode": lambda: mx.autograd.set_training(True),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_what_a_call_changes_is_named_and_put_back(name: str) -> None:
    """Each generator and each mode by its own name, and no other."""
    before = modes()

    assert changed_by(CHANGES[name], {}) == [name]
    assert modes() == before
    assert changed_by(lambda: None, {}) == []
    assert changed_by(lambda: mx.nd.random.uniform(), {}) == ["mx.random"]
    assert changed_by(lambda: mx.random.seed(3), {}) == ["mx.random"]


def test_slices_share_memory_and_copies_do_not(adapter: MxnetAdapter) -> None:
    """By the address of their first entry, also where NumPy's arrays are among them."""
    x = adapter.array(np.ones((4, 4)), False)
    other = adapter.array(np.ones((4, 4)), False)

    assert shared([other, x], [x[1:3]]) == [1]
    assert shared([x], (x.copy(), x + 0, x.T, np.ones(2))) == []
    assert shared([x[:2]], [x[2:]]) == []


def host(source: str) -> Host:
    """Return a submission's functions."""
    found = Host([("a.py", 1, source)], "mxnet")
    found.begin("f", 0)
    return found


def test_a_block_is_initialised_and_its_parameters_found() -> None:
    """The learner's function returns it as the book's does, before ``initialize``."""
    source = """
from mxnet import autograd, npx
from mxnet.gluon import nn
npx.set_np()
class Half(nn.Block):
    def forward(self, x):
        return x / 2 if autograd.is_training() else x
def f():
    net = nn.Sequential()
    net.add(nn.Dense(3, in_units=2), nn.BatchNorm(in_channels=3), Half())
    return net
"""
    found = host(source)
    before = modes()
    held = found.call("f", [], {})["value"].id

    shapes = [one.shape for one in found.parameters(held)["value"]]
    assert shapes == [(3, 2), (3,), (3,), (3,)]
    x = np.ones((4, 2), "float32")
    found.call_held(held, "eval", [], {})
    whole = found.call_held(held, "", [x], {})["value"]
    found.call_held(held, "train", [False], {})
    assert (found.call_held(held, "", [x], {})["value"] == whole).all()
    found.call_held(held, "train", [], {})
    assert not np.allclose(found.call_held(held, "", [x], {})["value"], whole)
    restore(before)


@pytest.mark.parametrize("held", ["[w, b]", "{'w': w, 'b': b}"])
def test_an_object_with_its_own_parameters_gives_them(held: str) -> None:
    """A list or a dictionary called params, as in code without gluon."""
    source = f"""
from mxnet import np
class Net:
    def __init__(self):
        w, b = np.ones((2, 1)), np.zeros(1)
        self.params = {held}
def f():
    return Net()
"""
    found = host(source)

    number = found.call("f", [], {})["value"].id

    assert [one.shape for one in found.parameters(number)["value"]] == [(2, 1), (1,)]


def test_parameters_change_in_place_as_in_either_edition() -> None:
    """By a slice, by an operator, and by a function with ``out``."""
    for line in ("p[:] = p - lr * g", "p -= lr * g", "np.subtract(p, lr * g, out=p)"):
        source = f"""
from mxnet import np, npx
npx.set_np()
def f(params, grads, lr):
    for p, g in zip(params, grads):
        {line}
"""
        answer = host(source).call("f", [[Parameter(np.ones(2))], [np.ones(2)], 0.5], {})

        assert [(number, new.tolist()) for number, new in answer["after"]] == [(0, [0.5, 0.5])]


def raised(function: Callable[[], object]) -> BaseException:
    """Return what a function raises."""
    with pytest.raises(Exception) as info:
        function()
    return info.value


def test_messages_are_told_without_the_lines_of_c_plus_plus() -> None:
    """What MXNet checked, and where, tells a learner nothing."""
    error = raised(lambda: mx.np.ones((2, 3)) + mx.np.ones((2, 2)))
    wrong = raised(lambda: mx.np.ones((2, 3))[mx.np.array([5], dtype="int64")])

    assert text_of(error) == "operands could not be broadcast together with shapes [2,3] [2,2]"
    assert text_of(wrong) == "index 5 is out of bounds for axis 0 with size 2"


def test_an_array_too_large_for_mxnet_is_a_matter_of_memory() -> None:
    """The limit is told, as where the memory itself does not suffice."""
    error = raised(lambda: mx.np.zeros((1 << 20, 1 << 20)))

    assert limit_met(error, str(error)) == "memory"
    assert limit_met(mx.base.MXNetError("x"), "Failed to allocate CPU Memory") == "memory"


@pytest.mark.parametrize(
    ("error", "command"),
    [
        (
            OSError("libquadmath.so.0: cannot open shared object file"),
            "apt-get install libquadmath",
        ),
        (ModuleNotFoundError("No module", name="distutils"), r"pip install 'setuptools<80'"),
        (ModuleNotFoundError("No module", name="mxnet"), "pip install --no-deps mxnet==1.9.1"),
    ],
)
def test_what_the_import_lacks_is_told_with_the_command(
    monkeypatch: pytest.MonkeyPatch, error: Exception, command: str
) -> None:
    """A library of the system, a module that Python has dropped, and MXNet itself."""

    def fail(_name: str) -> None:
        raise error

    monkeypatch.setattr(importlib, "import_module", fail)

    with pytest.raises(ImportError, match=command):
        adapter_for("mxnet")
