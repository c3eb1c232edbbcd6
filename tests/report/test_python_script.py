from __future__ import annotations

import contextlib
import io
import re

import numpy as np
import pytest

from grader.checks import Parameter
from grader.errors import SubmissionError
from grader.exercise import Chunk
from grader.report.python_script import Call, leading_to, merged, script
from grader.report.signatures import Signatures
from grader.sandbox.channel import LocalChannel
from grader.sandbox.proxy import ModuleProxy


class Learner:
    """A learner's code, the calls that a check makes of it, and what is written of them."""

    def __init__(self, source, framework="numpy"):
        self.source, self.framework = source, framework
        namespace = {}
        exec(source, namespace)
        channel = LocalChannel.of_namespace(namespace, framework)
        channel._host.begin("", 5)
        self.module = ModuleProxy(channel)

    def text(self, last=-1, right=None, chance=False, closing=()):
        """Return Python that makes the call number *last*."""
        calls = merged([Call(record, right, chance) for record in self.module.trace])
        shown = leading_to(calls, range(len(calls))[last])
        signatures = Signatures([Chunk("mine.py", self.source)])
        return script(shown, self.framework, signatures, 5, ["what it is"], list(closing))

    def printed(self, text):
        """Return what *text* prints behind the learner's code."""
        namespace = {}
        exec(self.source, namespace)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(text, namespace)
        return out.getvalue()


def test_a_call_is_written_with_the_learners_names():
    """Arrays are assigned to the function's own arguments; small values stand in the call."""
    learner = Learner("def scale(x, factor=2, *, shift=0):\n    return x * factor + shift\n")
    learner.module.scale(np.array([1.0, -2.0]), 3, shift=0.5)
    text = learner.text(right=(np.array([1.0, 1.0]), {}), closing=["two\nlines"])

    assert text == (
        "# what it is\n"
        "\n"
        "import numpy as np\n"
        "\n"
        "x = np.array([1.0, -2.0], dtype=np.float64)\n"
        "print(scale(x, 3, shift=0.5))\n"
        "# got: an array of shape (2,) and dtype float64\n"
        "#     [ 3.5 -5.5]\n"
        "# expected: an array of shape (2,) and dtype float64\n"
        "#     [1. 1.]\n"
        "\n"
        "# two\n"
        "# lines\n"
    )
    assert "[ 3.5 -5.5]\n" == learner.printed(text)


def test_what_is_changed_in_place_is_shown():
    """A function that returns nothing shows the arrays that it changed, or should have."""
    learner = Learner("def sgd(params, lr):\n    params[0] -= lr\n")
    learner.module.sgd([np.ones(2), np.ones(1)], 0.5)
    text = learner.text(right=(None, {1: np.zeros(1)}))

    assert "\nsgd(params, 0.5)\nprint(params[0])\nprint(params[1])\n" in text
    assert "# got params[0]: an array" in text
    assert "# expected params[0]: unchanged" in text
    assert "# got params[1]: unchanged" in text
    assert "[0.5 0.5]\n[1.]\n" == learner.printed(text)


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


def test_an_object_is_made_and_treated_as_before():
    """Every earlier call that dealt with it is repeated, and no other."""
    learner = Learner(NET)
    net, other = learner.module.Net(4), learner.module.Net(9)
    other(np.ones(3))
    net.call("step", by=1)
    learner.module.train(net, by=0.5)
    net(np.ones(2))
    text = learner.text()

    assert "Net(9)" not in text
    assert "net = Net(4)\nnet.step(by=1)\ntrain(net, by=0.5)\n" in text
    assert "X = np.array([1.0, 1.0], dtype=np.float64)\nprint(net(X))\n" in text
    assert "[2.5 2.5]\n" == learner.printed(text)


def test_objects_within_a_result_are_found():
    """In a tuple, in a list in it; their attributes and parameters too."""
    learner = Learner(NET)
    first, (second,) = learner.module.pair()
    second.get("w")
    second.parameters()
    first.parameters()

    assert "made = pair()\nprint(made[1][0].w)\n" in learner.text(1)
    assert "[2.0]\n" == learner.printed(learner.text(1))
    assert "[array([2.])]\n" == learner.printed(learner.text(2))
    assert "[array([1.])]\n" == learner.printed(learner.text(3))


ITERATE = """
def count(X, start=0):
    while True:
        X += 1
        yield start
        start += 1


def few(n):
    yield from range(n)
"""


def test_items_are_taken_from_an_iterator_at_once():
    """All of them where it ended, as many as were taken where it did not."""
    learner = Learner(ITERATE)
    list(learner.module.few(5))
    ended = learner.text()
    learner.module.trace.clear()
    for number, _item in zip(range(4), learner.module.count(np.zeros(2)), strict=False):
        assert number < 4
    endless = learner.text()

    assert "generator = few(5)\niterator = iter(generator)\nprint(list(iterator))\n" in ended
    assert "[0, 1, 2, 3, 4]\n" == learner.printed(ended)
    assert "print(list(itertools.islice(iterator, 7)))\nprint(X)\n" in endless
    assert "[0, 1, 2, 3, 4, 5, 6]\n[7. 7.]\n" == learner.printed(endless)


def test_a_call_that_raised_is_made_all_the_same():
    """As the last one it raises again; as an earlier one it stops nothing."""
    source = "class Once:\n    def use(self, x):\n        self.used = x\n        return 1 / x\n"
    learner = Learner(source)
    once = learner.module.Once()
    with pytest.raises(SubmissionError):
        once.call("use", 0)
    raising = learner.text()
    once.get("used")

    with pytest.raises(ZeroDivisionError):
        learner.printed(raising)
    assert "0\n" == learner.printed(learner.text())


