"""The suites that gradproof is measured against are fair, and the page about them is current."""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

pytest.importorskip("torch")

import cli
from benchmarks import deadline, graders, near_misses, seven, ways_around
from benchmarks import suites_compared as compared
from benchmarks.rewriting import rewritten
from benchmarks.suites.modules import Module, TooLong, at_most
from grader.course.catalogue import Course
from grader.course.source import reference_text

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "evidence.md"


@pytest.fixture(scope="module")
def course() -> Course:
    """Return the course of this repository."""
    return Course.load(ROOT)


@pytest.fixture(autouse=True)
def overflow_is_no_error():
    """Wrong answers may warn: their values are what counts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.fixture(scope="module")
def answers(course):
    """Return all answers that suites are tried on; it takes long to make them."""
    return list(compared.answers(course, with_mutants=True))


@pytest.fixture(scope="module")
def references(answers):
    """Return the reference of each exercise as an answer."""
    return [answer for answer in answers if answer.name == "reference"]


@pytest.mark.slow
@pytest.mark.rare
def test_every_suite_accepts_the_references(references):
    """A suite that rejects a reference would say nothing about mistakes."""
    for answer in references:
        expected = list(compared.suites_for(answer))

        assert compared.accepted_by(answer) == expected, answer.exercise


def test_no_suite_accepts_a_constant(references):
    """Every suite can fail."""
    for answer in references:
        text = f"{answer.text}\n\ndef {answer.exercise}(*args, **kwargs):\n    return 0.0\n"
        junk = replace(answer, kind="mistake", text=text)

        assert compared.accepted_by(junk) == [], answer.exercise


@pytest.mark.slow
@pytest.mark.rare
def test_gradproof_catches_what_three_suites_let_through(answers, tmp_path):
    """A gradient cropped by ``padding:-padding`` is right wherever padding is 1, and empty at 0."""
    wanted = ("mistake", "conv2d_backward", "dX_crop_negative")
    answer = next(a for a in answers if (a.kind, a.exercise, a.name) == wanted)
    path = tmp_path / "ada.py"
    path.write_text(answer.text, encoding="utf-8")
    arguments = ["grade", str(path), "--assignment", "convolution", "--json", "--course", str(ROOT)]

    result = CliRunner().invoke(cli.main, arguments)

    exercises = json.loads(result.stdout)["exercises"]
    failed = {
        exercise["exercise"]
        for exercise in exercises
        if any(check["outcome"] == "failed" for check in exercise["checks"])
    }
    assert compared.accepted_by(answer) == ["np.allclose", "cotangent of ones", "CS231n"]
    assert failed == {"conv2d_backward"}


def test_an_array_changed_in_place_is_changed_for_the_caller():
    """Suites see what a function of tensors does to its arguments."""
    module = Module("def f(x):\n    x.add_(1)\n    return (x * 2,)\n", "torch")
    x = np.zeros(2)

    (found,) = module.f(x)

    assert x.tolist() == [1, 1]
    assert found.tolist() == [2, 2]


def test_an_endless_loop_ends():
    """Time is the process's own, and no ``except Exception`` can hold its end up."""
    module = Module("def f():\n    while True:\n        pass\n", "numpy")

    with pytest.raises(TooLong), at_most(0.05):
        module.f()


