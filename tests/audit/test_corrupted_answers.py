from __future__ import annotations

import numpy as np
import pytest

from grader.audit.corrupted_answers import CORRUPTIONS, corrupted

torch = pytest.importorskip("torch")


def right():
    """Return an answer whose every entry can be told from the others."""
    return np.linspace(0.5, 2.7, 6).reshape(2, 3)


@pytest.fixture(params=["numpy", "torch"])
def array(request):
    """Return a function that makes float32 arrays of either framework."""
    return {
        "numpy": lambda data: np.asarray(data, "float32"),
        "torch": lambda data: torch.tensor(data, dtype=torch.float32),
    }[request.param]


@pytest.mark.parametrize("corruption", CORRUPTIONS)
def test_every_corruption_corrupts_an_array(array, corruption):
    """In shape, dtype or values, and in nothing that another corruption corrupts."""
    answer = array(right())
    found = corrupted(lambda: answer, corruption)()
    shape, dtype = tuple(found.shape), str(found.dtype).removeprefix("torch.")
    same = shape == (2, 3) and np.allclose(np.asarray(found, "float64"), right(), rtol=1e-4)

    assert (shape, dtype, same) == {
        "has an axis too many": ((2, 3, 1), "float32", False),
        "has its entries in a row": ((6,), "float32", False),
        "is in whole numbers": ((2, 3), "int64", False),
        "is in half precision": ((2, 3), "float16", False),
        "is in double precision": ((2, 3), "float64", True),
        "is off by a thousandth": ((2, 3), "float32", False),
        "has zeros for values": ((2, 3), "float32", False),
        "has ones for values": ((2, 3), "float32", False),
    }[corruption]


@pytest.mark.parametrize("number", [2.7, np.float64(2.7), np.array(2.7)])
@pytest.mark.parametrize(
    ("corruption", "found"),
    [
        ("has an axis too many", [2.7]),
        ("has its entries in a row", [2.7]),
        ("is in whole numbers", 2),
        ("is in half precision", 2.69921875),
        ("is in double precision", 2.7),
        ("is off by a thousandth", 2.7027),
        ("has zeros for values", 0),
        ("has ones for values", 1),
    ],
)
def test_a_number_is_corrupted_too(number, corruption, found):
    """But for its dtype: a scalar may have any."""
    assert np.asarray(corrupted(lambda: number, corruption)()).tolist() == pytest.approx(found)


def test_noise_is_a_thousandth_of_the_largest_entry(array):
    """Neither a shift nor less than what a check must notice."""
    noise = np.asarray(corrupted(lambda: array(right()), "is off by a thousandth")()) - right()

    assert abs(noise).max() == pytest.approx(2.7e-3, rel=1e-3)
    assert noise.min() < 0 < noise.max()


@pytest.mark.parametrize(
    "answer",
    [
        lambda: (right(), 1.0),
        lambda: [right(), [right()]],
        lambda: {"a": right()},
        lambda: (part for part in [right()]),
        lambda: iter([right()]),
        lambda: lambda: right(),
    ],
)
def test_what_lies_in_an_answer_is_corrupted(answer):
    """Tuples, lists, tables, generators, what is called again."""

    def leaves(value):
        if callable(value):
            return leaves(value())
        if isinstance(value, (np.ndarray, float)):
            return [value]
        items = value.values() if isinstance(value, dict) else value
        return [leaf for item in items for leaf in leaves(item)]

    found = leaves(corrupted(answer, "has zeros for values")())

    assert len(leaves(answer())) == len(found)
    assert not any(np.any(leaf) for leaf in found)


def test_what_is_changed_in_place_is_corrupted_there(array):
    """And nothing that was not changed."""

    def step(params, grads):
        for param, grad in zip(params, grads, strict=True):
            param -= grad

    param, grad = array(right()), array(right() / 2)
    before = np.asarray(grad).copy()
    corrupted(step, "has ones for values")([param], [grad])

    assert np.array_equal(param, np.ones((2, 3)))
    assert np.array_equal(grad, before)


def test_a_trainable_tensor_is_corrupted_in_place():
    """Though autograd watches it."""
    param = torch.ones(3, requires_grad=True)

    def step(param):
        with torch.no_grad():
            param += 1

    corrupted(step, "has zeros for values")(param)

    assert param.tolist() == [0, 0, 0]


def test_words_and_nothing_stay_as_they_are():
    """There is nothing in them to corrupt."""
    assert corrupted(lambda: ("a", True, None), "has zeros for values")() == ("a", True, None)
    assert corrupted(lambda x: None, "has zeros for values")(right()) is None


def test_a_class_is_corrupted_in_what_its_methods_answer():
    """Called or by name; an object of it is still one."""

    class Half:
        def __call__(self, x):
            return x / 2

        def twice(self, x):
            return self._double(x)

        def _double(self, x):
            return 2 * x

    wrapped = corrupted(Half, "has zeros for values")

    assert not wrapped()(right()).any() and not wrapped().twice(right()).any()
    assert wrapped()._double(right()).all()
    assert issubclass(wrapped, Half)


def test_a_gradient_that_is_changed_is_corrupted_too():
    """A parameter that keeps its value keeps it."""
    param = torch.ones(2, requires_grad=True)
    param.grad = torch.full((2,), 3.0)

    def zero_grad(params):
        params[0].grad.zero_()

    corrupted(zero_grad, "has ones for values")([param])

    assert (param.tolist(), param.grad.tolist()) == ([1, 1], [1, 1])
