"""Gradients of large arguments, at kinks, and where there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import Mismatch, assert_backward, assert_gradient
from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.errors import AuthoringError, Raised
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.reference import ReplayChannel, load_reference_text

LAYER = """
import numpy as np
calls = []

def layer(x, W):
    calls.append(1)
    return np.tanh(x @ W)

def layer_backward(dout, x, W):
    inner = dout * (1 - np.tanh(x @ W) ** 2)
    dx, dW = inner @ W.T, x.T @ inner
    return dx, dW
"""
STATE = np.random.RandomState(8)
X, W = STATE.standard_normal((20, 30)), STATE.standard_normal((30, 25)) / 5
DOUT = STATE.standard_normal((20, 25))


def module(text, student=False):
    """Return a module behind plain calls."""
    channel = load_reference_text(text, Path("a.py"), "numpy")
    return ModuleProxy(channel.as_student("numpy") if student else channel)


def check_layer(reference, text):
    """Check the backward function in *text*."""
    assert_backward(
        module(text, True), reference, "layer_backward", [DOUT, X, W],
        forward="layer", at=[X, W], cotangent=DOUT, names=["dx", "dW"], terms=30,
    )  # fmt: skip


def test_a_large_gradient_is_compared_where_it_is_looked_at():
    """600 and 750 entries take 273 calls of the reference and not 2701; asked again, none."""
    reference = module(LAYER)
    for _ in range(2):
        check_layer(reference, LAYER)

    assert len(reference._channel._host.module["calls"]) == 1 + 2 * 2 * (64 + 4) == 273


@pytest.mark.parametrize(
    "wrong",
    [
        "dx = dx[::-1]",
        "dW[29, 24] *= 1.01",
        "dW[7, 0] = -dW[7, 0]",
        "dx[0, :] = 0",
        "dx += 1e-4",
        "dW[[0, 1]] = dW[[1, 0]]",
        "dW = dW * 1.0001",
        "dx[3, 3], dx[3, 4] = dx[3, 4], dx[3, 3]",
    ],
)
def test_a_large_gradient_that_is_wrong_anywhere_is_refused(wrong):
    """In one entry, in a row, or everywhere by a little."""
    text = LAYER.replace("    return dx, dW", f"    {wrong}\n    return dx, dW")

    with pytest.raises(Mismatch, match=r"d[xW] has wrong values"):
        check_layer(module(LAYER), text)


@settings(max_examples=60)
@given(row=st.integers(0, 29), column=st.integers(0, 24), share=st.floats(1e-3, 1))
def test_one_wrong_entry_is_seen_wherever_it_is(row, column, share):
    """By a thousandth of the largest entry or more, looked at or not."""
    text = LAYER.replace(
        "    return dx, dW",
        f"    dW[{row}, {column}] += {share} * abs(dW).max()\n    return dx, dW",
    )

    with pytest.raises(Mismatch):
        check_layer(RECORDED, text)


def recorded():
    """Return the layer's answers as a kit has them."""
    reference = load_reference_text(LAYER, Path("a.py"), "numpy")
    check_layer(ModuleProxy(reference), LAYER)
    return ModuleProxy(ReplayChannel(reference.answers, "numpy"))


RECORDED = recorded()


