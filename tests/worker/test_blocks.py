"""Blocks of every framework: their parameters, gradients, modes, what is saved of them."""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.errors import SubmissionError
from grader.sandbox.channel import LocalChannel
from grader.sandbox.proxy import ModuleProxy
from grader.worker.blocks.places import places
from grader.worker.call_effects import modes, restore
from grader.worker.module_host import Host

pytestmark = pytest.mark.filterwarnings("ignore:::mxnet")

PLAIN = """
class Layer:
    def __init__(self, d, k):
        self.W, self.b, self.idle = {ones}((d, k)), {ones}(k), {ones}(2)

    def __call__(self, X):
        self.kept = X
        return X @ self.W + self.b

class Chain:
    def __init__(self, *blocks):
        self.blocks = blocks

    def __call__(self, X):
        for block in self.blocks:
            X = block(X)
        return X
"""
SOURCES = {
    "numpy": "import numpy as np\n" + PLAIN.format(ones="np.ones"),
    "jax": "import jax.numpy as jnp\n" + PLAIN.format(ones="jnp.ones"),
    "torch": """
import torch
from torch import nn

class Layer(nn.Module):
    def __init__(self, d, k):
        super().__init__()
        self.W = nn.Parameter(torch.ones(d, k))
        self.b = nn.Parameter(torch.ones(k))
        self.idle = nn.Parameter(torch.ones(2))

    def forward(self, X):
        return X @ self.W + self.b

class Chain(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X
""",
    "tensorflow": """
import keras

class Layer(keras.layers.Layer):
    def __init__(self, d, k):
        super().__init__()
        self.W = self.add_weight(shape=(d, k), initializer="ones")
        self.b = self.add_weight(shape=(k,), initializer="ones")
        self.idle = self.add_weight(shape=(2,), initializer="ones")

    def call(self, X):
        return X @ self.W + self.b

class Chain(keras.Model):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def call(self, X):
        for block in self.blocks:
            X = block(X)
        return X
""",
    "mxnet": """
from mxnet import np, npx
from mxnet.gluon import nn
npx.set_np()

class Layer(nn.Block):
    def __init__(self, d, k):
        super().__init__()
        self.W = self.params.get("W", shape=(d, k), init="ones")
        self.b = self.params.get("b", shape=(k,), init="ones")
        self.idle = self.params.get("idle", shape=(2,), init="ones")

    def forward(self, X):
        return np.dot(X, self.W.data()) + self.b.data()

class Chain(nn.Block):
    def __init__(self, *blocks):
        super().__init__()
        for block in blocks:
            self.register_child(block)

    def forward(self, X):
        for block in self._children.values():
            X = block(X)
        return X
""",
}
X = np.arange(6.0, dtype=np.float32).reshape(3, 2)


def module_of(framework: str, source: str = "") -> ModuleProxy:
    """Return a learner's module, without a process between."""
    if importlib.util.find_spec(framework) is None:
        pytest.skip(f"{framework} is not installed")
    source = source or SOURCES[framework] + "\neverything = Layer, Chain\n"
    host = Host([("a.py", 1, source)], framework)
    host.begin("everything" if "everything" in source else "Chain", 1)
    return ModuleProxy(LocalChannel(host, framework))


@pytest.fixture(params=sorted(SOURCES))
def module(request: pytest.FixtureRequest) -> Iterator[ModuleProxy]:
    """Return the blocks above in each framework."""
    before = modes()
    yield module_of(request.param)
    restore(before)
    sys.modules.pop("submission", None)


def test_parameters_are_found_and_changed(module: ModuleProxy) -> None:
    """In the block's order; the values of the one are not those of the other."""
    layer, other = module.Layer(2, 3), module.Layer(2, 3)

    assert [p.shape for p in layer.parameters()] == [(2, 3), (3,), (2,)]
    layer.set_parameters([np.full((2, 3), 2.0), np.arange(3.0), np.zeros(2)])
    assert np.allclose(layer(X), 2 * X.sum(axis=1, keepdims=True) + np.arange(3))
    assert np.allclose(other(X), X.sum(axis=1, keepdims=True) + 1)


def test_arrays_that_do_not_fit_are_refused(module: ModuleProxy) -> None:
    """Too few of them, or one of another shape, whether set or restored."""
    layer = module.Layer(2, 3)

    for arrays in ([np.ones((2, 3))], [np.ones((3, 2)), np.ones(3), np.ones(2)]):
        for change in (layer.set_parameters, layer.restore):
            with pytest.raises(SubmissionError):
                change(arrays)


