"""A scored class, for tests of what nbgrader makes of it."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.gradebook.database import default_url
from grader.gradebook.publish import publish
from grader.grading import setup
from grader.grading.score import Scored, ScoreOptions, score, submissions_of
from grader.outcome import Result
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect

from ..warmup import RIGHT, made
from .postgresql import execute, server

PERCENT = "# %% [markdown]\n# My *work*.\n# %%\n"
WRONG = RIGHT.replace("factor * x", "x * abs(factor)")
CLASS = {
    "ada/warmup.py": RIGHT,
    "bob/warmup.py": PERCENT + WRONG + "# %%\nprint('plots')\n",
    "cleo/warmup.ipynb": "{ this is no notebook",
}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Speak English, and read nobody's Jupyter settings."""
    language.use("en")
    monkeypatch.setenv("GRADPROOF_LANG", "en")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    yield
    language.use("en")


def hand_in(course: Course, texts: dict[str, str], folder: Path) -> None:
    """Collect *texts*, by learner and file."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    collect(folder, "warmup", submissions_of(course))


def scored(course: Course) -> Scored:
    """Score the class."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup, "Zygote", lambda frameworks, *walls: Zygote(("numpy",), *walls))
        return score(course, course.assignments[0], ScoreOptions())


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Result]]:
    """Return a course whose class is scored and entered into its gradebook, and the results."""
    if importlib.util.find_spec("nbgrader") is None:
        pytest.skip('nbgrader is not installed: pip install "gradproof[nbgrader]"')
    folder = tmp_path_factory.mktemp("finished")
    course = made(folder / "course")
    hand_in(course, CLASS, folder / "in")
    results = scored(course).results
    publish(course, course.assignments[0], results)
    return course.root, results


@pytest.fixture
def course(finished: tuple[Path, list[Result]], tmp_path: Path) -> Course:
    """Return a course of one's own, whose class is scored and entered into its gradebook."""
    shutil.copytree(finished[0], tmp_path / "course")
    return Course.load(tmp_path / "course")


@pytest.fixture(scope="session")
def postgresql(finished: tuple[Path, list[Result]]) -> Iterator[str]:
    """Run a server that has the class in its database ``finished``; return its address."""
    with server() as address:
        execute(address.format(name="postgres"), "CREATE DATABASE finished")
        course = Course.load(finished[0])
        publish(course, course.assignments[0], finished[1], address.format(name="finished"))
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, course: Course) -> Iterator[str]:
    """Return the address of a gradebook of one's own that holds the class, in either database."""
    if request.param == "sqlite":
        yield default_url(course.root)
        return
    address = request.getfixturevalue("postgresql")
    control = address.format(name="postgres")
    execute(control, "CREATE DATABASE own TEMPLATE finished")
    yield address.format(name="own")
    execute(control, "DROP DATABASE own WITH (FORCE)")


@pytest.fixture
def results(finished: tuple[Path, list[Result]]) -> list[Result]:
    """Return the results of the class."""
    return list(finished[1])
