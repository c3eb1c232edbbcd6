"""TensorFlow and Keras in a worker: their arrays, blocks, gradients and messages."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader.errors import SubmissionError
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.worker.values import Parameter

SOURCE = """
import tensorflow as tf
import keras

def kinds(x, n, labels, w):
    return [isinstance(x, tf.Tensor), n.shape.rank, labels.dtype.name, isinstance(w, tf.Variable)]

def results(x):
    sparse = tf.sparse.from_dense([[0., 1.]])
    kept = keras.Variable([3.])
    return [x[0], tf.Variable(x), tf.ragged.constant([[1, 2], [3]]), sparse, kept, {"a": (x, 1)}]

def picked(X, places):
    return tf.gather(X, places)

def assigned(X):
    Y = tf.Variable(tf.zeros_like(X))
    for i in range(len(X)):
        Y[i].assign(X[i] ** 2)
    return Y

def halved(X):
    return X / 2, tf.constant(1)

def wrong_shape(X):
    return X[:1]

def of_numpy(X):
    return X.numpy() ** 2

def slope_of(f, x):
    return (f(x + 1) - f(x - 1)) / 2

class Book(keras.Model):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.ones((2, 3)))
        self.fixed = tf.Variable(5.0, trainable=False)
        self.out = keras.layers.Dense(1)
        self.more = [Part()]
        self.drop = keras.layers.Dropout(0.5)

    def call(self, X, training=None):
        return self.out(self.drop(X @ self.w, training=training))

class Part(tf.Module):
    def __init__(self):
        super().__init__()
        self.b = tf.Variable(tf.zeros(4))

class Own:
    def __init__(self):
        self.layers = [Part(), Part()]

    def __call__(self, X):
        return X

def dropped(n):
    return keras.layers.Dropout(0.5)(tf.ones(n), training=True)

def drawn(n):
    layer = keras.layers.Dense(n)
    return tf.random.normal((n,)), keras.random.uniform((n,)), layer(tf.ones((1, 1)))

def same(x):
    return x

def part(x):
    return x[:1]

def settled(x):
    tf.random.normal((1,))
    keras.config.set_floatx("float64")
    return x

def huge(n):
    return tf.zeros((n, n, n))

def mixed(x):
    mask = tf.constant([1.0, 0.0], tf.float64)
    return x * mask

def apart(x):
    return tf.matmul(x, x)

def minus(x):
    x = tf.Variable(x)
    x -= 1
    return x

def entries(x):
    x[0] = 1

@tf.function
def traced(x):
    return tf.reduce_sum(x) * 2

everything = (kinds, results, picked, assigned, halved, wrong_shape, of_numpy, slope_of, Book, Own,
              dropped, drawn, same, part, settled, huge, mixed, apart, minus, entries, traced)
"""
X = np.arange(6.0, dtype=np.float32).reshape(3, 2)


@pytest.fixture(scope="module")
def channel(zygote_of: Callable[[str], Zygote]) -> Iterator[WorkerChannel]:
    """Return a channel to the functions above."""
    submission = Submission("a.py", (Chunk("a.py", SOURCE),), "tensorflow", "00")
    changes = {"same": {"x": 0}}
    made = WorkerChannel(submission, zygote_of("tensorflow").worker, changes=changes)
    with contextlib.closing(made) as channel:
        yield channel


@pytest.fixture
def module(channel: WorkerChannel) -> ModuleProxy:
    """Return the functions at the start of a check."""
    channel.begin("everything", 1, Limits(seconds=60, memory_mb=512))
    return ModuleProxy(channel)


def test_arguments_are_tensors_and_parameters_variables(module: ModuleProxy) -> None:
    """Also single numbers and whole ones, with their dtype."""
    args = [X, np.array(2.0), np.array([1, 2]), Parameter(X)]

    assert module.kinds(*args) == [True, 0, "int64", True]


def test_results_of_every_kind_are_arrays(module: ModuleProxy) -> None:
    """Variables, Keras' own, ragged and sparse ones, and those within lists and dicts."""
    first, variable, ragged, sparse, kept, nested = module.results(X)

    assert (first.tolist(), variable.tolist()) == ([0, 1], X.tolist())
    assert (ragged.tolist(), sparse.tolist(), kept.tolist()) == ([[1, 2], [3, 0]], [[0, 1]], [3])
    assert nested["a"][0].dtype == np.float32