def test_a_kit_replays_what_a_large_gradient_was_compared_with():
    """Slopes are recorded like any other answer."""
    check_layer(RECORDED, LAYER)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("dx = dx[:, :1]", "dx has the wrong shape. Got (20, 1), expected (20, 30)."),
        ("dx = dx.T", "dx has the wrong shape. Got (30, 20), expected (20, 30)."),
        ("dx = dx.astype(int)", "dx has the wrong kind of dtype. Got int64, expected float64."),
        ("dx = dx * 1j", "dx has the wrong kind of dtype. Got complex128, expected float64."),
        ("dx = None", "dx is not an array. It is None. Is there a return statement?"),
        (
            "dx[19, 29] = np.nan",
            "dx has NaN or infinity where a finite value is expected, or vice versa. "
            "At [19, 29]: got nan, expected 0; 1 of 64 entries are wrong in this way.",
        ),
        (
            "dx[10, 18] = 0",
            "dx has wrong values. 1 of 64 entries differ. The largest difference is 0.0156 at "
            "[10, 18]: got 0, expected 0.0155726; a difference of 9.38e-06 is allowed.",
        ),
        (
            "dx[10, 17] = 0",
            "dx has wrong values. The 64 entries that were compared are right, but others are "
            "not: the slope along a random direction is wrong.",
        ),
    ],
)
def test_what_is_wrong_with_a_large_gradient_is_said(wrong, message):
    """Attributes before values; and that only some entries were looked at one by one."""
    text = LAYER.replace("    return dx, dW", f"    {wrong}\n    return dx, dW")

    with pytest.raises(Mismatch) as caught:
        check_layer(RECORDED, text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("old", "new", "passes"),
    [
        ("np.tanh(x @ W)", "np.tanh(np.dot(x, W))", True),
        ("np.tanh(x @ W)", "np.sin(x @ W)", False),
        ("np.tanh(x @ W)", "np.tanh(x @ W) * (1 + 1e-4)", False),
        ("np.tanh(x @ W)", "np.tanh(x @ np.where(np.arange(30)[:, None] == 7, 0, W))", False),
    ],
)
def test_a_function_of_large_arguments_is_differentiated_where_it_matters(old, new, passes):
    """A NumPy submission's function is called as seldom as the reference's."""
    student = module(LAYER.replace(old, new, 1), True)

    def check():
        assert_gradient(student, module(LAYER), "layer", [X, W], DOUT, names=["dx", "dW"], terms=30)

    if passes:
        check()
    else:
        with pytest.raises(Mismatch, match="has wrong values"):
            check()
    assert len(student._channel._host.module["calls"]) == 273


