"""What a worker needs to compute on a GPU, and a worker on the CPU must not have.

NVIDIA's driver is a library (part of ``/usr``, which every worker sees), device files, some of
``/proc`` and a very large address space:

- the device files are shown, and may be controlled (``ioctl``); they must be there already, since
  no worker may run the program that makes them;
- of ``/proc``, a worker is shown itself and what the driver says of itself; of other processes,
  nothing;
- a limit on address space would stop the driver, which reserves more than the machine has. The
  limit is on data instead (``RLIMIT_DATA``: memory that can be written and is the process's own);
  the GPU's own memory is bounded by PyTorch's allocator, which a submission could get around.

None of it was tried with a GPU, only that it stands; see the end of ``docs/architecture.md``.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
from collections.abc import Mapping
from pathlib import Path

with contextlib.suppress(ImportError):  # Windows has none
    import resource

#: below /dev: cards, control, unified memory, parts of cards; the last is that of WSL
_NODES = ("nvidia[0-9]*", "nvidiactl", "nvidia-uvm*", "nvidia-modeset", "nvidia-caps/*", "dxg")
#: below /proc
_PROC = ("self", "devices", "modules", "meminfo", "cpuinfo", "driver/nvidia")
#: MiB that the driver may use of the host's memory, beside the submission's own
DRIVER_MB = 8192

_OPEN_TREE, _MOVE_MOUNT = 428, 429
_HERE, _CLONE, _EMPTY_SOURCE = -100, 1, 4
_READ_ONLY, _NO_SUID_NO_DEVICES, _REMOUNT = 1, 2 | 4, 32


def nodes(dev: Path = Path("/dev")) -> list[Path]:
    """Return the device files of this machine's GPUs; none means that there is no GPU to use."""
    return sorted(path for pattern in _NODES for path in dev.glob(pattern) if not path.is_dir())


def bubblewrap_options(files: list[Path]) -> list[str]:
    """Return what shows device files behind the outer wall; after its own ``--dev``."""
    return [word for path in files for word in ("--dev-bind", str(path), str(path))]


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return what a zygote's environment holds beside the usual if workers use a GPU.

    Args:
        ours: the grader's environment, which may say where the driver is and which GPU to use.
    """
    kept = ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "LD_LIBRARY_PATH")
    return {name: ours[name] for name in kept if name in ours} | {
        # To look whether there is a GPU must not start CUDA: no fork could use it then.
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        # cuBLAS repeats itself only with a workspace of a fixed size.
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        # What goes wrong is said at the line that did it, not at the next copy.
        "CUDA_LAUNCH_BLOCKING": "1",
    }


def memory_limit() -> int:
    """Return the kind of limit that stands for one on address space."""
    return resource.RLIMIT_DATA


def memory(memory_mb: int) -> int:
    """Return the bytes of data that this process has now, the driver needs, and *memory_mb* MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    return pages * resource.getpagesize() + (memory_mb + DRIVER_MB << 20)


def proc() -> list[Path]:
    """Return what the driver reads below /proc."""
    return [path for name in _PROC if (path := Path("/proc", name).resolve()).exists()]


def take_proc() -> dict[str, int]:
    """Return handles to what the driver reads below /proc, before that is covered.

    Needs the right to mount.
    """
    call, number = _libc().syscall, ctypes.c_long(_OPEN_TREE)
    found = {}
    for name in _PROC:
        # "self" is a link, which is followed: what it leads to is this process, for good.
        path = os.path.realpath(f"/proc/{name}")
        handle = call(number, _HERE, path.encode(), _CLONE | os.O_CLOEXEC)
        if handle >= 0:
            found[name] = handle
    return found


def put_proc(taken: Mapping[str, int]) -> bool:
    """Cover /proc with nothing but what was taken of it; return whether that worked."""
    libc = _libc()
    call, number = libc.syscall, ctypes.c_long(_MOVE_MOUNT)
    stands = libc.mount(b"tmpfs", b"/proc", b"tmpfs", _NO_SUID_NO_DEVICES, b"size=64k") == 0
    for name, handle in taken.items():
        place = Path("/proc", name)
        if stands:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.mkdir() if stat.S_ISDIR(os.fstat(handle).st_mode) else place.touch()
            target = str(place).encode()
            stands = call(number, handle, b"", _HERE, target, _EMPTY_SOURCE) == 0
        os.close(handle)
    sealed = _REMOUNT | _READ_ONLY | _NO_SUID_NO_DEVICES
    return bool(stands and libc.mount(None, b"/proc", None, sealed, None) == 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