def test_the_page_counts_the_mistakes_and_mutants_of_today(answers):
    """A page made before the last mistake of an exercise was written would be stale.

    An exercise that is new need not be on it yet.
    """
    wrong = Counter((a.kind, a.exercise) for a in answers)
    counts = {(kind, exercise): n for (kind, exercise), n in wrong.items() if kind != "right"}
    tables = re.split(r"^\| exercise \| (\w+)s \|", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    rows = re.compile(r"^\| (\w+) \| (\d+) \|", re.MULTILINE)

    on_the_page = {
        (kind, exercise): int(n)
        for kind, table in zip(tables[1::2], tables[2::2], strict=True)
        for exercise, n in rows.findall(table)
    }
    assert on_the_page
    today = {place: counts.get(place, 0) for place in on_the_page}
    assert today == on_the_page, "run the command that stands above the tables"


def test_every_exercise_has_near_misses_of_several_kinds(course):
    """What the runner reads of each near miss is complete, for every exercise of the course."""
    every = near_misses.near_misses(course)
    kinds = {miss.exercise: set() for miss in every}
    for miss in every:
        kinds[miss.exercise].add(miss.kind)

    exercises = {exercise.name for of in course.assignments for exercise in of.exercises}
    assert exercises == set(kinds)
    assert all(len(found) >= 3 for found in kinds.values()), kinds


@pytest.mark.parametrize(
    "label",
    [
        "linear_regression/sgd/two_parameters",
        "linear_regression/train_linreg/rate_ignored",
        "softmax_regression/softmax/float64_changed_in_place",
        "multilayer_perceptron/linear_forward/scripted",
        "generalization/dropout/shared_in_three_axes",
        "convolution/conv2d_backward/tail_of_the_image_lost",
        "recurrent/lstm_cell/result_in_a_buffer",
    ],
)
def test_near_misses_are_wrong_by_the_statement(course, label):
    """No check is needed to show it: one near miss of each kind of demonstration."""
    assignment, exercise, _name = label.split("/")
    misses = near_misses.near_misses(course, [f"{assignment}/{exercise}"])

    (miss,) = (miss for miss in misses if miss.label == label)
    assert miss.demonstrated()


def test_a_near_miss_is_accepted_only_if_every_check_passes(course, tmp_path, monkeypatch, zygote):
    """A reference in the place of a near miss is neither shown to be wrong nor caught."""
    wrong = near_misses.FOLDER / "multilayer_perceptron" / "relu" / "six.py"
    header = "".join(wrong.read_text("utf-8").splitlines(keepends=True)[:3])
    reference = reference_text(course.source(course.assignment("multilayer_perceptron")))
    folder = tmp_path / "multilayer_perceptron" / "relu"
    folder.mkdir(parents=True)
    (folder / "right.py").write_text(header + reference, "utf-8")
    (folder / "six.py").write_bytes(wrong.read_bytes())
    monkeypatch.setattr(near_misses, "FOLDER", tmp_path)

    misses = near_misses.near_misses(course)
    graded = {one.near_miss.name: one for one in near_misses.graded(course, misses, [zygote])}

    assert {miss.name: miss.demonstrated() for miss in misses} == {"right": False, "six": True}
    assert {name: one.accepted for name, one in graded.items()} == {"right": True, "six": False}


def test_the_documents_list_every_way_around_the_rule():
    """Each way that is tried has a row, which says whether it is stopped."""
    page = ways_around.PAGE.read_text("utf-8").partition(ways_around.BEGIN.format(""))[2]
    rows = page.partition(ways_around.END.format(""))[0]
    missing = [
        (family, name)
        for family in ways_around.TASKS
        for name in ways_around.names(family)
        if f"| `{family}` | {name.replace('_', ' ')} | " not in rows
    ]

    assert not missing, "run python benchmarks/ways_around.py --write"
    assert rows.count("| stopped |") > 80


@pytest.mark.parametrize("framework", ways_around.OTHERS)
def test_the_documents_list_the_ways_in_each_framework(framework):
    """Likewise, in a table of its own."""
    page = ways_around.PAGE.read_text("utf-8")
    rows = page.partition(ways_around.BEGIN.format(f", {framework}"))[2]
    rows = rows.partition(ways_around.END.format(f", {framework}"))[0]
    files = sorted((ways_around.FOLDER / framework).glob("*.py"))
    ways = [(path.stem, name) for path in files for name in ways_around.names(path.stem, framework)]

    assert [] == [w for w in ways if f"| `{w[0]}` | {w[1].replace('_', ' ')} | " not in rows]
    assert "| stopped |" in rows


@pytest.mark.parametrize("family", ["dropout", "optimizer"])
def test_ways_around_the_rule_end_as_the_documents_say(family, zygote):
    """Each is right where nothing is forbidden; the page has what is reported otherwise."""
    page = ways_around.PAGE.read_text("utf-8")

    assert [] == [way.row for way in ways_around.tried(zygote, family) if way.row not in page]


TORCH = (
    "import torch\n"
    "def f(X):\n"
    "    X[0] = torch.randn_like(X[0])\n"
    "    X[1:] -= X.amax(dim=1, keepdim=True)\n"
    "    return torch.cat([X, X], dim=1).chunk(2, dim=1)\n"
)


def test_a_mistake_is_rewritten_as_jax_wants_it():
    """Names, keywords, items that are assigned to, and numbers that are drawn."""
    text = rewritten(TORCH, "jax")

    assert "X = X.at[0].set(jax.random.normal(new_key(), X[0].shape, X[0].dtype))" in text
    assert "X = X.at[1:].add(-X.max(axis=1, keepdims=True))" in text
    assert "return jnp.split(jnp.concatenate([X, X], axis=1), 2, axis=1)" in text


def test_a_mistake_is_rewritten_as_tensorflow_wants_it():
    """Methods become functions, and what is assigned to, a new tensor or a changed variable."""
    text = rewritten(TORCH, "tensorflow")

    drawn = "tf.random.normal(X[0].shape, dtype=X[0].dtype)"
    assert f"X = changed(X, {drawn}, numpy.s_[0])" in text
    changed = "X[1:] - tnp.max(X, axis=1, keepdims=True)"
    assert f"X = changed(X, {changed}, numpy.s_[1:])" in text
    assert "return tnp.split(tnp.concatenate([X, X], axis=1), 2, axis=1)" in text


def test_other_graders_accept_the_reference_and_tell_some_mistakes(tmp_path):
    """What gradproof's time is compared with asks something of every exercise."""
    course = seven.make_course(tmp_path)
    right = reference_text(course.source(course.assignments[0]))

    def failed(text: str) -> set[str]:
        module: dict[str, Any] = {}
        exec(text, module)
        found = set()
        for exercise, asserts in seven.ASSERTS.items():
            for one in asserts:
                try:
                    exec(one, module)
                except Exception:
                    found.add(exercise)
        return found

    assert failed(right) == set()
    assert set().union(*map(failed, seven.class_of(course, 40).values())) == set(seven.EXERCISES)


def test_the_start_is_told_from_what_a_submission_costs():
    """A class of 200 in 24 s and 20 of them in 6 s: 4 s to start, 100 ms each."""
    runs = [
        {"submissions": n, "wall": wall, "cpu": 1.0, "peak": 9}
        for n, wall in ((200, 24.0), (20, 6.0))
    ]
    sample = [{"submissions": 10, "wall": 50.0, "cpu": 20.0, "peak": 7}]
    report = {"size": 200, "runs": {"gradproof score": runs, "nbgrader": sample}}
    ours, other = (graders.summary(report, name) for name in report["runs"])

    assert (round(ours.start, 3), round(ours.each, 3)) == (4.0, 0.1)
    assert (other.wall, other.each, other.cpu) == (1000.0, 5.0, 400.0)
    assert "| nbgrader | 1000.0 s | 41.67 |" in graders.table(report)


def test_submissions_wait_for_the_scheduler_and_for_a_worker():
    """Four that take 10 s each and come at 0, 0, 0 and 30 s before two workers, 1 s for a task."""
    come, service = np.array([0.0, 0.0, 0.0, 30.0]), np.full(4, 10.0)
    found = deadline.simulate(come, service, 2, per_task=1.0)

    # they begin at 1, 2, 11 and 31 s
    assert found == deadline.Delays(
        workers=2,
        median=pytest.approx(11.5),
        late=pytest.approx(20.73),
        after=41.0,
        waiting=1,
        busy=pytest.approx(40 / 82),
    )


def test_submissions_come_more_often_before_the_deadline():
    """Tenfold in an hour: of what comes in two hours, all but one in eleven in the second."""
    come = deadline.arrivals(10_000, 2.0, 10.0, np.random.default_rng(0))

    assert -7200 <= come[0] < come[-1] <= 0
    assert (come < -3600).mean() == pytest.approx(1 / 11, abs=0.01)