def test_numbers_are_drawn_as_in_the_check():
    """Where chance plays a part, generators are seeded and every earlier call is made."""
    source = "import numpy as np\ndef noise(n):\n    return np.random.randn(n)\n"
    learner = Learner(source)
    learner.module.noise(3)
    second = learner.module.noise(2)
    text = learner.text(chance=True)

    assert "np.random.seed(5)\nnoise(3)\nprint(noise(2))\n" in text
    assert f"{second}\n" == learner.printed(text)
    assert "\nprint(noise(2))\n" in learner.text()
    assert "seed" not in learner.text()


def test_functions_of_the_check_are_written_out():
    """With the modules and values that they use; the learner's own function by its name."""
    learner = Learner("def twice(f, x):\n    return f(f(x))\n\ndef half(x):\n    return x / 2\n")
    shift, scale = 3, np.array([2.0, 4.0])

    def affine(x):
        return np.add(x * scale, shift)

    learner.module.twice(affine, np.ones(2))
    learner.module.twice(lambda x: x**2 + 1, np.ones(2))
    learner.module.twice(learner.module.half, np.ones(2))

    assert "[13. 31.]\n" == learner.printed(learner.text(0))
    assert "f = lambda x: x ** 2 + 1\n" in learner.text(1)
    assert "[5. 5.]\n" == learner.printed(learner.text(1))
    assert "print(twice(half, x))" in learner.text(-1)
    assert "[0.25 0.25]\n" == learner.printed(learner.text(-1))


def test_a_function_that_cannot_be_written_says_so():
    """The text still parses; only calling it raises."""
    learner = Learner("def twice(f, x):\n    return x\n")
    reference = learner.module
    learner.module.twice(lambda x: reference.twice(None, x), 1)
    text = learner.text()

    assert "a function of the check, left out: f" in text
    assert "1\n" == learner.printed(text)


def test_names_of_the_learners_own_are_kept():
    """An argument that is called like something in the learner's code gets another name."""
    source = (
        "def lr(x):\n    return x\n\nX = 4\n\ndef add(X, lr):\n    return globals()['X'] + lr\n"
    )
    learner = Learner(source)
    learner.module.add(np.ones(1), np.ones(1))

    assert "print(add(X_2, lr_2))" in learner.text()
    assert "[5.]\n" == learner.printed(learner.text())


def test_gradients_of_numpy_are_central_differences():
    """They are gradproof's own, which the text imports."""
    learner = Learner("def square(x, n):\n    return x**2 * n\n")
    learner.module.vjp("square", [np.array([1.0, 3.0]), 2], np.array([1.0, -1.0]))
    text = learner.text()

    assert "central_differences(square, [x, 2], cotangent)" in text
    assert re.fullmatch(r"\[array\(\[ *[34]\.\d*, -1[12]\.\d*\]\), None\]\n", learner.printed(text))


def test_tensors_and_their_gradients():
    """PyTorch submissions get tensors; a gradient is autograd's."""
    torch = pytest.importorskip("torch")
    learner = Learner("def square(x, n):\n    return x**2 * n\n", "torch")
    learner.module.square(Parameter(np.array([1.5], np.float32)), 2)
    learner.module.vjp("square", [np.array([1.0, 3.0], np.float32), 2], np.ones(2, np.float32))
    forward, backward = learner.text(0), learner.text(1)

    assert "x = torch.tensor([1.5], dtype=torch.float32).requires_grad_()\n" in forward
    assert "tensor([4.5000], grad_fn=<MulBackward0>)\n" == learner.printed(forward)
    assert f"{(torch.tensor([4.0, 12.0]),)}\n" == learner.printed(backward)


def test_arrays_of_jax_keep_their_dtype():
    """Where JAX would make float32 of float64, it is told not to."""
    learner = Learner("def square(x):\n    return x**2\n")
    learner.module.vjp("square", [np.array([1.0])], np.array([2.0]))
    learner.framework = "jax"
    text = learner.text()

    assert 'jax.config.update("jax_enable_x64", True)\n\nx = jnp.array([1.0], dtype=jnp.f' in text
    assert "print(jax.vjp(lambda x: square(x), x)[1](cotangent))\n" in text


def test_slopes_are_shown_as_the_gradient_that_they_belong_to():
    """A whole one has the shape of its argument."""
    learner = Learner("def square(x):\n    return x**2\n")
    learner.module.slopes("square", [np.array([[1.0, 3.0]])], np.ones((1, 2)), 3)
    text = learner.text()

    assert "# got: a list of 1\n#     [0] an array of shape (1, 2) and dtype float64\n" in text
    assert "[array([[2." in learner.printed(text)


EVIL = 'x = "\\n# "; print("out")\nimport os\r\x0cprint("out")\u2028print("out")\x85print("out")'


@pytest.mark.parametrize("place", ["value", "error", "message", "type", "key"])
def test_a_learners_text_is_no_code(place):
    """Whatever a learner returns or raises, the text does nothing but what it says."""
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
    text = learner.text(closing=[EVIL] if place == "message" else [])
    printed = ""
    with contextlib.suppress(ValueError):
        printed = learner.printed(text)

    assert "out\n" not in printed.replace(repr(EVIL), "").splitlines(keepends=True)


def test_two_iterators_over_arrays_of_other_sizes_stay_apart():
    """What is joined is found by what it is, not by comparing arrays."""
    learner = Learner("def rows(X):\n    yield from X\n")
    for count in (11, 12):
        assert count == len(list(learner.module.rows(np.ones((count, 2)))))
    calls = merged([Call(record) for record in learner.module.trace])

    assert [11, 12] == [len(call.record.value) for call in calls if call.record.op == "take"]
