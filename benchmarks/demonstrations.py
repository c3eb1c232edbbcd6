"""Demonstrations: that a near miss is wrong by the statement, without any check of the course.

The second line of a near miss holds a Python expression. It is true if the near miss breaks the
statement: its result differs from the reference's, an argument changes, chance does not look as it
should, or the code uses what is forbidden. The names that such an expression may use are
:meth:`Demonstration.names`.
"""

from __future__ import annotations

import copy
import linecache
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

from grader.course.source import read_source, reference_text
from grader.worker.adapters import NumpyAdapter

#: relative errors that are no difference, by dtype; those of any others are 0
ROUNDING = {"float64": 1e-11, "float32": 1e-5, "float16": 1e-2}


def loaded(text: str, name: str) -> SimpleNamespace:
    """Return what the Python code *text* defines."""
    file = f"<{name}>"
    # torch.jit.script reads the source again.
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    space: dict[str, Any] = {"__name__": "submission"}
    exec(compile(text, file, "exec"), space)
    return SimpleNamespace(**space)


def same(found: Any, expected: Any) -> bool:
    """Return whether two results agree in form, shape, dtype and, up to rounding, in values."""
    if isinstance(expected, tuple):
        fits = isinstance(found, tuple | list) and len(found) == len(expected)
        return fits and all(map(same, found, expected))
    found, expected = np.asarray(found), np.asarray(expected)
    if found.shape != expected.shape or found.dtype != expected.dtype:
        return False
    rounding = ROUNDING.get(str(expected.dtype), 0.0)
    scale = float(np.abs(expected[np.isfinite(expected)]).max(initial=0.0)) or 1.0
    return bool(np.allclose(found, expected, rtol=rounding, atol=rounding * min(scale, 1.0)))


