"""What a worker gets to compute on a GPU. There is none here: only that it stands is tested."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.worker import gpu

from ..waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


def answer_of(code: str) -> Any:
    """Return what a fresh interpreter prints, as JSON."""
    start = "import json, mmap, os, resource, sys; from grader.worker import gpu\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_device_files_of_gpus_are_found(tmp_path: Path) -> None:
    """Cards, their control and their memory; nothing else of what lies in /dev."""
    wanted = ["nvidia-uvm", "nvidia-uvm-tools", "nvidia0", "nvidia12", "nvidiactl"]
    for name in [*wanted, "nvme0", "kvm", "nvidia-caps/nvidia-cap1"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [path.relative_to(tmp_path).as_posix() for path in gpu.nodes(tmp_path)]

    assert found == sorted([*wanted, "nvidia-caps/nvidia-cap1"])
    assert gpu.nodes(tmp_path / "nowhere") == []


def test_device_files_are_shown_where_they_lie() -> None:
    """Bubblewrap shows them as devices, which a plain bind would not."""
    options = gpu.bubblewrap_options([Path("/dev/nvidia0"), Path("/dev/nvidiactl")])

    assert options == [
        *("--dev-bind", "/dev/nvidia0", "/dev/nvidia0"),
        *("--dev-bind", "/dev/nvidiactl", "/dev/nvidiactl"),
    ]


def test_of_the_graders_environment_the_choice_of_a_gpu_is_kept() -> None:
    """No secret of the grader's passes; looking for a GPU does not start CUDA."""
    ours = {"CUDA_VISIBLE_DEVICES": "1", "TOKEN": "secret", "CUDA_LAUNCH_BLOCKING": "0"}

    assert gpu.environment(ours) == {
        "CUDA_VISIBLE_DEVICES": "1",
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        "CUDA_LAUNCH_BLOCKING": "1",
    }


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_the_limit_bounds_what_is_used_and_not_what_is_reserved() -> None:
    """A terabyte may be reserved, as CUDA does; ten gigabytes may not be written."""
    reserved, used = answer_of(
        "size = gpu.memory(100)\n"
        "resource.setrlimit(gpu.memory_limit(), (size, size))\n"
        "flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS\n"
        "reserved = mmap.mmap(-1, 1 << 40, flags=flags, prot=0)\n"
        "try:\n"
        "    used = len(bytearray(10 << 30))\n"
        "except MemoryError:\n"
        "    used = 0\n"
        "print(json.dumps([len(reserved), used]))\n"
    )

    assert (reserved, used) == (1 << 40, 0)


IN_NAMESPACES = """
import ctypes
from grader.worker import walls
if not walls.enter_namespaces():
    print(json.dumps(None))
    sys.exit()
reader, writer = os.pipe()
if os.fork() == 0:
    libc = ctypes.CDLL(None)
    libc.mount(None, b"/", None, 1 << 18 | 1 << 14, None)
    taken = gpu.take_proc()
    stands = gpu.put_proc(taken)
    name = open("/proc/self/comm").read().strip()
    try:
        open("/proc/more", "w")
    except OSError as error:
        refused = error.errno
    found = [stands, sorted(os.listdir("/proc")), name, refused]
    os.write(writer, json.dumps(found).encode())
    os._exit(0)
os.wait()
print(os.read(reader, 65536).decode())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces of Linux")
def test_of_proc_a_worker_sees_itself_and_no_other_process() -> None:
    """What the driver reads is left, read-only; every other process is out of sight."""
    found = answer_of(IN_NAMESPACES)
    if found is None:
        pytest.skip("user namespaces are not allowed here")
    stands, names, name, refused = found

    assert stands
    assert {"self", "meminfo"} <= set(names) <= {name.partition("/")[0] for name in gpu._PROC}
    assert "python" in name
    assert refused == 30  # read-only file system


def test_the_zygote_does_not_touch_cuda() -> None:
    """A forked worker cannot use CUDA if its parent has: all warming up goes without."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    touched = answer_of(
        "import torch\n"
        "touched = []\n"
        "def touch(*args, **kwargs):\n"
        "    touched.append(1)\n"
        "torch.cuda._lazy_init = torch.cuda.init = torch.cuda.current_device = touch\n"
        "from grader.worker.zygote_process import warm_up\n"
        "warm_up(['numpy', 'torch'])\n"
        "torch.cuda.init()\n"
        "print(json.dumps(len(touched)))\n"
    )

    assert touched == 1  # by the last line alone
