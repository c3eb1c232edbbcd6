"""Workers for a GPU, behind walls: what they are shown and held to, without a GPU."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.errors import NoDevice, Raised
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.processor_time import meter_of
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.worker import gpu, walls
from grader.worker.adapters import Device

SOURCE = """\
import os
import resource

def of_itself():
    with open("/proc/self/status") as file:
        return file.readline().startswith("Name:")

def of_others():
    found = []
    for number in range(1, 400):
        try:
            found.append(open(f"/proc/{number}/status").readline())
        except OSError:
            pass
    return len(found)

def limits():
    kinds = resource.RLIMIT_AS, resource.RLIMIT_DATA
    return [resource.getrlimit(kind)[0] == resource.RLIM_INFINITY for kind in kinds]

everything = of_itself, of_others, limits
"""

Worker = Callable[[bool], ModuleProxy]


@pytest.fixture(scope="module", params=["bubblewrap", "private root", "landlock"])
def gpu_zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    """Return a zygote some of whose workers are to use a GPU, behind walls of each kind."""
    with Zygote(("numpy",), request.param, with_gpu=True) as zygote:
        if zygote.isolation.level != request.param:
            pytest.skip(f"no {request.param} here")
        yield zygote


@pytest.fixture
def worker(gpu_zygote: Zygote) -> Iterator[Worker]:
    """Return what starts a worker with the functions above, for a GPU or not."""
    channels = []

    def start(with_gpu: bool) -> ModuleProxy:
        submission = Submission("a.py", (Chunk("a.py", SOURCE),), "numpy", "00")
        fork = partial(gpu_zygote.worker, with_gpu=with_gpu)
        channels.append(WorkerChannel(submission, fork))
        channels[-1].begin("everything", 0, Limits())
        return ModuleProxy(channels[-1])

    yield start
    for channel in channels:
        channel.close()


def test_a_worker_for_a_gpu_sees_itself_in_proc_and_no_other(worker: Worker) -> None:
    """The driver reads its own process there; a worker on the CPU has not even that."""
    assert worker(True).of_itself() is True
    assert worker(True).of_others() == 0
    with pytest.raises(Raised):
        worker(False).of_itself()


def test_a_worker_for_a_gpu_has_a_limit_on_data(worker: Worker) -> None:
    """A limit on address space would stop the driver; one worker's limit is not another's."""
    endless_space, endless_data = worker(True).limits()

    assert (endless_space, endless_data) == (True, False)
    assert worker(False).limits()[0] is False


def test_device_files_are_shown_only_for_a_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After bubblewrap's own /dev and before that is sealed; a run on the CPU shows none."""
    monkeypatch.setattr(gpu, "nodes", lambda: [Path("/dev/nvidia0")])
    command = walls.bubblewrap(tmp_path, as_superuser=False, with_gpu=True)
    shown = command.index("--dev-bind")

    assert command[shown : shown + 3] == ["--dev-bind", "/dev/nvidia0", "/dev/nvidia0"]
    assert command.index("--dev") < shown < command.index("--remount-ro")
    assert "--dev-bind" not in walls.bubblewrap(tmp_path, as_superuser=False)


def test_a_zygote_for_the_cpu_is_told_of_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is the same whatever the grader's is."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3")

    assert walls.zygote_environment(with_gpu=True)["CUDA_VISIBLE_DEVICES"] == "3"
    assert not [name for name in walls.zygote_environment() if "CUDA" in name]


# -- what a channel says ---------------------------------------------------------------------------


class _Worker:
    """Refuses the submission."""

    alive = True
    meter = meter_of(0)  # of no process

    def __init__(self, message: str) -> None:
        self.message = message
        self.sent: dict[str, Any] = {}

    def request(self, op: str, payload: dict[str, Any], *_more: Any) -> Any:
        """Say that the device is missing."""
        self.sent = payload
        return "fault", {"kind": "device", "message": self.message}

    def stop(self) -> None:
        """Be gone."""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("cuda", "This machine has no cuda device."),
        ("cuda: driver too old", "This machine has no cuda device. (cuda: driver too old)"),
    ],
)
def test_a_device_that_cannot_be_used_is_said_with_its_reason(message: str, said: str) -> None:
    """What the worker is told of the device, and what is said if there is none."""
    worker = _Worker(message)
    submission = Submission("a.py", (), "torch", "00")
    channel = WorkerChannel(submission, lambda *_: worker, Device("cuda", allow_tf32=True))  # type: ignore[arg-type,return-value]

    with pytest.raises(NoDevice) as caught:
        channel.begin("f", 0, Limits(memory_mb=99))

    assert str(caught.value) == said
    assert [worker.sent[key] for key in ("device", "allow_tf32", "memory_mb")] == ["cuda", True, 99]
