"""Submissions in MXNet, which the zygote has imported."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.errors import SubmissionError
from grader.exercise import Limits
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote

if importlib.util.find_spec("mxnet") is None:
    pytest.skip("MXNet is not installed", allow_module_level=True)

Enrol = Callable[..., ModuleProxy]

SMALL = Limits(seconds=5, memory_mb=256)


@pytest.fixture(scope="module")
def zygotes() -> Iterator[list[Zygote]]:
    """Return a zygote with MXNet, and one forked from it."""
    with Zygote(["numpy", "mxnet"]) as first, first.clone() as second:
        yield [first, second]


def test_the_zygote_has_one_thread_when_it_forks(zygotes: list[Zygote]) -> None:
    """So has its fork, after the engine has been used."""
    assert [zygote.ready["threads"] for zygote in zygotes] == [1, 1]


def test_workers_of_both_zygotes_compute_within_small_limits(
    enrol: Enrol, zygotes: list[Zygote]
) -> None:
    """Arrays, gradients, random numbers, blocks and training."""
    source = """
from mxnet import autograd, gluon, init, np, npx
from mxnet.gluon import nn
npx.set_np()

def f(X, y):
    net = nn.Sequential()
    net.add(nn.Dense(8, activation='relu'), nn.Dense(1))
    net.initialize(init.Normal(sigma=0.1))
    trainer = gluon.Trainer(net.collect_params(), 'sgd', {'learning_rate': 0.1})
    loss = gluon.loss.L2Loss()
    data = gluon.data.DataLoader(gluon.data.ArrayDataset(X, y), 4, shuffle=True)
    first = loss(net(X), y).mean()
    for epoch in range(20):
        for features, labels in data:
            with autograd.record():
                l = loss(net(features), labels)
            l.backward()
            trainer.step(len(features))
    return first, loss(net(X), y).mean()
"""
    x = np.linspace(-1, 1, 24, dtype="float32").reshape(12, 2)

    for zygote in zygotes * 3:
        first, last = enrol(source, zygote, "mxnet", "f", SMALL).f(x, x[:, :1] * 3)
        assert 0 < last < first


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[np.ones((3000, 3000)) for _ in range(99)]", "needed more than 256 MiB of memory"),
        ("np.ones((1 << 20, 1 << 20))", "needed more than 256 MiB of memory"),
        ("x + np.ones((2, 7))", r"a.py, line 4: y = x \+ np.ones"),
        ("np.dot(x, np.ones((3, 3), dtype='float64'))", "two dtypes"),
        ("x + onp.ones((2, 3))", "mixes arrays of NumPy and of MXNet"),
        ("np.where(onp.ones((2, 3)) > 0, x, x)", "mixes arrays of NumPy and of MXNet"),
        ("x.argmax(axis=1) == np.array([0, 1])", r"A.astype\(B.dtype\)"),
        ("nd.exp(x)", "mixes legacy arrays of MXNet"),
        ("x.as_nd_ndarray() + x", "mixes legacy arrays of MXNet"),
        ("np.lin", "has no attribute 'lin'"),
        ("np.sum(x, dim=1)", r"MXNetError: Cannot find argument 'dim'\n"),
    ],
)
def test_errors_speak_mxnet_and_name_the_line(
    enrol: Enrol, zygotes: list[Zygote], line: str, said: str
) -> None:
    """Lines of C++ are left out, and PyTorch is not mentioned."""
    source = f"""import numpy as onp
from mxnet import nd, np, npx
def f(x):
    y = {line}
    return y
"""

    with pytest.raises(SubmissionError, match=said) as info:
        enrol(source, zygotes[0], "mxnet", "f", SMALL).f(np.ones((2, 3), "float32"))

    assert "a.py, line 4" in str(info.value) or "memory" in said
    assert "torch" not in str(info.value)
    assert "../src" not in str(info.value)


def test_a_legacy_submission_gets_legacy_arrays(enrol: Enrol, zygotes: list[Zygote]) -> None:
    """As in the first editions of the book, also from its helper modules."""
    source = """from mxnet import nd
def f(params, grads, lr):
    for p, g in zip(params, grads):
        p[:] = p - lr * g
    return nd.concat(*[p.reshape((-1,)) for p in params], dim=0)
"""
    w = np.ones((2, 1), "float32")

    got = enrol(source, zygotes[0], "mxnet", "f", SMALL).f([w], [w * 2], 0.5)

    assert got.tolist() == [0.0, 0.0]
    assert w.tolist() == [[0.0], [0.0]]


def test_a_submission_in_numpy_may_import_mxnet(enrol: Enrol, zygote: Zygote) -> None:
    """Where it is not preloaded, the import still finds the names that NumPy has dropped."""
    source = "import mxnet as mx\ndef f(x):\n    return mx.np.array(x).asnumpy() * 2\n"

    assert enrol(source, zygote, "numpy", "f", Limits(seconds=60)).f(np.ones(2)).tolist() == [2, 2]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("y = x * 2\n        y += x", "cannot change while autograd records"),
        ("y = np.nanmax(x)", "autograd cannot record this function"),
        ("pass\n    y = x * 2", r"nothing to differentiate; first call attach_grad\(\)"),
        ("y = nn.Dense(2)(x)", r"call initialize\(\)"),
        ("y = x - 0.1 * (x * 1).grad", "one is None"),
    ],
)
def test_what_mxnet_says_of_gradients_is_told_without_values(
    enrol: Enrol, zygotes: list[Zygote], body: str, said: str
) -> None:
    """Of a hidden check, too, the learner reads what to do."""
    source = f"""from mxnet import autograd, np
from mxnet.gluon import nn
def f(x):
    x = x.copy()
    x.attach_grad()
    with autograd.record():
        {body}
    y.backward()
    return x.grad
"""

    with pytest.raises(SubmissionError) as info:
        enrol(source, zygotes[0], "mxnet", "f", SMALL).f(np.ones((2, 3), "float32"))

    assert re.search(said, info.value.headline), info.value.headline
