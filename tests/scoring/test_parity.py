"""The course's own exercises on a GPU, as far as one can be pretended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from grader.course.catalogue import Course, apply_mistake
from grader.course.source import reference_text
from grader.exercise import Submission
from grader.grading.setup import plan_for, reference_for
from grader.outcome import CheckResult, Outcome
from grader.sandbox.channel import LocalChannel
from grader.scoring.check_runner import CheckRunner
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.worker.adapters import CPU, Device
from grader.worker.module_host import Host

from ..fake_device import FakeDevice, fake_device
from ..mini_course import CATALOGUE

pytest.importorskip("torch", reason="PyTorch is not installed")

__all__ = ["fake_device"]

ROOT = Path(__file__).resolve().parents[2]

#: makes a tensor on the CPU, whatever its function was handed
HARD_CODED = re.compile(r"torch\.(arange|rand|zeros)\((?!.*device)")

Verdicts = dict[str, list[tuple[str, Outcome]]]


def results(
    runner: CheckRunner, texts: dict[str, tuple[str, str]], device: Device
) -> dict[str, list[CheckResult]]:
    """Return each text's results; texts come with the exercise that they are about."""
    found = {}
    for name, (exercise, text) in texts.items():
        channel = LocalChannel(Host([("mine.py", 1, text)], "torch", device), "torch")
        job = Job("ada", Submission("mine.py", (), "torch", "00"), frozenset([exercise]))
        found[name] = runner.run(job, channel)
    return found


def verdicts(found: dict[str, list[CheckResult]], names: Iterable[str]) -> Verdicts:
    """Return how the checks ended on each of *names*."""
    return {name: [(c.name, c.outcome) for c in found[name]] for name in names}


@pytest.mark.parametrize(
    ("assignment", "exercises"),
    [
        ("softmax_regression", ("softmax", "cross_entropy")),
        pytest.param("generalization", ("dropout",), marks=pytest.mark.slow),
    ],
)
def test_a_gpu_gives_the_same_verdicts(
    fake_device: FakeDevice, assignment: str, exercises: tuple[str, ...]
) -> None:
    """References pass; known mistakes fail what they fail on the CPU, or mix devices as well."""
    course = Course.load(ROOT)
    task = course.assignment(assignment)
    source = course.source(task)
    texts = {name: (name, reference_text(source)) for name in exercises}
    mistakes = [m for m in course.mistakes(task) if m.exercise in exercises]
    for mistake in mistakes:
        texts[mistake.name] = (mistake.exercise, apply_mistake(source, mistake))
    with collected_checks(plan_for(course, task), reference_for(course, task)) as runner:
        on_cpu, on_gpu = (results(runner, texts, device) for device in (CPU, Device("cuda")))

    hard_coded = {m.name for m in mistakes if HARD_CODED.search(m.replacement)}
    mixing = {n for n in hard_coded if any("on two devices" in c.message for c in on_gpu[n])}
    others = texts.keys() - mixing
    assert verdicts(on_gpu, others) == verdicts(on_cpu, others)
    assert {c.outcome for name in exercises for c in on_gpu[name]} == {Outcome.PASSED}
    assert len(others) > len(mixing) + len(exercises)
    assert bool(mixing) == bool(hard_coded)


def test_tf32_is_the_assignments_choice(tmp_path: Path) -> None:
    """It is off unless ``course.toml`` allows it."""
    (tmp_path / "assignments").mkdir()
    file = tmp_path / "assignments" / "course.toml"
    found = []
    for line in ("", "allow_tf32 = false\n", "allow_tf32 = true\n"):
        text = CATALOGUE.replace('framework = "torch"\n', f'framework = "torch"\n{line}')
        file.write_text(text, encoding="utf-8")
        found.append(Course.load(tmp_path).assignment("basics").allow_tf32)

    assert found == [False, False, True]


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED])
def test_a_convolution_in_pytorch_is_graded_on_a_gpu(
    fake_device: FakeDevice, outcome: Outcome
) -> None:
    """PyTorch's own passes, on both devices; with a stride of one it fails the same checks."""
    stride = "stride" if outcome is Outcome.PASSED else "1"
    text = (
        "import torch\n"
        "def conv2d(X, W, b, stride=1, padding=0):\n"
        f"    return torch.conv2d(X, W, b, stride={stride}, padding=padding)\n"
    )
    course = Course.load(ROOT)
    task = course.assignment("convolution")
    texts = {"conv2d": ("conv2d", text)}
    with collected_checks(plan_for(course, task), reference_for(course, task)) as runner:
        on_cpu, on_gpu = (results(runner, texts, device) for device in (CPU, Device("cuda")))

    assert verdicts(on_gpu, texts) == verdicts(on_cpu, texts)
    assert outcome in {c.outcome for c in on_gpu["conv2d"]}
    assert (Outcome.FAILED in {c.outcome for c in on_gpu["conv2d"]}) is (stride == "1")
