"""The walls around learners' code: bubblewrap around the zygote, more around each worker.

Outer wall, once: new user, mount, process, network, IPC and host-name namespaces by bubblewrap; a
root that holds the Python installation read-only, this package, and empty scratch space.

Inner walls, per worker, in this order: user, process, mount, network and IPC namespaces of its
own; resource limits; an empty scratch folder, nothing at /proc; no capabilities;
``no_new_privs``; a filter on system calls (``seccomp.py``). Each is attempted once when the
zygote starts and what stood is reported, so that a report can say which walls were there; a worker
around which fewer stand later is not started.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import shutil
import site
import struct
import sys
from pathlib import Path

_CLONE_NEWNS = 0x00020000
_CLONE_NEWIPC = 0x08000000
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWPID = 0x20000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_MS_RDONLY = 1
_MS_NOSUID_NODEV = 2 | 4
_MS_PRIVATE_RECURSIVE = 1 << 18 | 1 << 14
_SCRATCH_BYTES = 64 << 20
_CAPABILITY_VERSION = 0x20080522

#: where the outer wall shows this package, under a name no submission will have
PACKAGE_HOME = "/gradproof"
PACKAGE_NAME = "_gradproof_worker"
SCRATCH = "/scratch"

_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "HOME": SCRATCH,
    "TMPDIR": SCRATCH,
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def zygote_environment() -> dict[str, str]:
    """Return the whole environment of a zygote: nothing of the grader's own."""
    return {**_ENVIRONMENT, "PATH": "/usr/bin:/bin"}


def python_roots() -> list[Path]:
    """Return the directories that an interpreter like this one needs to run and import."""
    roots = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    roots |= {Path(sys.executable).resolve().parent.parent}
    # A package imported from outside the prefix (a bundled torch) stays importable.
    roots |= {Path(p) for p in site.getsitepackages() if Path(p).is_dir()}
    # An interpreter at an odd place must not show the whole machine, or a whole home.
    home = Path(os.environ.get("HOME") or "/")
    roots = {r for r in roots if r != r.parent and not home.is_relative_to(r)}
    outer = [r for r in roots if not any(r != o and r.is_relative_to(o) for o in roots)]
    return sorted(outer)


def bubblewrap(package: Path) -> list[str] | None:
    """Return the command that puts a zygote behind the outer wall, or None without bubblewrap.

    Args:
        package: the directory of this package, shown read-only.
    """
    program = shutil.which("bwrap")
    if program is None:
        return None
    command = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    command += ["--uid", "1000", "--gid", "1000"]
    # Before the binds: an installation may itself lie below /tmp.
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    command += ["--tmpfs", SCRATCH]
    command += ["--ro-bind", "/usr", "/usr"]
    if Path("/usr/src").is_dir():
        # Container images keep their own programs here, a course perhaps among them.
        command += ["--tmpfs", "/usr/src"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            command += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            command += ["--ro-bind", str(path), str(path)]
    command += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    for root in python_roots():
        if not root.is_relative_to("/usr"):
            command += ["--ro-bind", str(root), str(root)]
    command += ["--ro-bind", str(package), f"{PACKAGE_HOME}/{PACKAGE_NAME}"]
    # Nothing is left that one worker could write and the next one read: over the scratch space,
    # which the zygote's own imports want, each worker mounts another.
    for directory in ("/tmp", "/dev", "/"):
        command += ["--remount-ro", directory]
    return [*command, "--chdir", SCRATCH, "--"]


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent is gone; only Linux can."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of every orphan below this process, so that none escapes."""
    _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def enter_namespaces() -> bool:
    """Enter new namespaces; children become first in a process namespace of their own.

    Returns:
        Whether the kernel allowed it.
    """
    uid, gid = os.getuid(), os.getgid()
    flags = _CLONE_NEWUSER | _CLONE_NEWPID | _CLONE_NEWNS | _CLONE_NEWNET | _CLONE_NEWIPC
    if _libc().unshare(flags) != 0:
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    except OSError:
        return False
    return True


def private_scratch(scratch: str) -> bool:
    """Mount an empty file system of limited size at *scratch*, and another over /proc."""
    libc = _libc()
    libc.mount(None, b"/", None, _MS_PRIVATE_RECURSIVE, None)
    options = f"size={_SCRATCH_BYTES},mode=0700".encode()
    if libc.mount(b"tmpfs", scratch.encode(), b"tmpfs", _MS_NOSUID_NODEV, options) != 0:
        return False
    sealed = _MS_NOSUID_NODEV | _MS_RDONLY
    if libc.mount(b"tmpfs", b"/proc", b"tmpfs", sealed, b"size=4k") != 0:
        return False
    os.chdir(scratch)
    return True


def limit_resources(memory_mb: int, seconds: float) -> bool:
    """Bound memory beyond what it has, processor time, files and threads of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    space = pages * resource.getpagesize() + (memory_mb << 20)
    limits = {
        resource.RLIMIT_AS: space,
        resource.RLIMIT_CPU: max(1, math.ceil(seconds)),
        resource.RLIMIT_FSIZE: _SCRATCH_BYTES,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_NPROC: 1024,
        resource.RLIMIT_CORE: 0,
    }
    try:
        for kind, value in limits.items():
            hard = resource.getrlimit(kind)[1]
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (bound, bound))
    except (OSError, ValueError, OverflowError):
        return False
    return True


def drop_privileges() -> bool:
    """Give up every capability, and gaining any by running a program."""
    libc = _libc()
    header = struct.pack("<Ii", _CAPABILITY_VERSION, 0)
    dropped = libc.capset(header, struct.pack("<6I", 0, 0, 0, 0, 0, 0)) == 0
    return dropped and bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
