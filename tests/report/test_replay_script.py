from __future__ import annotations

import contextlib
import io
import re
import sys
import types

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks import Parameter, WithGradient
from grader.errors import SubmissionError
from grader.report.replay_script import DATA, MOST_ENTRIES, script
from grader.sandbox.channel import LocalChannel
from grader.sandbox.judged_call import Call, leading_to, merged
from grader.sandbox.proxy import ModuleProxy
from grader.worker.values import DTYPES


class Learner:
    """A learner's code, the calls that a check makes of it, and the script of one of them."""

    def __init__(self, source, framework="numpy"):
        self.source, self.framework = source, framework
        channel = LocalChannel.of_namespace(self._mine().__dict__, framework)
        channel._host.begin("", 5)
        self.module = ModuleProxy(channel)

    def _mine(self):
        mine = types.ModuleType("mine")
        exec(self.source, mine.__dict__)
        return mine

    def script(self, last=-1, right=None, chance=False, closing=()):
        """Return the script of the call number *last*."""
        calls = merged([Call(record, right, chance) for record in self.module.trace])
        shown = leading_to(calls, range(len(calls))[last])
        return script(shown, self.framework, self.source, 5, ["what it is"], list(closing))

    def text(self, *args, **kwargs):
        """Return the text of :meth:`script`."""
        return self.script(*args, **kwargs).text

    def printed(self, script, folder, mine=None):
        """Return what *script* prints where its file lies in *folder*."""
        if script.arrays:
            (folder / DATA).write_bytes(script.data)
        out = io.StringIO()
        with contextlib.redirect_stdout(out), pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "mine", mine or self._mine())
            exec(script.text, {"__file__": str(folder / "replay.py")})
        return out.getvalue()


def test_a_call_is_written_with_the_learners_names(tmp_path):
    """Tiny arrays stand in the text, small values in the call, what is expected beside them."""
    learner = Learner("def scale(x, factor=2, *, shift=0):\n    return x * factor + shift\n")
    learner.module.scale(np.array([1.0, -2.0]), 3, shift=0.5)
    script = learner.script(right=(np.array([1.0, 1.0]), {}), closing=["two\nlines"])

    assert script.text == (
        "# what it is\n"
        "\n"
        "import numpy as np\n"
        "\n"
        "import mine\n"
        "\n"
        "x = np.array([ 1., -2.])\n"
        "expected = np.array([1., 1.])\n"
        "\n"
        "got = mine.scale(x, 3, shift=0.5)\n"
        "# in the check:\n"
        "# [ 3.5 -5.5]\n"
        "print('got:', got)\n"
        "print('expected:', expected)\n"
        "print('largest difference in got:', np.abs(got - expected).max())\n"
        "\n"
        "# two\n"
        "# lines\n"
    )
    assert script.arrays == {}
    assert learner.printed(script, tmp_path) == (
        "got: [ 3.5 -5.5]\nexpected: [1. 1.]\nlargest difference in got: 6.5\n"
    )


def test_larger_arrays_are_read_from_the_file(tmp_path):
    """It holds no pickles, and may be changed in place."""
    learner = Learner("def add(file, args):\n    file += args[0]['b']\n    return file\n")
    one, two = np.ones(MOST_ENTRIES + 1, np.float32), np.full(MOST_ENTRIES + 1, 2.0)
    learner.module.add(one, [{"b": two}])
    script = learner.script(right=(one, {}))
    expected = np.load(io.BytesIO(script.data), allow_pickle=False)["expected"]

    assert 'a_file = data["a_file"]\na_args = [{\'b\': data["a_args"]}]\n' in script.text
    assert np.array_equal(expected, np.full(MOST_ENTRIES + 1, 3.0))
    assert "largest difference in got: 0.0\n" in learner.printed(script, tmp_path)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ARRAYS = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, min_side=0, max_side=6))
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@example(np.array([0, 2**64 - 4096], np.uint64))
@given(VALUES)
def test_a_script_hands_over_the_same_value(tmp_path_factory, value):
    """Type, dtype, shape and every bit survive, whatever the value holds."""
    learner = Learner("def f(x):\n    return None\n")
    learner.module.f(value)
    seen = []
    mine = types.SimpleNamespace(f=seen.append)
    learner.printed(learner.script(), tmp_path_factory.mktemp("script"), mine)

    assert identical(value, seen[0])