def test_a_second_block_takes_over_what_was_saved(module: ModuleProxy) -> None:
    """Of blocks within, too."""
    first, second = (module.Chain(module.Layer(2, 3), module.Layer(3, 1)) for _ in range(2))
    first.set_parameters([p + 0.5 * (i + 1) for i, p in enumerate(first.parameters())])
    expected = first(X)
    assert not np.allclose(second(X), expected)

    second.restore(first.state())

    assert np.array_equal(second(X), expected)


def test_every_parameter_has_its_gradient(module: ModuleProxy) -> None:
    """One that has no effect has none, or zeros; values are as before."""
    layer, upstream = module.Layer(2, 3), np.arange(9.0, dtype=np.float32).reshape(3, 3)
    before = layer.parameters()

    weight, bias, idle = layer.gradients([X], upstream)

    assert weight is not None and np.allclose(weight, X.T @ upstream, rtol=1e-4)
    assert bias is not None and np.allclose(bias, upstream.sum(axis=0), rtol=1e-4)
    assert idle is None or not idle.any()
    assert all(map(np.array_equal, layer.parameters(), before))


def test_slopes_go_along_a_direction_of_each_parameter(module: ModuleProxy) -> None:
    """A number for each; none, or zero, where there is no effect."""
    layer, upstream = module.Layer(2, 3), np.ones((3, 3), np.float32)
    along = [np.arange(6.0).reshape(2, 3), np.array([1.0, 0, 2]), np.ones(2)]

    weight, bias, idle = layer.slopes([X], upstream, along)

    assert weight == pytest.approx((X.T @ upstream * along[0]).sum(), rel=1e-3)
    assert (bias, idle or 0) == pytest.approx((9.0, 0.0), rel=1e-3)


def test_blocks_of_the_grader_are_part_of_a_learners(module: ModuleProxy) -> None:
    """They are called in order, and their parameters are its own."""
    weight, bias = np.array([[1.0], [2.0]], np.float32), np.array([3.0], np.float32)
    chain = module.Chain(module.block("affine", weight, bias), module.block("squaring"))

    assert np.allclose(chain(X), (X @ weight + bias) ** 2)
    assert [p.tolist() for p in chain.parameters()] == [weight.tolist(), bias.tolist()]


def test_the_mode_reaches_blocks_within(module: ModuleProxy) -> None:
    """Also after a change to the other mode and back, at any depth."""
    inner = module.Chain(module.block("doubling"))

    for chain in (module.Chain(inner), module.block("chain", inner)):
        for mode, factor in (("train", 2), ("eval", 1), ("train", 2)):
            chain.call(mode)
            assert np.array_equal(chain(X), factor * X)


def test_nothing_is_recorded_within_a_block_that_says_so(module: ModuleProxy) -> None:
    """The mode still reaches what is in it, and the values are the same."""
    inner = module.Chain(module.block("doubling"))

    unrecorded = module.block("unrecorded", inner)

    for mode, factor in (("train", 2), ("eval", 1)):
        unrecorded.call(mode)
        assert np.array_equal(unrecorded(X), factor * X)


def test_a_block_in_pytorch_can_tell_that_nothing_is_recorded() -> None:
    """Its call happens where gradients are switched off."""
    source = """
import torch
class Chain(torch.nn.Module):
    def forward(self, X):
        return X * torch.is_grad_enabled()
"""
    student = module_of("torch", source)
    chain = student.Chain()

    assert [chain(X).any(), student.block("unrecorded", chain)(X).any()] == [True, False]


def test_equal_arguments_of_two_calls_in_a_row_are_the_same_arrays() -> None:
    """A result kept for an array is used again, unless the array holds something else by then."""
    source = """
import numpy as np
class Chain:
    def __init__(self):
        self.w, self.known = np.ones(1), (None, None)
    def __call__(self, X):
        if self.known[0] is not X:
            self.known = X, X * self.w
        return self.known[1]
    def clear(self, X):
        X[:] = 0
"""
    net = module_of("numpy", source).Chain()
    net(np.ones(2))
    net.set_parameters([np.array([5.0])])

    assert net(np.ones(2)).tolist() == [1, 1]  # kept, by mistake
    net.call("clear", np.ones(2))
    assert net(np.ones(2)).tolist() == [5, 5]
    assert net(np.zeros(2)).tolist() == [0, 0]