@dataclass
class Demonstration:
    """What a demonstration works with.

    Attributes:
        exercise: the name of the exercise.

        text: the near miss.

        right: what the reference defines.

        numpy: whether arguments are NumPy arrays, as in the starter, or PyTorch tensors.
    """

    exercise: str
    text: str
    right: SimpleNamespace
    numpy: bool
    mine: SimpleNamespace = field(init=False)

    def __post_init__(self) -> None:
        self.mine = loaded(self.text, self.exercise)

    @classmethod
    def of(cls, path: Path, reference: Path, framework: str) -> Demonstration:
        """Read a near miss and the reference of its assignment, which is in *framework*."""
        text, right = path.read_text("utf-8"), reference_text(read_source(reference, framework))
        return cls(
            path.parent.name, text, loaded(right, reference.stem), "import torch" not in right
        )

    def shows(self, expression: str) -> bool:
        """Return whether *expression* holds, from the same random numbers each time."""
        torch.manual_seed(20261129)
        np.random.seed(20261129)
        names = self.names()
        before = torch.is_grad_enabled()
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                return bool(eval(expression, names))
        finally:
            torch.set_grad_enabled(before)

    def names(self) -> dict[str, Any]:
        """Return the names that an expression may use."""
        self._names = {
            "np": np,
            "torch": torch,
            "mine": self.mine,
            "right": self.right,
            "T": lambda *shape: torch.from_numpy(normal(*shape)),
            "N": normal,
            "labels": lambda n, k: torch.arange(n) * 7 % k,
            "probabilities": lambda n, k: torch.softmax(torch.from_numpy(normal(n, k)), dim=1),
            "rows": lambda *tops: (
                torch.from_numpy(normal(len(tops), 3)) + torch.tensor(tops)[:, None]
            ),
            "wrong": lambda found, expected: not same(found, expected),
            "differ": self.differ,
            "changed": self.changed,
            "raises": raises,
            "fails": lambda *arguments: raises(lambda: self.call(*arguments)),
            "uses": lambda what: what in self.text.split("\n", 3)[3],
            "noise": self.noise,
            "order": self.order,
            "kept": self.kept,
            "sgd_differs": self.sgd_differs,
            "first_step_differs": self.first_step_differs,
            "trained_differs": self.trained_differs,
            "backward_differs": self.backward_differs,
            "P": parameter,
            "ends_differ": self.ends_differ,
        }
        return self._names

    def call(self, *arguments: Any) -> Any:
        """Call the near miss."""
        return getattr(self.mine, self.exercise)(*arguments)

    def differ(self, *arguments: Any) -> bool:
        """Return whether the near miss raises or its result is not the reference's."""
        expected = getattr(self.right, self.exercise)(*copy.deepcopy(arguments))
        try:
            return not same(self.call(*arguments), expected)
        except Exception:
            return True

    def changed(self, *arguments: Any) -> bool:
        """Return whether the near miss changes an argument."""
        before = copy.deepcopy(arguments)
        self.call(*arguments)
        return not all(np.array_equal(a, b) for a, b in zip(before, arguments, strict=True))

    def noise(self, num_examples: int, b: float = 1.0) -> torch.Tensor:
        """Return the noise of new synthetic data; ``noise_again`` is the same noise."""
        w = torch.from_numpy(normal(2, 1))
        X, y = self.mine.synthetic_data(w, b, num_examples)
        self._names["noise_again"] = y - X @ w - b
        return self._names["noise_again"]

    def order(self, batch_size: int, n: int) -> list[int]:
        """Return the order of one epoch; ``again`` is the same order."""
        X = torch.arange(n, dtype=torch.float32).reshape(n, 1)
        batches = self.mine.data_iter(batch_size, X, X.clone())
        self._names["again"] = [int(x) for batch, _ in batches for x in batch.reshape(-1)]
        return self._names["again"]

    def kept(self, p: float, *shape: int) -> torch.Tensor:
        """Return where dropout kept ones of the given shape."""
        return self.mine.dropout(torch.ones(shape), p) != 0

    def sgd_differs(
        self, params: Sequence[torch.Tensor], grads: Sequence[torch.Tensor], *rest: float
    ) -> bool:
        """Return whether a step raises or ends elsewhere than the reference's."""
        expected = copy.deepcopy(params)
        getattr(self.right, self.exercise)(expected, grads, *rest)
        try:
            self.call(params, grads, *rest)
        except Exception:
            return True
        return not all(map(same, params, expected))

    def first_step_differs(
        self,
        lr: float = 0.05,
        epochs: int = 1,
        batch_size: int = 60,
        n: int = 60,
        scale: float = 5.0,
    ) -> bool:
        """Return whether few epochs end further from the reference's than small initial values.

        Of minibatches smaller than the data, whose order is random, the mean of 20 runs counts.
        """
        X = torch.from_numpy(normal(n, 2)) * torch.tensor([1.0, 0.7]) + 0.5
        y = scale * (X @ torch.tensor([[1.0], [-2.0]], dtype=X.dtype) + 1)
        runs = 1 if batch_size >= n else 20

        def trained(by: SimpleNamespace) -> torch.Tensor:
            found = [by.train_linreg(X, y, lr, epochs, batch_size) for _ in range(runs)]
            return sum(torch.cat([w.reshape(-1), b.reshape(-1)]) for w, b in found) / runs

        return bool((trained(self.mine) - trained(self.right)).abs().max() > 0.05 * min(scale, 1.0))

    def trained_differs(
        self, n: int, hidden: int, lr: float, epochs: int, scale: float = 1.0
    ) -> bool:
        """Return whether a network ends otherwise than the reference's from the same weights.

        The near miss must draw them in the reference's order.
        """
        X = normal(n, 2)
        y = scale * np.sin(3 * X[:, :1])

        def predictions(by: SimpleNamespace) -> np.ndarray:
            np.random.seed(20261130)
            return np.asarray(by.train_mlp(X.copy(), y.copy(), hidden, lr, epochs)(X))

        return not np.allclose(predictions(self.mine), predictions(self.right), rtol=0, atol=1e-6)

    def backward_differs(self, X: Any, W: Any, stride: int, padding: int) -> bool:
        """Return whether a gradient of a convolution raises or is not the reference's."""
        shape = self.right.conv2d(X, W, np.zeros(len(W)), stride, padding).shape
        return self.differ(normal(*shape), X, W, stride, padding)

    def ends_differ(self, make: Callable[[], Any]) -> bool:
        """Return whether parameters end otherwise, or with another gradient, than the reference's.

        Args:
            make: returns the parameters and the other arguments of one call, or several such.
        """
        expected, found = make(), make()
        calls = expected if isinstance(expected, list) else [expected]
        for arguments in calls:
            getattr(self.right, self.exercise)(*arguments)
        try:
            for arguments in found if isinstance(found, list) else [found]:
                self.call(*arguments)
        except Exception:
            return True
        ends = found if isinstance(found, list) else [found]
        pairs = [
            (p, q)
            for one, two in zip(ends, calls, strict=True)
            for p, q in zip(one[0], two[0], strict=True)
        ]
        values = all(same(np.asarray(p), np.asarray(q)) for p, q in pairs)
        return not (values and all(_alike(p.grad, q.grad) for p, q in pairs))


def parameter(data: Any, gradient: Any = None) -> Any:
    """Return an array with a gradient, as NumPy submissions get it."""
    given = None if gradient is None else np.array(gradient, float)
    return NumpyAdapter().trained(np.array(data, float), given)


def _alike(one: Any, other: Any) -> bool:
    """Whether two gradients are the same; none counts as one only where there are none."""
    if one is None or other is None:
        return one is other or (one is None and not np.any(other))
    return same(np.asarray(one), np.asarray(other))


def normal(*shape: int) -> np.ndarray:
    """Return normal numbers in float64, the same for the same shape."""
    rng = np.random.default_rng(len(shape) + 100 * sum(shape))
    return np.asarray(rng.normal(size=shape))


def raises(action: Callable[[], Any]) -> bool:
    """Return whether *action* raises."""
    try:
        result = action()
        if isinstance(result, Iterable) and not hasattr(result, "shape"):
            list(result)
    except Exception:
        return True
    return False