def identical(one, other):
    """Whether two neutral values are the same in type, shape, dtype and every bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(identical, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(identical(one[key], other[key]) for key in one)
    return repr(one) == repr(other)


def test_what_is_changed_in_place_is_compared(tmp_path):
    """Arrays that were changed, or should have been, each with what should stand in them."""
    learner = Learner("def sgd(params, lr):\n    params[0] -= lr\n")
    learner.module.sgd([np.ones(2), np.ones(1)], 0.5)
    script = learner.script(right=(None, {1: np.zeros(1)}))

    assert "\nmine.sgd(params, 0.5)\n" in script.text
    assert learner.printed(script, tmp_path) == (
        "params[0]: [0.5 0.5]\nexpected_params_0: [1. 1.]\nlargest difference in params[0]: 0.5\n"
        "params[1]: [1.]\nexpected_params_1: [0.]\nlargest difference in params[1]: 1.0\n"
    )


def test_differences_are_printed_where_they_mean_something(tmp_path):
    """Between numbers and arrays of equal shapes, in lists and dictionaries too; bools count."""
    learner = Learner("def f():\n    return [True, {'a': 2, 'b': 'text'}, [1.0, 2.0]]\n")
    learner.module.f()
    right = [False, {"a": 5, "b": "other"}, np.ones(3)], {}
    printed = learner.printed(learner.script(right=right), tmp_path)

    assert re.findall(r"largest difference in \S+: (.*)", printed) == ["1.0", "3.0"]


def test_results_made_of_several_are_shown_one_beside_the_other(tmp_path):
    """Each array next to the one that was expected; numbers alone stay in one line."""
    code = "def both(x):\n    return x + 1, {'sum': [x, 2 * x]}, [1, 2]\n"
    learner = Learner(code)
    x = np.array([1.0, 2.0], np.float32)
    learner.module.both(x)
    script = learner.script(right=((x, {"sum": [x, x]}, [1, 3]), {}))

    assert learner.printed(script, tmp_path) == (
        "got[0]: [2. 3.]\nexpected[0]: [1. 2.]\nlargest difference in got[0]: 1.0\n"
        "got[1]['sum'][0]: [1. 2.]\nexpected[1]['sum'][0]: [1. 2.]\n"
        "largest difference in got[1]['sum'][0]: 0.0\n"
        "got[1]['sum'][1]: [2. 4.]\nexpected[1]['sum'][1]: [1. 2.]\n"
        "largest difference in got[1]['sum'][1]: 2.0\n"
        "got[2]: [1, 2]\nexpected[2]: [1, 3]\n"
        "largest difference in got[2][0]: 0.0\nlargest difference in got[2][1]: 1.0\n"
    )


NET = """
class Net:
    def __init__(self, width):
        self.w = [float(width)]

    def __call__(self, X):
        return X * self.w[0]

    def step(self, by):
        self.w[0] -= by

    def parameters(self):
        return [__import__("numpy").array(self.w)]


def train(net, by):
    net.step(by)


def pair():
    return Net(1), [Net(2)]
"""


def test_an_object_is_made_and_treated_as_before(tmp_path):
    """Every earlier call that dealt with an object is repeated, and no other."""
    learner = Learner(NET + "\ndef idle():\n    pass\n")
    net = learner.module.Net(4)
    learner.module.idle()
    net.call("step", by=1)
    learner.module.train(net, by=0.5)
    net(np.ones(2))
    script = learner.script()

    assert "idle" not in script.text
    assert "net = mine.Net(4)\nnet.step(by=1)\nmine.train(net, by=0.5)\n" in script.text
    assert "got: [2.5 2.5]\n" == learner.printed(script, tmp_path)


def test_objects_within_a_result_are_found(tmp_path):
    """In a tuple, in a list in it; their attributes and parameters too."""
    learner = Learner(NET)
    first, (second,) = learner.module.pair()
    second.get("w")
    second.parameters()
    first.parameters()

    assert "made = mine.pair()\n\ngot = made[1][0].w\n" in learner.text(1)
    assert [learner.printed(learner.script(number), tmp_path) for number in (1, 2, 3)] == [
        "got: [2.0]\n",
        "got: [array([2.])]\n",
        "got: [array([1.])]\n",
    ]


BLOCK = """
import numpy as np

class Layer:
    def __init__(self):
        self.w = np.ones(2)
    def __call__(self, X):
        return X * self.w