def test_the_state_of_a_module_is_loaded_with_its_tensors() -> None:
    """So that what shares them with the other module is seen."""
    source = """
import torch
class Chain(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.ones(2))
    def load_state_dict(self, state):
        self.w.data = state["w"]
    def forward(self, X):
        return X * self.w
"""
    student = module_of("torch", source)
    one, other = student.Chain(), student.Chain()
    other.restore(one)
    one.set_parameters([np.array([2.0, 3.0], np.float32)])

    assert other(np.ones(2, np.float32)).tolist() == [2, 3]


def test_the_state_of_a_block_is_loaded_into_another_one(module: ModuleProxy) -> None:
    """In every framework, also without arrays that the grader has seen."""
    one, other = module.Layer(2, 3), module.Layer(2, 3)
    one(X), other(X)
    one.set_parameters([2 * p for p in one.parameters()])

    other.restore(one)

    assert np.array_equal(other(X), one(X))


@pytest.mark.parametrize("framework", ["numpy", "jax"])
def test_what_a_call_keeps_is_no_parameter(framework: str) -> None:
    """The input of a layer is kept for a backward pass; a change of the mode returns the layer."""
    layer = module_of(framework).Layer(2, 3)
    layer(X)
    layer.call("eval")

    assert len(layer.parameters()) == 3


def test_methods_of_the_learners_own_go_first() -> None:
    """A list of parameters, and a mode."""
    source = """
import numpy as np
class Chain:
    def __init__(self):
        self.w, self.noise, self.mode = np.ones(2), np.ones(3), ""
    def parameters(self):
        return [self.w]
    def eval(self):
        self.mode = "eval"
"""
    net = module_of("numpy", source).Chain()
    net.call("eval")

    assert ([p.tolist() for p in net.parameters()], net.get("mode")) == ([[1, 1]], "eval")


def test_an_array_of_numpy_in_two_places_is_one_parameter() -> None:
    """As an attribute of a layer, and in the list of all that the network owns."""
    source = """
import numpy as np
class Layer:
    def __init__(self, d):
        self.params = [np.ones((d, d)), np.ones(d)]
    def __call__(self, X):
        W, b = self.params
        return X @ W + b
class Chain:
    def __init__(self):
        self.layers = [Layer(2), Layer(2)]
        self.params = [p for layer in self.layers for p in layer.params]
    def __call__(self, X):
        return self.layers[1](self.layers[0](X))
"""
    net = module_of("numpy", source).Chain()
    found = net.gradients([np.ones((1, 2))], np.ones((1, 2)))
    net.set_parameters([0 * p for p in net.parameters()])

    assert [p.shape for p in net.parameters()] == [(2, 2), (2,), (2, 2), (2,)]
    assert [None if g is None else g.shape for g in found] == [(2, 2), (2,), (2, 2), (2,)]
    assert net(np.ones((1, 2))).tolist() == [[0, 0]]


@pytest.mark.parametrize("framework", ["numpy", "jax"])
def test_a_learners_list_of_parameters_may_ask_the_blocks_of_the_grader(framework: str) -> None:
    """As a chain does that lists what its blocks list."""
    source = f"""
import {"jax" if framework == "jax" else "numpy"}
class Chain:
    def __init__(self, *blocks):
        self.blocks = blocks
    def parameters(self):
        return [p for block in self.blocks for p in block.parameters()]
"""
    student = module_of(framework, source)
    blocks = [student.block("affine", np.ones((2, 3)), np.ones(3))]
    blocks += [student.block(kind) for kind in ("squaring", "doubling")]

    assert [p.shape for p in student.Chain(*blocks).parameters()] == [(2, 3), (3,)]


def test_arrays_of_numpy_are_parameters_of_a_block_of_jax() -> None:
    """They are differentiated as well; keys and whole numbers are none."""
    source = """
import jax
import numpy as np
import jax.numpy as jnp
class Chain:
    def __init__(self):
        self.w = np.ones(2, "float32")
        self.key, self.count = jax.random.key(1), jnp.zeros(3, int)
    def __call__(self, X):
        return jnp.sin(X * self.w)
"""
    net = module_of("jax", source).Chain()
    (found,) = net.gradients([np.zeros(2, "float32")], np.ones(2))

    assert [p.tolist() for p in net.parameters()] == [[1, 1]]
    assert found is not None and found.tolist() == [0, 0]


