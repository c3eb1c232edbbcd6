"""Access to the GPU for workers that use one.

NVIDIA's driver needs a library (in ``/usr``, which all workers can read), device files, parts of
``/proc`` and a very large address space:

- Workers see the device files and may control them (``ioctl``). The files must exist already,
  because workers may not run the program that creates them.
- In ``/proc``, workers see their own entry and the driver's, but no other processes.
- A limit on address space would stop the driver, which reserves more than the machine has. The
  limit applies to data instead (``RLIMIT_DATA``: private, writable memory). PyTorch's allocator
  limits the GPU's memory; a submission could evade that.

None of this has been tested with a GPU; see the end of ``docs/architecture.md``.
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

#: in /dev: cards, control, unified memory, parts of cards; the last one is for WSL
_NODES = ("nvidia[0-9]*", "nvidiactl", "nvidia-uvm*", "nvidia-modeset", "nvidia-caps/*", "dxg")
#: in /proc
_PROC = ("self", "devices", "modules", "meminfo", "cpuinfo", "driver/nvidia")
#: MiB of host memory for the driver, in addition to the submission's own
DRIVER_MB = 8192

_OPEN_TREE, _MOVE_MOUNT = 428, 429
_HERE, _CLONE, _EMPTY_SOURCE = -100, 1, 4
_READ_ONLY, _NO_SUID_NO_DEVICES, _REMOUNT = 1, 2 | 4, 32


def nodes(dev: Path = Path("/dev")) -> list[Path]:
    """Return the device files of this machine's GPUs; empty if there is no usable GPU."""
    return sorted(path for pattern in _NODES for path in dev.glob(pattern) if not path.is_dir())


def bubblewrap_options(files: list[Path]) -> list[str]:
    """Return bubblewrap's options that show device files; they must follow ``--dev``."""
    return [word for path in files for word in ("--dev-bind", str(path), str(path))]


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """Return additional environment variables for a zygote whose workers use a GPU.

    Args:
        ours: the grader's environment, which may set the driver's path and the GPU to use.
    """
    kept = ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "LD_LIBRARY_PATH")
    return {name: ours[name] for name in kept if name in ours} | {
        # Looking for a GPU must not start CUDA, because forks could then not use it.
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        # cuBLAS is deterministic only with a workspace of fixed size.
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        # Report errors at the line that caused them, not at the next copy.
        "CUDA_LAUNCH_BLOCKING": "1",
    }


def memory_limit() -> int:
    """Return the kind of limit used instead of one on address space."""
    return resource.RLIMIT_DATA


def memory(memory_mb: int) -> int:
    """Return this process's data in bytes, plus the driver's needs and *memory_mb* MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    return pages * resource.getpagesize() + (memory_mb + DRIVER_MB << 20)


def proc() -> list[Path]:
    """Return the paths in /proc that the driver reads."""
    return [path for name in _PROC if (path := Path("/proc", name).resolve()).exists()]


def take_proc() -> dict[str, int]:
    """Open the paths in /proc that the driver reads, before /proc is covered.

    Needs permission to mount.
    """
    call, number = _libc().syscall, ctypes.c_long(_OPEN_TREE)
    found = {}
    for name in _PROC:
        # "self" is a link to this process; following it now fixes that.
        path = os.path.realpath(f"/proc/{name}")
        handle = call(number, _HERE, path.encode(), _CLONE | os.O_CLOEXEC)
        if handle >= 0:
            found[name] = handle
    return found


def put_proc(taken: Mapping[str, int]) -> bool:
    """Cover /proc with only the paths in *taken*; return whether that worked."""
    libc = _libc()
    call, number = libc.syscall, ctypes.c_long(_MOVE_MOUNT)
    done = libc.mount(b"tmpfs", b"/proc", b"tmpfs", _NO_SUID_NO_DEVICES, b"size=64k") == 0
    for name, handle in taken.items():
        place = Path("/proc", name)
        if done:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.mkdir() if stat.S_ISDIR(os.fstat(handle).st_mode) else place.touch()
            target = str(place).encode()
            done = call(number, handle, b"", _HERE, target, _EMPTY_SOURCE) == 0
        os.close(handle)
    sealed = _REMOUNT | _READ_ONLY | _NO_SUID_NO_DEVICES
    return bool(done and libc.mount(None, b"/proc", None, sealed, None) == 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