"""


def test_requests_about_blocks_are_repeated(tmp_path):
    """Their parameters are set, restored and differentiated; the grader's blocks are made."""
    learner = Learner(BLOCK)
    layer, other = learner.module.Layer(), learner.module.Layer()
    layer.set_parameters([np.array([2.0, 3.0])])
    other.restore(layer.state())
    other.gradients([np.ones(2)], np.array([1.0, 5.0]))
    other.slopes([np.ones(2)], np.ones(2), [np.array([1.0, 3.0])])
    chain = learner.module.block("chain", other, learner.module.block("squaring"))
    chain(np.ones(2))
    layer.restore(other)
    layer(np.ones(2))

    printed = [learner.printed(learner.script(number), tmp_path) for number in (5, 6, 9, -1)]

    assert printed.pop() == "got: [2. 3.]\n"
    assert printed[::2] == ["got: [array([1., 5.])]\n", "got: [4. 9.]\n"]
    assert printed[1].startswith("got: [4.0")


ITERATE = """
def count(X, start=0):
    while True:
        X += 1
        yield start
        start += 1


def few(n):
    yield from range(n)
"""


def test_items_are_taken_from_an_iterator_at_once(tmp_path):
    """All of them where it ended, as many as were taken where it did not."""
    learner = Learner(ITERATE)
    list(learner.module.few(5))
    ended = learner.script()
    learner.module.trace.clear()
    for number, _item in zip(range(4), learner.module.count(np.zeros(2)), strict=False):
        assert number < 4
    endless = learner.script()

    assert "generator = mine.few(5)\niterator = iter(generator)\n" in ended.text
    assert "got: [0, 1, 2, 3, 4]\n" == learner.printed(ended, tmp_path)
    assert "got = list(itertools.islice(iterator, 7))\n" in endless.text
    assert "got: [0, 1, 2, 3, 4, 5, 6]\nX: [7. 7.]\n" == learner.printed(endless, tmp_path)


def test_a_call_that_raised_is_made_all_the_same(tmp_path):
    """As the last one it raises again, below what is expected; as an earlier one it stops none."""
    source = "class Once:\n    def use(self, x):\n        self.used = x\n        return 1 / x\n"
    learner = Learner(source)
    once = learner.module.Once()
    with pytest.raises(SubmissionError):
        once.call("use", 0)
    raising = learner.script(right=(7.5, {}))
    once.get("used")

    assert "expected = 7.5\n\ngot = once.use(0)\n" in raising.text
    with pytest.raises(ZeroDivisionError):
        learner.printed(raising, tmp_path)
    assert "got: 0\n" == learner.printed(learner.script(), tmp_path)


def test_numbers_are_drawn_as_in_the_check(tmp_path):
    """Where chance plays a part, generators are seeded and every earlier call is made."""
    source = "import numpy as np\ndef noise(n):\n    return np.random.randn(n)\n"
    learner = Learner(source)
    learner.module.noise(3)
    second = learner.module.noise(2)
    script = learner.script(chance=True)

    assert "np.random.seed(5)\nmine.noise(3)\n\ngot = mine.noise(2)\n" in script.text
    assert f"got: {second}\n" == learner.printed(script, tmp_path)
    assert "mine.noise(3)" not in learner.text()
    assert "seed" not in learner.text()


def test_a_function_of_the_check_is_told_by_its_place():
    """Whoever wants to run the call writes it there; the learner's own has its name."""
    learner = Learner("def twice(f, x):\n    return x\n\ndef half(x):\n    return x / 2\n")
    learner.module.twice(lambda x: x + 1, 1)
    learner.module.twice(learner.module.half, 1)

    place = r"\nf = \.\.\.  # a function of the check test_replay_script.py:\d+\n"
    assert re.search(place, learner.text(0))
    assert "got = mine.twice(mine.half, 1)" in learner.text(1)


def test_names_that_the_script_uses_are_kept(tmp_path):
    """An argument that is called like one of them, or like a keyword, gets another name."""
    learner = Learner("def add(np, got):\n    return np + got\n")
    learner.module.add(np.ones(1), np.ones(1))
    script = learner.script()

    assert "got = mine.add(np_2, got_2)" in script.text
    assert "got: [2.]\n" == learner.printed(script, tmp_path)


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_gradients_are_the_frameworks(framework, tmp_path):
    """By gradproof's own adapter: central differences for NumPy, autograd for PyTorch."""
    pytest.importorskip("torch")
    learner = Learner("def square(x, n):\n    return x**2 * n\n", framework)
    learner.module.vjp("square", [np.array([1.0, 3.0]), 2], np.array([1.0, -1.0]))
    script = learner.script(right=([np.array([4.0, -12.0]), None], {}))

    assert f'adapter_for("{framework}").vjp(mine.square, [x, 2], cotangent)' in script.text
    (off,) = re.findall(r"largest difference in \S+: (.*)", learner.printed(script, tmp_path))
    assert float(off) < 1e-8


