"""On a machine with a GPU, the real thing; elsewhere it is said that nothing of it was run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from grader.course.catalogue import Course
from grader.errors import SubmissionError
from grader.exercise import Chunk, Limits, Submission
from grader.grading.grade import grade_file
from grader.outcome import CheckResult, Outcome, Result
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.scoring.devices import PARITY
from grader.worker import adapters, gpu
from grader.worker.adapters import Device, NumpyAdapter

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not gpu.nodes(), reason="NOT RUN: there is no GPU here"),
]

ROOT = Path(__file__).resolve().parents[2]
#: frameworks whose arrays can be on a GPU
WITH_DEVICE = [
    name
    for name, adapter in adapters._ADAPTERS.items()
    if adapter._has_device is not NumpyAdapter._has_device
]
VARIANTS = [
    path
    for path in sorted(ROOT.glob("solutions/*/accepted/*.py"))
    if re.match(r"# framework: (\w+)", path.read_text("utf-8"))[1] in WITH_DEVICE  # type: ignore[index]
]
HEAD = "# framework: torch\nimport torch\n\n"
CROSS_ENTROPY = """
def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])
"""


def graded(tmp_path: Path, text: str, *exercises: str) -> Result:
    """Return what a text comes to on the CPU and on the GPU."""
    file = tmp_path / "mine.py"
    file.write_text(HEAD + text, encoding="utf-8")
    course = Course.load(ROOT)
    task = course.assignment("softmax_regression")
    return grade_file(course, task, file, exercises, device="all")


def of(result: Result, exercise: str) -> list[CheckResult]:
    """Return the results of one exercise."""
    return [check for check in result.checks if check.exercise == exercise]


@pytest.mark.parametrize("assignment", [a.name for a in Course.load(ROOT).assignments])
def test_the_reference_passes_on_both_devices(assignment: str) -> None:
    """Behind the same walls, with the allowances as they are, and both devices agree."""
    course = Course.load(ROOT)
    task = course.assignment(assignment)
    result = grade_file(course, task, course.reference(task), device="all")

    assert result.score == result.max_score == task.points
    assert result.isolation.level == "bubblewrap"
    if task.framework == "torch":
        assert result.notes == ()
        assert {c.outcome for c in result.checks if c.name == PARITY} <= {
            Outcome.PASSED,
            Outcome.SKIPPED,
        }


@pytest.mark.parametrize("allow_tf32", [False, True], ids=["exact", "TF32"])
@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_accepted_variants_pass_on_both_devices(path: Path, allow_tf32: bool) -> None:
    """In every framework with a device, with and without TF32; and both devices agree."""
    course = Course.load(ROOT)
    task = replace(course.assignment(path.parts[-3]), allow_tf32=allow_tf32)
    text = path.read_text("utf-8")
    names = [one.name for one in task.exercises if re.search(rf"^def {one.name}\b", text, re.M)]
    result = grade_file(course, task, path, tuple(names), device="all")
    if result.notes:
        pytest.skip(f"NOT RUN: {'; '.join(result.notes)}")

    assert {c.outcome for c in result.checks} <= {Outcome.PASSED, Outcome.SKIPPED}
    assert {PARITY} <= {c.name for c in result.checks}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("X * torch.ones(X.shape)", "softmax mixes tensors on two devices."),
        ("X.cpu() * 1", "softmax returns a tensor on another device "),
        ("torch.tensor(X.numpy())", "softmax passes a tensor on a GPU to NumPy."),
        # the worker for the CPU must not use the GPU
        ("X.cuda() * 1", "softmax asks for a device that this machine does not have."),
    ],
)
def test_faults_of_devices_are_named(tmp_path: Path, line: str, message: str) -> None:
    """PyTorch's messages are those that are known."""
    result = graded(tmp_path, f"def softmax(X):\n    return {line}\n", "softmax")

    assert [c for c in of(result, "softmax") if c.message.startswith(message)]


def test_a_broken_gpu_costs_the_exercise_that_broke_it(tmp_path: Path) -> None:
    """After an index out of range another worker goes on."""
    broken = "def softmax(X):\n    return X[torch.full_like(X[:, 0], 99, dtype=torch.long)]\n"
    result = graded(tmp_path, broken + CROSS_ENTROPY, "softmax", "cross_entropy")

    assert Outcome.PASSED not in {c.outcome for c in of(result, "softmax")}
    assert {c.outcome for c in of(result, "cross_entropy")} == {Outcome.PASSED}


MATMUL = """
def product(X):
    return X @ X

def much(n):
    return torch.zeros(n << 20, dtype=torch.uint8, device="cuda").sum()

everything = product, much
"""


@pytest.fixture(scope="module")
def gpu_zygote() -> Iterator[Zygote]:
    """Return a zygote whose workers may use the GPU."""
    with Zygote(("torch",), with_gpu=True) as zygote:
        yield zygote


def on_gpu(zygote: Zygote, allow_tf32: bool = False, memory_mb: int = 4096) -> ModuleProxy:
    """Return the functions above on the GPU."""
    submission = Submission("a.py", (Chunk("a.py", HEAD + MATMUL),), "torch", "00")
    start = partial(zygote.worker, with_gpu=True)
    channel = WorkerChannel(submission, start, Device("cuda", allow_tf32))
    channel.begin("everything", 0, Limits(memory_mb=memory_mb))
    return ModuleProxy(channel)


def test_tf32_is_off_unless_it_is_allowed(gpu_zygote: Zygote) -> None:
    """Products of float32 have its precision, or that of TF32 where it is allowed."""
    x = np.random.default_rng(3).standard_normal((512, 512)).astype(np.float32)
    exact = x.astype(np.float64) @ x.astype(np.float64)
    errors = [
        np.abs(on_gpu(gpu_zygote, allowed).product(x) - exact).max() / np.abs(exact).max()
        for allowed in (False, True)
    ]

    assert errors[0] < 1e-5 < errors[1] < 5e-3


def test_a_worker_is_held_to_its_share_of_the_gpu(gpu_zygote: Zygote) -> None:
    """PyTorch hands out no more than the limit on memory."""
    student = on_gpu(gpu_zygote, memory_mb=512)

    assert student.much(100) == 0
    with pytest.raises(SubmissionError):
        student.much(1024)
