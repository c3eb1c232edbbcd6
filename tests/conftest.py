"""What tests of several packages share: zygotes, and learners in their workers."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.worker.library_imports import COMPILER

# no test is one of the clock: a busy machine makes none fail
settings.register_profile("gradproof", deadline=None)
settings.load_profile("gradproof")


#: tests that take longest; they begin, so that no process is alone with one at the end
LONGEST = (
    "attacks/",
    "browser/",
    "other_systems/",
    "test_examples.py",
    "gradebook/test_quickstart.py",
    "gradebook/test_autograde.py",
    "test_wheel.py",
    "test_docs.py",
    "test_cli.py",
    "desk/test_kernel.py",
    "course/test_solved_notebooks.py",
    "gradebook/",
    "test_nbgrader_compared.py",
    "test_benchmarks.py",
    "grading/",
    "audit/",
    "sandbox/",
    "scoring/",
    "submission/test_maltreated.py",
    "test_language.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are processors: attacks and loops wait for their limits."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest begin."""

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((n for n, place in enumerate(LONGEST) if path.startswith(place)), len(LONGEST))

    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """Keep what is there from the beginning out of every later search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out."""
    if config.option.markexpr == "not rare":
        terminalreporter.write_line(
            "Left out: browsers, isolation levels below the strongest, a simulated macOS, some "
            "comparisons with other graders, and much of what is done in TensorFlow, JAX and "
            "MXNet: solved notebooks, library functions in place of an answer. To run all tests: "
            "make test-all"
        )
    if config.option.markexpr == "not slow":
        terminalreporter.write_line(
            "Left out: slow tests (notebooks in a kernel, browsers, PostgreSQL, the wheel, attacks "
            "without walls and where there are no namespaces, most of the example class). All: "
            "make test-all"
        )


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """Return a warm zygote behind bubblewrap, with PyTorch."""
    if importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed")
    with Zygote(["numpy", "torch", COMPILER]) as zygote:
        if zygote.isolation.level != "bubblewrap":
            pytest.skip("bubblewrap does not work here: install it and allow user namespaces")
        yield zygote


@pytest.fixture(scope="session")
def bare_zygote() -> Iterator[Zygote]:
    """Return a warm zygote as it is where bubblewrap does not work."""
    if sys.platform != "linux":
        pytest.skip("a zygote needs Linux")
    with Zygote(["numpy"], level="landlock") as zygote:
        yield zygote


@pytest.fixture(scope="session")
def zygote_of() -> Iterator[Callable[[str], Zygote]]:
    """Return a function that returns a warm zygote with a framework; skips if it is missing."""
    with contextlib.ExitStack() as started:

        @functools.cache
        def zygote_of(framework: str) -> Zygote:
            if importlib.util.find_spec(framework) is None:
                pytest.skip(f"{framework} is not installed")
            return started.enter_context(Zygote(["numpy", framework]))

        yield zygote_of


@pytest.fixture(params=["zygote", "bare_zygote"])
def any_zygote(request: pytest.FixtureRequest) -> Zygote:
    """Return a zygote behind bubblewrap, then one without it."""
    found: Zygote = request.getfixturevalue(request.param)
    return found


#: makes a learner's module from its source: source, zygote, framework, exercise, limits
Enrol = Callable[..., ModuleProxy]


@pytest.fixture
def enrol() -> Iterator[Enrol]:
    """Return a function that starts a check on a learner's source and returns the module."""
    channels: list[WorkerChannel] = []

    def enrol(
        source: str,
        zygote: Zygote,
        framework: str = "numpy",
        exercise: str = "f",
        limits: Limits = Limits(seconds=5, memory_mb=2048),  # noqa: B008 — it is frozen
    ) -> ModuleProxy:
        submission = Submission("a.py", (Chunk("a.py", source),), framework, "00")
        channel = WorkerChannel(submission, zygote.worker)
        channels.append(channel)
        channel.begin(exercise, 1, limits)
        return ModuleProxy(channel)

    yield enrol
    for channel in channels:
        channel.close()