def test_tensors_are_handed_over_as_in_the_check(tmp_path):
    """With their dtype, and trainable where they were."""
    pytest.importorskip("torch")
    learner = Learner("def square(x, n):\n    return x**2 * n\n", "torch")
    learner.module.square(Parameter(np.array([1.5], np.float32)), 2)
    script = learner.script(right=(np.array([4.0], np.float32), {}))

    assert 'x = torch.tensor(np.array([1.5], dtype="float32")).requires_grad_()\n' in script.text
    assert learner.printed(script, tmp_path) == (
        "got: tensor([4.5000], grad_fn=<MulBackward0>)\n"
        "expected: [4.]\n"
        "largest difference in got: 0.5\n"
    )


def test_arrays_of_jax_keep_their_dtype():
    """Where JAX would make float32 of float64, it is told not to."""
    learner = Learner("def square(x):\n    return x**2\n")
    learner.module.square(np.array([1.0]))
    learner.framework = "jax"

    assert 'jax.config.update("jax_enable_x64", True)\n' in learner.text()
    assert "\nx = jnp.array(np.array([1.]))\n" in learner.text()


def test_slopes_are_shown_as_the_gradient_that_they_belong_to(tmp_path):
    """A whole one has the shape of its argument."""
    learner = Learner("def square(x):\n    return x**2\n")
    learner.module.slopes("square", [np.array([[1.0, 3.0]])], np.ones((1, 2)), 3)
    right = learner.module.trace[0].value, {}
    printed = learner.printed(learner.script(right=right), tmp_path)

    assert re.search(r"^got\[0\]: \[\[2\..*\nexpected\[0\]: \[\[2\.", printed, re.MULTILINE)
    assert re.search(r"largest difference in got\[0\]: (0\.0|\de-1\d)", printed)


EVIL = 'x = "\\n# "; print("out")\nimport os\r\x0cprint("out")\u2028print("out")\x85print("out")'


@pytest.mark.parametrize("place", ["value", "error", "message", "type", "key"])
def test_a_learners_text_is_no_code(place, tmp_path):
    """Whatever a learner returns or raises, the script does nothing but what it says."""
    bodies = {
        "value": f"return {EVIL!r}",
        "error": f"raise ValueError({EVIL!r})",
        "message": "return 0",
        "type": f"return type({EVIL!r}, (), {{'f': lambda self: 1}})()",
        "key": f"return {{{EVIL!r}: type('T', (), {{}})()}}",
    }
    learner = Learner(f"def f():\n    {bodies[place]}\n")
    found = None
    with contextlib.suppress(SubmissionError):
        found = learner.module.f()
    if place == "type":
        found.call("f")
    script = learner.script(right=(EVIL, {}), closing=[EVIL] if place == "message" else [])
    printed = ""
    with contextlib.suppress(ValueError):
        printed = learner.printed(script, tmp_path)

    assert "out\n" not in printed.replace(EVIL, "").replace(repr(EVIL), "")


def test_two_iterators_over_arrays_of_other_sizes_stay_apart():
    """What is joined is found by what it is, not by comparing arrays."""
    learner = Learner("def rows(X):\n    yield from X\n")
    for count in (11, 12):
        assert count == len(list(learner.module.rows(np.ones((count, 2)))))
    calls = merged([Call(record) for record in learner.module.trace])

    assert [11, 12] == [len(call.record.value) for call in calls if call.record.op == "take"]


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_parameters_are_handed_over_with_their_gradients(framework, tmp_path):
    """The script changes them as the check saw them change, and prints both."""
    pytest.importorskip("torch")
    data = "p.data" if framework == "torch" else "p"
    code = (
        f"def step(params):\n    for p in params:\n        {data}[:] = 3\n        p.grad = None\n"
    )
    learner = Learner(code, framework)
    one = WithGradient(np.array([1.5], np.float32), np.array([2.0], np.float32))
    learner.module.step([one])
    script = learner.script(right=(None, {0: np.array([2.0], np.float32)}))

    printed = learner.printed(script, tmp_path)
    assert "params[0].grad: None\n" in printed
    assert "largest difference in params[0]: 1.0\n" in printed
