"""What does a mistake in one exercise cost in another that calls it?

For every pair of exercises of the course in which one may call the other, each known mistake of the
first is put into the reference, with the second written so that it calls the first. Both are graded
as a submission, without and with marking that follows through. The table shows the points that the
second loses; what it still loses is listed.

    python benchmarks/follow_through.py [ASSIGNMENT ...] [--jobs 2]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course, apply_mistake  # noqa: E402  # needs the path above
from grader.course.source import reference_text  # noqa: E402
from grader.exercise import Assignment, Mistake  # noqa: E402
from grader.grading.setup import plan_for, text_submission, warmed_up  # noqa: E402
from grader.outcome import Result  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.executor import grade_all  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.submission.calls import calls_between  # noqa: E402

#: for each assignment, ways to write an exercise with functions of earlier ones
CALLERS: dict[str, dict[str, str]] = {
    "preliminaries": {
        "frobenius_norm with lp_norm": """
def frobenius_norm(A):
    return lp_norm(A, 2)
""",
    },
    "linear_regression": {
        "train_linreg with linreg_gradients": "",  # the reference does
        "train_linreg with autograd": """
def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = torch.zeros((features.shape[1], 1), dtype=features.dtype, requires_grad=True)
    b = torch.zeros(1, dtype=features.dtype, requires_grad=True)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            squared_loss(linreg(X, w, b), y).sum().backward()
            sgd([w, b], [w.grad, b.grad], lr, len(y))
            w.grad.zero_()
            b.grad.zero_()
    return w, b
""",
        "linreg_gradients with linreg": """
def linreg_gradients(X, w, b, y):
    error = linreg(X, w, b) - y
    return X.T @ error, error.sum(dim=0)
""",
    },
    "softmax_regression": {
        "softmax_net with softmax": "",  # the reference does
        "softmax_net with log_softmax": """
def softmax_net(X, W, b):
    return log_softmax(X.reshape(len(X), -1) @ W + b).exp()
""",
        "cross_entropy with one_hot": """
def cross_entropy(y_hat, y):
    return -(one_hot(y, y_hat.shape[1]).to(y_hat.dtype) * torch.log(y_hat)).sum(dim=1)
""",
        "softmax_cross_entropy_gradient with softmax": """
def softmax_cross_entropy_gradient(logits, y):
    gradient = softmax(logits).clone()
    gradient[range(len(y)), y] -= 1
    return gradient / len(y)
""",
        "softmax_cross_entropy_gradient with log_softmax": """
def softmax_cross_entropy_gradient(logits, y):
    gradient = log_softmax(X=logits).exp()
    gradient[range(len(y)), y] -= 1
    return gradient / len(y)
""",
    },
    "multilayer_perceptron": {
        "sigmoid_backward with sigmoid": "",
        "mlp_forward with sigmoid": """
def mlp_forward(X, W1, b1, W2, b2):
    return sigmoid(X @ W1 + b1) @ W2 + b2
""",
        "mlp_backward with sigmoid_backward": """
