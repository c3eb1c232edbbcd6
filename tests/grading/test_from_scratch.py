"""The course of this repository: each exercise refuses the library function that does its job."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from grader.course.catalogue import Course
from grader.exercise import Assignment
from grader.grading.setup import plan_for, reference_for, text_submission
from grader.outcome import CheckResult, Outcome
from grader.sandbox.zygote import Zygote
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

COURSE = Course.load(Path(__file__).parent.parent.parent)

TORCH = """\
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils import data

"""

#: by exercise: a library's function in place of one's own, and the name that must be told
OFFENCES = {
    "synthetic_data": (
        """
        from sklearn.datasets import make_regression
        def synthetic_data(w, b, num_examples):
            X, y = make_regression(num_examples, len(w), bias=b, noise=0.01)
            return torch.tensor(X, dtype=w.dtype), torch.tensor(y, dtype=w.dtype).reshape(-1, 1)
        """,
        "sklearn.datasets.make_regression",
    ),
    "data_iter": (
        """
        def data_iter(batch_size, features, labels):
            dataset = data.TensorDataset(features, labels)
            return data.DataLoader(dataset, batch_size, shuffle=True)
        """,
        "torch.utils.data.DataLoader",
    ),
    "linreg": (
        """
        def linreg(X, w, b):
            return F.linear(X, w.T, b)
        """,
        "torch.nn.functional.linear",
    ),
    "squared_loss": (
        """
        def squared_loss(y_hat, y):
            return F.mse_loss(y_hat, y.view_as(y_hat), reduction="none") / 2
        """,
        "torch.nn.functional.mse_loss",
    ),
    "linreg_gradients": (
        """
        def linreg_gradients(X, w, b, y):
            w, b = w.clone().requires_grad_(True), b.clone().requires_grad_(True)
            ((X @ w + b - y) ** 2 / 2).sum().backward()
            return w.grad, b.grad
        """,
        "torch.Tensor.backward",
    ),
    "sgd": (
        """
        def sgd(params, grads, lr, batch_size):
            for param, grad in zip(params, grads):
                param.grad = grad / batch_size
            torch.optim.SGD(params, lr=lr).step()
        """,
        "torch.optim.SGD",
    ),
    "normal_equation": (
        """
        import numpy as np
        import scipy.optimize

        def normal_equation(X, y):
            A = np.concatenate([X, np.ones((len(X), 1))], 1)
            return scipy.optimize.lsq_linear(A, np.asarray(y)[:, 0]).x[:, None]
        """,
        "scipy.optimize.lsq_linear",
    ),
    "train_linreg": (
        """
        def train_linreg(features, labels, lr, num_epochs, batch_size):
            net = nn.Linear(features.shape[1], 1).to(features.dtype)
            optimizer = torch.optim.SGD(net.parameters(), lr=lr)
            for _ in range(num_epochs):
                for X, y in zip(features.split(batch_size), labels.split(batch_size)):
                    optimizer.zero_grad()
                    F.mse_loss(net(X), y).backward()
                    optimizer.step()
            return net.weight.detach().T, net.bias.detach()
        """,
        "torch.nn.Linear",
    ),
    "softmax": (
        """
        def softmax(X):
            return F.softmax(X, dim=-1)
        """,
        "torch.nn.functional.softmax",
    ),
    "log_softmax": (
        """
        def log_softmax(X):
            return X.log_softmax(-1)
        """,
        "torch.Tensor.log_softmax",
    ),
    "cross_entropy": (
        """
        def cross_entropy(y_hat, y):
            return F.nll_loss(y_hat.log(), y, reduction="none")
        """,
        "torch.nn.functional.nll_loss",
    ),
    "softmax_cross_entropy_gradient": (
        """
        def softmax_cross_entropy_gradient(logits, y):
            leaf = logits.detach().clone().requires_grad_(True)
            F.cross_entropy(leaf, y).backward()
            return leaf.grad
        """,
        "torch.Tensor.backward",
    ),
    "relu": (
        """
        activation = nn.ReLU()
        def relu(x):
            return activation(x)
        """,
        "torch.nn.ReLU",
    ),
    "relu_backward": (
        """
        def relu_backward(dout, x):
            x = x.detach().clone().requires_grad_(True)
            torch.maximum(x, torch.zeros_like(x)).backward(dout)
            return x.grad
        """,
        "torch.Tensor.backward",
    ),
    "linear_forward": (
        """
        def linear_forward(x, W, b):
            return F.linear(x, W.T, b)
        """,
        "torch.nn.functional.linear",
    ),
    "linear_backward": (
        """
        def linear_backward(dout, x, W):
            x, W = x.clone().requires_grad_(), W.clone().requires_grad_()
            b = torch.zeros(W.shape[1], dtype=W.dtype, requires_grad=True)
            return torch.autograd.grad(x @ W + b, [x, W, b], dout)
        """,
        "torch.autograd.grad",
    ),
    "mlp_forward": (
        """
        def mlp_forward(X, W1, b1, W2, b2):
            return F.linear(F.linear(X, W1.t(), b1).sigmoid(), W2.t(), b2)
        """,
        "torch.nn.functional.linear",
    ),
    "mlp_backward": (
        """
        def mlp_backward(X, y, W1, b1, W2, b2):
            parameters = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
            A1, c1, A2, c2 = parameters
            loss = ((torch.sigmoid(X @ A1 + c1) @ A2 + c2 - y) ** 2).sum() / (2 * len(y))
            loss.backward()
            return tuple(p.grad for p in parameters)
        """,
        "torch.Tensor.backward",
    ),
    "dropout": (
        """
        def dropout(X, p, training=True):
            return F.dropout(X, p=p, training=training)
        """,
        "torch.nn.functional.dropout",
    ),
    "conv2d": (
        """
        def conv2d(X, W, b, stride=1, padding=0):
            return F.conv2d(X, W, b, stride=stride, padding=padding)
        """,
        "torch.nn.functional.conv2d",
    ),
    "conv2d_backward": (
        """
        def conv2d_backward(dout, X, W, stride=1, padding=0):
            dW = torch.nn.grad.conv2d_weight(X, W.shape, dout, stride=stride, padding=padding)
            dX = torch.nn.grad.conv2d_input(X.shape, W, dout, stride=stride, padding=padding)
            return dX, dW, dout.sum(dim=(0, 2, 3))
        """,
        "torch.nn.grad.conv2d_weight",
    ),
    "lstm_cell": (
        """
        def lstm_cell(x, h, c, W_x, W_h, b):
            cell = nn.LSTMCell(x.shape[1], h.shape[1], dtype=x.dtype)
            with torch.no_grad():
                cell.weight_ih.copy_(W_x.T)
                cell.weight_hh.copy_(W_h.T)
                cell.bias_ih.copy_(b)
                cell.bias_hh.zero_()
                return cell(x, (h, c))
        """,
        "torch.nn.LSTMCell",
    ),
}

EXERCISES = [(a.name, e.name) for a in COURSE.assignments for e in a.exercises]

Graded = Callable[[str], dict[str, list[CheckResult]]]


@pytest.fixture(scope="module")
def graded(zygote: Zygote) -> Graded:
    """Return a function that grades, once for each assignment, what is no own work in it."""

    @cache
    def graded(name: str) -> dict[str, list[CheckResult]]:
        assignment = COURSE.assignment(name)
        texts = {e.name: OFFENCES[e.name][0] for e in assignment.exercises}
        results = {}
        plan, reference = plan_for(COURSE, assignment), reference_for(COURSE, assignment)
        with collected_checks(plan, reference) as runner:
            for exercise, text in texts.items():
                submission = text_submission("mine.py", TORCH + dedent(text), "torch")
                job = Job("ann", submission, frozenset([exercise]))
                results[exercise] = list(runner.grade(job, zygote).checks)
        return results

    return graded


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=lambda name: name)
def test_the_library_function_fails_by_its_name(
    graded: Graded, assignment: str, exercise: str
) -> None:
    """Every check of an exercise fails and names the library function that stood in for it."""
    results = graded(assignment)[exercise]

    assert {Outcome.FAILED} == {result.outcome for result in results}
    told = f"{exercise} uses {OFFENCES[exercise][1]}"
    assert [] == [r.message for r in results if not r.message.startswith(told)]


def test_every_exercise_says_what_is_forbidden() -> None:
    """Each exercise of the course has a list, and a function here that does its job."""
    listed = {e.name for a in COURSE.assignments for e in a.exercises if e.forbidden}

    assert {exercise for _assignment, exercise in EXERCISES} == listed == set(OFFENCES)


@pytest.mark.parametrize("assignment", COURSE.assignments, ids=lambda a: a.name)
def test_each_exercise_has_three_accepted_variants(assignment: Assignment) -> None:
    """What the rule refuses is not among the ways that are accepted; others are."""
    found = [
        node.name
        for path in COURSE.accepted(assignment)
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    ]

    for exercise in assignment.exercises:
        assert found.count(exercise.name) >= 3