def test_the_tape_gives_gradients_and_differences_what_it_cannot(module: ModuleProxy) -> None:
    """Repeated indices accumulate; an assignment to a variable has no gradient of its own."""
    places = np.array([0, 0, 2])
    to_x, to_places = module.vjp("picked", [X, places], np.ones((3, 2), np.float32))
    halved = module.halved(X)
    through = module.vjp("halved", [X], [np.ones_like(X), np.int32(0)])[0]

    assert (to_x.tolist(), to_places) == ([[2, 2], [0, 0], [1, 1]], None)
    assert halved[1] == 1
    np.testing.assert_allclose(through, np.full_like(X, 0.5))
    for name in ("assigned", "of_numpy"):
        np.testing.assert_allclose(module.vjp(name, [X], np.ones_like(X))[0], 2 * X, atol=1e-5)
        slopes = module.slopes(name, [X], np.ones_like(X), 3)[0]
        assert slopes is not None
        np.testing.assert_allclose(slopes.middle, 2 * X.ravel(), atol=1e-5)
    with pytest.raises(SubmissionError, match="shape"):
        module.vjp("wrong_shape", [X], np.ones_like(X))


def test_functions_of_the_check_are_called_back(module: ModuleProxy) -> None:
    """What they return are tensors again."""
    assert float(module.slope_of(lambda x: x**2, np.array(3.0))) == 6.0


def test_all_trainable_variables_of_a_block_are_its_parameters(module: ModuleProxy) -> None:
    """Plain ones, which Keras does not keep track of, as well as those of layers."""
    book, own = module.Book(), module.Own()
    book(X)

    assert sorted(p.shape for p in book.parameters()) == [(1,), (2, 3), (3, 1), (4,)]
    assert [p.shape for p in own.parameters()] == [(4,), (4,)]


def test_train_and_eval_tell_keras_at_every_call(module: ModuleProxy) -> None:
    """A block of Keras has no such methods."""
    book = module.Book()
    book.call("eval")
    settled = [book(X).tolist() for _ in range(3)]
    book.call("train")
    noisy = [book(X).tolist() for _ in range(8)]

    assert settled[0] == settled[1] == settled[2]
    assert len({str(one) for one in noisy}) > 1


def test_a_check_draws_the_same_numbers_each_time(channel: WorkerChannel) -> None:
    """From TensorFlow's generator, and from Keras' for functions, layers and initial values."""
    found = []
    for _ in range(2):
        channel.begin("everything", 5, Limits(seconds=60, memory_mb=512))
        module = ModuleProxy(channel)
        found.append([one.tolist() for one in (module.dropped(20), *module.drawn(4))])

    assert found[0] == found[1]


def test_side_effects_are_seen_and_undone(module: ModuleProxy) -> None:
    """A variable that comes back is the caller's; no part of a tensor can be changed."""
    assert (module.aliases("same", [X]), module.aliases("part", [X])) == ([0], [])
    assert set(module.disturbed("settled", [X])) == {"tf.random", "keras.config.set_floatx"}
    assert module.disturbed("part", [X]) == []


@pytest.mark.parametrize(
    ("name", "args", "says"),
    [
        ("huge", [5000], "more than 512 MiB of memory"),
        ("mixed", [X[:, 0][:2]], "Create yours with dtype=X.dtype"),
        ("apart", [X], "the sizes of the matrices do not fit"),
        ("minus", [X], "assign the new value with assign_sub: -= makes a new tensor"),
        ("entries", [X], "no entries to assign to"),
    ],
)
def test_errors_are_told_in_its_words(
    module: ModuleProxy, name: str, args: list[object], says: str
) -> None:
    """With the learner's line, and without the nodes of a graph."""
    with pytest.raises(SubmissionError) as caught:
        getattr(module, name)(*args)

    assert says in caught.value.headline
    assert "a.py, line" in caught.value.headline
    assert "function_node" not in str(caught.value)


def test_compiled_functions_run(module: ModuleProxy) -> None:
    """``tf.function`` traces them."""
    assert float(module.traced(X)) == 30.0


LIKE_NUMPY = """
import tensorflow as tf

tnp = tf.experimental.numpy

def means(X):
    tnp.experimental_enable_numpy_behavior(dtype_conversion_mode="all")
    return [tnp.mean(X > 1), 3 * tnp.asarray(0.5)]
"""


def test_numbers_whose_dtype_gives_way_are_arrays_too(
    zygote_of: Callable[[str], Zygote],
) -> None:
    """They come where code asks TensorFlow to behave like NumPy, and are no ``tf.Tensor``."""
    submission = Submission("a.py", (Chunk("a.py", LIKE_NUMPY),), "tensorflow", "00")
    with contextlib.closing(WorkerChannel(submission, zygote_of("tensorflow").worker)) as channel:
        channel.begin("means", 1, Limits(seconds=60, memory_mb=512))
        mean, product = ModuleProxy(channel).means(X)

    assert float(mean) == pytest.approx(2 / 3)
    assert float(product) == 1.5