def test_an_own_list_of_arrays_that_cannot_be_replaced_is_refused() -> None:
    """Arrays of JAX do not change, so each must be an attribute somewhere."""
    source = """
import jax.numpy as jnp
class Chain:
    def __init__(self):
        self.w = jnp.ones(2)
    def parameters(self):
        return [self.w, jnp.ones(1)]
"""
    net = module_of("jax", source).Chain()

    with pytest.raises(SubmissionError, match="no attribute"):
        net.set_parameters([np.ones(2), np.ones(1)])


def test_plain_variables_of_tensorflow_have_gradients() -> None:
    """As attributes of a module, which Keras knows nothing of."""
    source = """
import tensorflow as tf
class Chain(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable([2.0, 3.0])
    def __call__(self, X):
        return X * self.w
"""
    net = module_of("tensorflow", source).Chain()
    net.restore([p + 1 for p in net.state()])

    (found,) = net.gradients([X], np.ones((3, 2), np.float32))
    assert found is not None and np.array_equal(found, X.sum(axis=0))
    assert np.array_equal(net(X), X * [3, 4])


def test_kernels_of_mxnet_are_set_after_a_convolution(capfd: pytest.CaptureFixture[str]) -> None:
    """Its library for processors would have left them in a layout of its own; nothing is said."""
    source = """
from mxnet import npx
from mxnet.gluon import nn
npx.set_np()
class Chain(nn.Block):
    def __init__(self):
        super().__init__()
        self.layer = nn.Conv2D(16, 5)
    def forward(self, X):
        return self.layer(X)
"""
    net, images = module_of("mxnet", source).Chain(), np.ones((1, 6, 9, 9), np.float32)
    net(images)
    net.set_parameters([0 * p + 1 for p in net.parameters()])
    assert net(images).min() == 151
    assert capfd.readouterr().err == ""


TORCH = """
import torch
from torch import nn

class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.cut = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2))
        self.fixed = nn.Parameter(torch.ones(1), requires_grad=False)
        self.register_buffer("seen", torch.zeros(()))

    def forward(self, X):
        self.seen += 1
        return X * self.w * self.cut.detach() + self.seen

class Plain:
    def __init__(self):
        self.w = torch.ones(2, requires_grad=True)
    def parameters(self):
        return [self.w]
    def __call__(self, X):
        return (X * self.w).detach()

everything = Chain, Plain
"""


def test_what_is_saved_of_a_module_is_more_than_parameters() -> None:
    """Buffers; an object that is no module has its parameters alone."""
    module = module_of("torch", TORCH)
    net, plain = module.Chain(), module.Plain()
    net(X)

    assert [one.tolist() for one in net.state()] == [[1, 1], [1, 1], [1], 1]
    plain.restore([np.full(2, 3.0)])
    assert [one.tolist() for one in plain.state()] == [[3, 3]]


def test_a_parameter_that_autograd_does_not_reach_has_no_gradient() -> None:
    """It is cut off, needs none, or the whole result is cut off."""
    module = module_of("torch", TORCH)

    first, *others = module.Chain().gradients([X], X)
    assert first is not None and others == [None, None]
    assert module.Plain().gradients([X], X) == [None]


def test_a_reference_computes_in_float64_whatever_its_blocks_were_made_in() -> None:
    """A module of PyTorch is float32 by itself."""
    if importlib.util.find_spec("torch") is None:
        pytest.skip("torch is not installed")
    host = Host([("a.py", 1, SOURCES["torch"])], "torch")
    host.begin("Layer", 1)
    host.wide = True
    layer = ModuleProxy(LocalChannel(host, "torch")).Layer(2, 3)

    assert layer(X.astype(np.float64)).dtype == np.float64


def test_a_place_in_a_tuple_is_filled_by_another_tuple() -> None:
    """Named ones, nested ones, and lists on the way; an object met twice is gone through once."""
    from collections import namedtuple

    pair = namedtuple("pair", "one other")

    class Whole:
        parts: Any = ([1.0, (2.0,)], pair(3.0, "text"))
        itself: Any = None

    whole = Whole()
    whole.parts, whole.itself = Whole.parts, whole
    found = list(places(whole, lambda value: isinstance(value, float)))

    for place in found:
        with contextlib.suppress(KeyError):
            place.put(10 * place.get())

    assert whole.parts == ([10.0, (20.0,)], pair(30.0, "text"))
