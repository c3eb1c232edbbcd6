"""Reads the parameters of a network with one unit off its predictions, and takes its steps back."""

import numpy as np

from grader.checks import Mismatch, Text, assert_close

from .training import predicted

#: an input for which tanh is 1 or -1, and one for which it is not
FAR_OUT, NEAR = 1e4, 0.5


class Unit:
    """What a network ``tanh(X w + a) v + c`` consists of; by symmetry, v may be positive."""

    def __init__(self, w, a, v, c):
        self.w, self.a, self.v, self.c = w, a, v, c

    @classmethod
    def of(cls, net, draw, d):
        """Return the unit of a network for d inputs."""
        ways = np.vstack([0 * np.eye(1, d), np.eye(d), -np.eye(d)])
        at = predicted(net, draw.cast(np.vstack([FAR_OUT * ways[1:], NEAR * ways])))[:, 0]
        far, near = at[: 2 * d], at[2 * d :]
        v, c = np.ptp(far) / 2, (far.max() + far.min()) / 2
        with np.errstate(all="ignore"):
            z = np.arctanh(np.clip((near - c) / (v or 1), -1, 1))
            w = (z[1 : d + 1] - z[d + 1 :]) / (2 * NEAR)
        return cls(w, z[0], v, c)

    def __call__(self, X):
        """Return the predictions (n, 1)."""
        return (np.tanh(X @ self.w + self.a) * self.v + self.c)[:, None]

    def is_clear(self):
        """Return whether rounding cannot hide what the parameters are."""
        z = NEAR * np.abs(self.w).max() + abs(self.a)
        return bool(self.v > 0.2 and np.abs(self.w).min() > 0.05 and z < 2)

    def moved(self, by, lr):
        """Return this unit, moved by lr times the gradients of another one."""
        parts = zip((self.w, self.a, self.v, self.c), by, strict=True)
        return Unit(*(part + lr * gradient for part, gradient in parts))

    def gradients(self, X, y):
        """Return the gradients of half the mean squared error."""
        h = np.tanh(X @ self.w + self.a)
        error = (h * self.v + self.c - y[:, 0]) / len(X)
        slope = error * self.v * (1 - h * h)
        return X.T @ slope, slope.sum(), h @ error, error.sum()

    def before(self, X, y, lr):
        """Return the unit of which a step of gradient descent makes this one."""
        unit = self
        for _ in range(100):
            unit = self.moved(unit.gradients(X, y), lr)
        return unit


def clear_units(train, draw, d, wanted=3):
    """Return some networks and their units, of those that *train* makes with one unit each."""
    found, unit = [], None
    # Of right ones, every other is clear: that 40 are not would be an accident in 10^11 runs.
    for _ in range(40):
        net = train()
        unit, before = Unit.of(net, draw, d), unit
        if before is not None and np.array_equal(unit.w, before.w):
            raise Mismatch(Text("Two networks began alike.", "两个网络的初始权重相同。"))
        if unit.is_clear():
            found.append((net, unit))
        if len(found) == wanted:
            return found
    raise Mismatch(
        Text(
            "With hidden = 1, the predictions are not those of one unit with tanh.",
            "hidden = 1时，预测不像是由一个以tanh为激活函数的单元得到的。",
        )
    )


def assert_steps(unit, X, y, lr, num_epochs):
    """Assert that gradient descent has led to a unit from biases that were 0."""
    X, y = X.astype(np.float64), y.astype(np.float64)

    def start(unit):
        for _ in range(num_epochs):
            unit = unit.before(X, y, lr)
        return np.array([unit.a, unit.c])

    # What was read off is not exact, and some ways back enlarge every error.
    nearby = [unit.moved([sign * d for d in (1, 1, -1, 1)], 1e-5) for sign in (-1, 1)]
    found = start(unit)
    doubt = max(float(np.abs(start(one) - found).max()) for one in nearby)
    if not np.abs(found).max() < 1.5e-3 + 5 * doubt:
        raise Mismatch(
            Text(
                "No start with biases at 0 leads to this network in so many steps of gradient "
                "descent.",
                "从偏置为0的任何初始状态出发，这么多步梯度下降都到不了这个网络。",
            )
        )


def assert_one_unit(net, unit, X):
    """Assert that predictions are those of the unit that was read off others."""
    scale = float(unit.v + abs(unit.c))
    assert_close(predicted(net, X), unit(X.astype(np.float64)), tolerance=2e-3, scale=scale)


def assert_one_step(student, draw):
    """Assert that one step of one unit is as long as it should be, in each layer.

    Targets are so large that where the parameters began does not count. A few of the units may have
    begun too near 0 for that.
    """
    lr, runs, few = 0.37, 8, 2
    output = sum(_output_is_right(student, draw, lr) for _ in range(runs))
    hidden = sum(_hidden_is_right(student, draw, lr) for _ in range(runs))
    for right, layer, zh in [(output, "output", "输出层"), (hidden, "hidden", "隐藏层")]:
        if right < runs - few:
            raise Mismatch(
                Text(
                    f"One unit takes one step: that of the {layer} layer is wrong.",
                    f"只有一个单元、更新一步时，{zh}的更新有误。",
                )
            )


def _output_is_right(student, draw, lr, far=1e6, target=1e4):
    """Return whether bias and weight of the output moved by lr times the target.

    The examples are so far out that the unit is 1 or -1 and its own parameters stay.
    """
    X, y = draw.cast(np.full((3, 1), far)), draw.cast(np.full((3, 1), target))
    net = student.train_mlp(X, y, 1, lr, 1)
    at = predicted(net, draw.cast([[far], [-far], [0]]))[:, 0] / (lr * target)
    return bool(np.abs([*np.sort(at[:2]) - [0, 2], at[2] - 1]).max() < 2e-3)


def _hidden_is_right(student, draw, lr, x=0.8, target=1e8):
    """Return whether the unit is 0 at -1 / x: its weight moved by x times as much as its bias."""
    X, y = draw.cast(np.full((3, 1), x)), draw.cast(np.full((3, 1), target))
    net = student.train_mlp(X, y, 1, lr, 1)
    one, before, after, other = predicted(net, draw.cast([[0], [-0.996 / x], [-1.004 / x], [-9]]))[
        :, 0
    ]
    jump = abs(one - other)
    return bool(max(abs(one - before), abs(other - after)) < 0.01 * jump)