def test_autograds_gradient_is_looked_at_in_the_same_places():
    """In float32, within its precision; a wrong function is refused."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    with running(CheckContext(Draw(0, "float32"))):
        text = "import torch\ndef layer(x, W):\n    return torch.tanh(x @ W)\n"
        args = [X.astype("f4"), W.astype("f4")]
        for extra, passes in [("", True), (" * 1.001", False)]:
            mine = text.replace("@ W)", f"@ W){extra}")
            channel = load_reference_text(mine, Path("a.py"), "torch").as_student("torch")
            check = (ModuleProxy(channel), RECORDED_TORCH(text), "layer", args, DOUT.astype("f4"))
            if passes:
                assert_gradient(*check, names=["dx", "dW"], terms=30)
            else:
                with pytest.raises(Mismatch, match="dx has wrong values"):
                    assert_gradient(*check, names=["dx", "dW"], terms=30)


def RECORDED_TORCH(text):  # noqa: N802 — beside RECORDED
    """Return a PyTorch reference."""
    return ModuleProxy(load_reference_text(text, Path("a.py"), "torch"))


# -- kinks -----------------------------------------------------------------------------------------

RELU = "import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)\n"
RELU += "def relu_backward(dout, x):\n    return dout * np.where(x == 0, {slope}, x > 0)\n"


def check_relu(slope, x, dout):
    """Check the slope of ReLU that takes *slope* at 0."""
    assert_backward(
        module(RELU.format(slope=slope), True), module(RELU), "relu_backward", [dout, x],
        forward="relu", at=[x], cotangent=dout, names=["dx"],
    )  # fmt: skip


@pytest.mark.parametrize("shape", [(6,), (30, 20)])
@settings(max_examples=40)
@given(slope=st.floats(-2, 3))
def test_at_a_kink_what_lies_between_the_slopes_on_both_sides_is_right(shape, slope):
    """And nothing else, in a few entries or many, whatever the sign of the cotangent."""
    state = np.random.RandomState(2)
    x, dout = state.standard_normal(shape), state.standard_normal(shape)
    x.flat[:: 1 + x.size // 200] = 0.0
    x.flat[1] = 1.0  # where nothing but 0 is looked at, how large slopes are is not seen

    if 0 <= slope <= 1:
        check_relu(slope, x, dout)
    elif slope < -1e-3 or slope > 1.001:
        with pytest.raises(Mismatch, match="dx has wrong values"):
            check_relu(slope, x, dout)


def test_the_edges_of_the_interval_are_right_in_float32():
    """Rounding may carry a value just outside of it."""
    with running(CheckContext(Draw(0, "float32"))):
        x = np.array([0.0, 0.0, 1.0], "f4")
        for slope in (0, 1, 0.5, "np.float32(1.000001)"):
            check_relu(slope, x, np.array([0.3, -0.7, 0.1], "f4"))


def test_ties_of_a_maximum_may_go_either_way():
    """Who gets the gradient where two are largest is a convention."""
    forward = "import numpy as np\ndef top(x):\n    return x.max(1)\n"
    x, dout = np.array([[1.0, 2.0, 2.0], [3.0, 3.0, 0.0]]), np.array([0.5, -1.5])
    for chosen in ("x.argmax(1)", "2 - x[:, ::-1].argmax(1)"):
        mine = f"import numpy as np\ndef top_backward(dout, x):\n    d = np.eye(3)[{chosen}]\n"
        for returned, right in [("d * dout[:, None]", True), ("d * abs(dout)[:, None]", False)]:
            student = module(f"{mine}    return {returned}\n", True)
            check = (student, module(forward), "top_backward", [dout, x])
            options = {"forward": "top", "at": [x], "cotangent": dout, "names": ["dx"]}
            if right:
                assert_backward(*check, **options)
            else:
                with pytest.raises(Mismatch):
                    assert_backward(*check, **options)


# -- nothing to compare ----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(2, 3), (40, 30)])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_a_gradient_that_is_zero_wherever_it_is_looked_at_is_the_authors_to_mend(shape, scale):
    """The message says which argument and what to do; a small cotangent is no zero gradient."""
    text = "import numpy as np\ndef softmax(X):\n    E = np.exp(X)\n"
    text += "    return E / E.sum(1, keepdims=True)\n"
    points = np.random.RandomState(1).standard_normal(shape)
    cotangent = np.random.RandomState(2).standard_normal(shape) * scale
    args = (module(text, True), module(text), "softmax", [points])

    assert_gradient(*args, cotangent, names=["dX"])
    with pytest.raises(AuthoringError, match=r"gradient dX is zero.*Draw a random cotangent"):
        assert_gradient(*args, np.full(shape, scale), names=["dX"])


def test_an_argument_that_does_not_matter_is_the_authors_to_mend():
    """One of two gradients is zero, or the cotangent is."""
    text = "def f(x, w):\n    return x * 2 + 0 * w\n"
    args = (module(text, True), module(text), "f", [np.ones(3), np.ones(3)])

    with pytest.raises(AuthoringError, match="dw is zero"):
        assert_gradient(*args, np.array([1.0, -2.0, 0.5]), names=["dx", "dw"])
    with pytest.raises(AuthoringError, match="dx is zero"):
        assert_gradient(*args, np.zeros(3), names=["dx", "dw"])


@pytest.mark.parametrize("function", ["np.floor(x)", "np.log(x)", "np.sqrt(x)"])
def test_a_point_without_a_slope_is_the_authors_to_mend(function):
    """The message says where it is."""
    text = f"import numpy as np\ndef f(x):\n    return {function}\n"

    with np.errstate(all="ignore"), pytest.raises(AuthoringError, match=r"no slope dx at \[1, 0\]"):
        assert_gradient(
            module(text, True), module(text), "f", [np.array([[1.5], [0.0]])], np.ones((2, 1)),
            names=["dx"],
        )  # fmt: skip


class Liar:
    """A channel that claims any slopes."""

    framework = "numpy"

    def __init__(self, value):
        self.value = value

    def request(self, op, payload):
        """Return them."""
        return {"value": self.value, "after": []}


@pytest.mark.parametrize(
    "claim",
    [
        {"shape": [10**6, 10**6], "low": np.ones(68), "high": np.ones(68)},
        {"shape": [3], "low": np.ones(3) * np.nan, "high": np.ones(3)},
        {"shape": [3], "low": np.ones(3) * -1e9, "high": np.ones(3) * 1e9},
        {"shape": [1, 3], "low": np.full(3, 2.0), "high": np.full(3, 2.0)},
    ],
)
def test_slopes_that_lie_earn_nothing(claim):
    """Another shape is no answer and costs no memory; NaN and wide intervals agree with nothing."""
    args = [np.ones(3)]

    with pytest.raises((Mismatch, Raised)):
        assert_gradient(
            ModuleProxy(Liar([claim])), module("def f(x):\n    return 2 * x\n"), "f", args,
            np.array([1.0, 2.0, 3.0]), names=["dx"],
        )  # fmt: skip