def mlp_backward(X, y, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = sigmoid(Z)
    dO = (H @ W2 + b2 - y) / len(X)
    dZ = sigmoid_backward(dO @ W2.T, Z)
    return X.T @ dZ, dZ.sum(axis=0), H.T @ dO, dO.sum(axis=0)
""",
        "relu_backward with relu": """
def relu_backward(dout, x):
    return dout * (relu(x) > 0)
""",
        "mlp_forward with linear_forward": """
def mlp_forward(X, W1, b1, W2, b2):
    hidden = 1 / (1 + np.exp(-linear_forward(X, W1, b1)))
    return linear_forward(hidden, W2, b2)
""",
        "mlp_backward with the layers": """
def mlp_backward(X, y, W1, b1, W2, b2):
    hidden = 1 / (1 + np.exp(-linear_forward(X, W1, b1)))
    dO = (mlp_forward(X, W1, b1, W2, b2) - y) / len(X)
    dH, dW2, db2 = linear_backward(dO, hidden, W2)
    _, dW1, db1 = linear_backward(dH * hidden * (1 - hidden), X, W1)
    return dW1, db1, dW2, db2
""",
    },
    "convolution": {
        "LeNet with conv2d and avg_pool2d": "",
        "conv2d with corr2d": """
def conv2d(X, W, b, stride=1, padding=0):
    around = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    X = np.pad(X, around)
    Y = [[sum(corr2d(x, k) for x, k in zip(xs, ks)) for ks in W] for xs in X]
    return np.array(Y)[:, :, ::stride, ::stride] + b[:, None, None]
""",
        "max_pool2d_backward with max_pool2d": """
def max_pool2d_backward(dout, X, size, stride):
    dX = np.zeros_like(X)
    Y = max_pool2d(X, size, stride)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            rows = slice(i * stride, i * stride + size)
            cols = slice(j * stride, j * stride + size)
            largest = X[:, :, rows, cols] == Y[:, :, i : i + 1, j : j + 1]
            dX[:, :, rows, cols] += largest * dout[:, :, i : i + 1, j : j + 1]
    return dX
""",
        "conv2d_backward with conv2d": """
def conv2d_backward(dout, X, W, stride=1, padding=0):
    n, c_in, h, w = X.shape
    c_out, _, kh, kw = W.shape
    none = np.zeros(1, X.dtype)
    dW = np.zeros_like(W)
    dX = np.zeros((n, c_in, h + 2 * padding, w + 2 * padding), X.dtype)
    for c in range(c_in):
        for u in range(kh):
            for v in range(kw):
                one = np.zeros((1, 1, kh, kw), X.dtype)
                one[0, 0, u, v] = 1
                seen = conv2d(X[:, c : c + 1], one, none, stride, padding)
                dW[:, c, u, v] = np.einsum("noij,nij->o", dout, seen[:, 0])
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = np.tensordot(dout[:, :, i, j], W, axes=1)
            dX[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw] += window
    dX = dX[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
""",
    },
    "recurrent": {
        "bigram_log_probability with ngram_counts": "",
        "rnn_forward with rnn_step": "",
        "lstm_forward with lstm_cell": "",
    },
    "attention": {
        "multi_head_attention with dot_product_attention": "",
        "dot_product_attention with masked_softmax": """
def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / K.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return masked_softmax(scores, torch.full((len(Q),), K.shape[1])) @ V
""",
    },
}


@dataclass(frozen=True)
class Case:
    """A known mistake in one exercise, and another exercise that calls it.

    Attributes:
        caller: the exercise that calls, and how it is written.
    """

    assignment: Assignment
    caller: str
    mistake: Mistake
    text: str
    follow: bool

    @property
    def calling(self) -> str:
        """The exercise that calls."""
        return self.caller.partition(" ")[0]

    @property
    def pair(self) -> tuple[str, str]:
        """What the table has one line for."""
        return self.mistake.exercise, self.caller


@dataclass
class Cost:
    """What the mistakes of one pair cost the second, in points, by mistake."""

    available: Fraction = Fraction(0)
    lost: dict[bool, dict[str, Fraction]] = field(default_factory=lambda: {False: {}, True: {}})


def cases(course: Course, assignment: Assignment) -> Iterator[Case]:
    """Yield each known mistake of an exercise with each exercise that calls it, both ways."""
    source = course.source(assignment)
    names = [exercise.name for exercise in assignment.exercises]
    for caller, code in CALLERS.get(assignment.name, {}).items():
        right = text_submission("right.py", reference_text(source) + code, assignment.framework)
        called = calls_between(right, names)[caller.partition(" ")[0]]
        for mistake in course.mistakes(assignment):
            if mistake.exercise in called:
                text = apply_mistake(source, mistake) + code
                for follow in (False, True):
                    yield Case(assignment, caller, mistake, text, follow)


def costs(course: Course, assignment: Assignment, jobs: int) -> dict[tuple[str, str], Cost]:
    """Return what the mistakes of each pair cost."""
    found: dict[tuple[str, str], Cost] = {}
    todo = list(cases(course, assignment))
    with ExitStack() as stack:
        warm = stack.enter_context(warmed_up(course, assignment, [assignment.framework]))
        ready = stack.enter_context(warm.grading(plan_for(course, assignment), jobs))

        def grade(case: Case, zygote: Zygote) -> Result:
            submission = text_submission("case.py", case.text, assignment.framework)
            both = frozenset([case.mistake.exercise, case.calling])
            return ready.runner.grade(Job("", submission, both), zygote, follow=case.follow)

        for ended in grade_all(todo, ready.zygotes, grade):
            if ended.result is None:
                raise RuntimeError(ended.error)
            case = ended.job
            one = next(e for e in ended.result.exercises if e.exercise == case.calling)
            cost = found.setdefault(case.pair, Cost(one.max_points))
            cost.lost[case.follow][case.mistake.name] = one.max_points - one.points
            if case.follow and one.points < one.max_points:
                for check in one.checks:
                    if check.message:
                        print(f"{case.pair}, {case.mistake.name}: {check.name}: {check.message}")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if a mistake costs anything where marking follows through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignments", nargs="*", default=sorted(CALLERS))
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    course = Course.load(ROOT)
    rows = ["| mistakes in | exercise that calls it | points | mistakes | that cost | lost | now |"]
    rows.append("|---|---|---|---|---|---|---|")
    before = after = Fraction(0)
    for name in chosen.assignments:
        for pair, cost in costs(course, course.assignment(name), chosen.jobs).items():
            first, second = cost.lost[False], cost.lost[True]
            lost, now = sum(first.values(), Fraction(0)), sum(second.values(), Fraction(0))
            cells = [*pair, cost.available, len(first), sum(map(bool, first.values())), lost, now]
            rows.append(f"| {' | '.join(map(str, cells))} |")
            before, after = before + lost, after + now
    print("\n".join(rows))
    print(f"\nAll mistakes together cost the other exercise {before} points; now {after}.")
    return 1 if after else 0


if __name__ == "__main__":
    raise SystemExit(main())
