"""The layers of isolation ("walls"): an outer one around the zygote, inner ones around each worker.

The outer wall is made once, by bubblewrap or by ``private_root.py``: new mount, process, network,
IPC and host-name namespaces, and a root with the Python installation (read-only), this package and
empty scratch space.

Inner walls, for each worker, in this order: its own user, process, mount, network and IPC
namespaces; an empty scratch folder and a /proc without processes; no capabilities;
``no_new_privs``; Landlock (``landlock.py``); resource limits; a filter on system calls
(``seccomp.py``). A worker with fewer walls than the one that tested them (``self_test.py``) is not
started.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import shutil
import site
import struct
import sys
from pathlib import Path

from . import gpu

with contextlib.suppress(ImportError):  # Windows has none
    import resource

_CLONE_NEWNS = 0x00020000
_CLONE_NEWIPC = 0x08000000
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWPID = 0x20000000
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_PR_GET_DUMPABLE = 3
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_MS_RDONLY = 1
_MS_NOSUID_NODEV = 2 | 4
_MS_REMOUNT = 32
_MS_PRIVATE_RECURSIVE = 1 << 18 | 1 << 14
_CAPABILITY_VERSION = 0x20080522

#: path of this package inside the outer wall, under a name that no submission uses
PACKAGE_HOME = "/gradproof"
PACKAGE_NAME = "_gradproof_worker"
SCRATCH = "/scratch"

#: walls that a level requires; tests show which of them hold
ROOT, NAMESPACES, LANDLOCK, LIMITS, FILTER = "root", "namespaces", "landlock", "limits", "filter"
#: the levels, strongest first; the last one is only for watching attacks succeed in tests
LEVELS: dict[str, frozenset[str]] = {
    "bubblewrap": frozenset([ROOT, NAMESPACES, LANDLOCK, LIMITS, FILTER]),
    "private root": frozenset([ROOT, NAMESPACES, LANDLOCK, LIMITS, FILTER]),
    "landlock": frozenset([LANDLOCK, LIMITS, FILTER]),
    "user": frozenset([LIMITS, FILTER]),
    "process": frozenset([LIMITS, FILTER]),
    "off": frozenset(),
}
#: the user that workers become if root grades
NOBODY = 65534
#: in a zygote, the grader's result of :func:`python_roots`, which knows its home
found_roots: list[str] = []
#: devices that only give or take bytes
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

#: how TensorFlow is set wherever submissions run, also without walls
TENSORFLOW = {
    # With oneDNN, running out of memory is tried again for ten seconds.
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # It tells of the processor, and at its end of what it was built without.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "KERAS_BACKEND": "tensorflow",
}

_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "HOME": SCRATCH,
    "TMPDIR": SCRATCH,
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    # XLA sizes its thread pools by the processors of the machine, or by this; each thread has a
    # stack and an arena in a worker's address space, which is limited.
    "NPROC": "1",
    "MALLOC_ARENA_MAX": "1",
    "JAX_PLATFORMS": "cpu",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    **TENSORFLOW,
}


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def zygote_environment(with_gpu: bool = False) -> dict[str, str]:
    """Return the complete environment of a zygote, without the grader's, except for a GPU."""
    more = gpu.environment(os.environ) if with_gpu else {}
    return {**_ENVIRONMENT, "PATH": "/usr/bin:/bin", **more}


def python_roots() -> list[Path]:
    """Return the directories that an interpreter like this one needs to run and import."""
    if found_roots:
        return [Path(root) for root in found_roots]
    roots = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    roots |= {Path(sys.executable).resolve().parent.parent}
    # Packages outside the prefix (a bundled torch) must stay importable.
    packages = [Path(p) for p in site.getsitepackages() if Path(p).is_dir()]
    roots |= {*packages, *(path.resolve() for path in packages)}
    # An interpreter in an unusual place must not expose the whole machine or a home directory.
    home = Path(os.environ.get("HOME") or "/")
    roots = {r for r in roots if r != r.parent and not home.is_relative_to(r)}
    outer = [r for r in roots if not any(r != o and r.is_relative_to(o) for o in roots)]
    return sorted(outer)


def shown() -> tuple[list[Path], list[Path]]:
    """Return the directories, files and symbolic links that a worker may see."""
    paths, links = [Path("/usr")], []
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            links.append(path)
        elif path.is_dir():
            paths.append(path)
    paths += [path for path in [Path("/etc/ld.so.cache")] if path.exists()]
    paths += [root for root in python_roots() if not root.is_relative_to("/usr")]
    return paths, links


def readable(package: Path) -> list[Path]:
    """Return the same for Landlock, which cannot exclude parts of a directory."""
    paths, _links = shown()
    parts = [path for path in Path("/usr").iterdir() if path.name != "src"]
    return [*parts, *(path for path in paths if path != Path("/usr")), package]


def bubblewrap(package: Path, as_superuser: bool, with_gpu: bool = False) -> list[str]:
    """Return the start of a command that runs a zygote in bubblewrap.

    Args:
        package: the directory of this package, shown read-only.

        as_superuser: whether the zygote starts as root, without a user namespace, and becomes
            another user itself.

        with_gpu: whether to show the device files of GPUs.
    """
    program = shutil.which("bwrap") or "bwrap"
    command = [program, "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if as_superuser:
        command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
        command += ["--unshare-cgroup-try", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-all", "--uid", "1000", "--gid", "1000"]
    # Before the binds: the installation may be in /tmp.
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    command += gpu.bubblewrap_options(gpu.nodes()) if with_gpu else []
    command += [*(["--perms", "0777"] if as_superuser else []), "--tmpfs", SCRATCH]
    paths, links = shown()
    binds = {path: path for path in paths} | {Path(PACKAGE_HOME, PACKAGE_NAME): package}
    for place, path in sorted(binds.items()):
        # One by one, so that any user the zygote becomes may enter each of them.
        for parent in reversed(place.parents[:-1]):
            inside = any(p in binds for p in (parent, *parent.parents))
            command += [] if inside else ["--dir", str(parent)]
        command += ["--ro-bind", str(path), str(place)]
    if Path("/usr/src").is_dir():
        # Container images keep their own files here, perhaps the course.
        command += ["--tmpfs", "/usr/src"]
    for link in links:
        command += ["--symlink", str(link.readlink()), str(link)]
    # Leave nothing that one worker can write and the next one can read: over the scratch space,
    # which the zygote's imports need, each worker mounts its own.
    for directory in ("/tmp", "/dev", "/"):
        command += ["--remount-ro", directory]
    return [*command, "--chdir", SCRATCH, "--"]


def become(user: int) -> None:
    """Become *user* permanently, without other groups; raises OSError, PermissionError."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # Otherwise /proc/self would belong to root, and no namespace could be entered.
    _libc().prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def hide_memory() -> None:
    """Hide the memory of this process and its children from other processes of the same user.

    Prevents entering namespaces, which also needs /proc/self.
    """
    _libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends (Linux only)."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of orphaned descendants, so that none escapes."""
    _libc().prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def enter_namespaces() -> bool:
    """Enter new namespaces; the next child is the first process of a new process namespace.

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


def private_scratch(scratch: str, size: int) -> bool:
    """Mount an empty file system of *size* bytes at *scratch*.

    Another one over /proc holds nothing but a link that leads nowhere.
    """
    libc = _libc()
    libc.mount(None, b"/", None, _MS_PRIVATE_RECURSIVE, None)
    options = f"size={size},mode=0700".encode()
    if libc.mount(b"tmpfs", scratch.encode(), b"tmpfs", _MS_NOSUID_NODEV, options) != 0:
        return False
    flags = _MS_NOSUID_NODEV
    if libc.mount(b"tmpfs", b"/proc", b"tmpfs", flags, b"size=4k,mode=0755") != 0:
        return False
    try:
        # TensorFlow ends a process that has no such link; where it leads does not matter.
        Path("/proc/self").mkdir()
        Path("/proc/self/exe").symlink_to("/none")
    except OSError:
        return False
    if libc.mount(None, b"/proc", None, flags | _MS_RDONLY | _MS_REMOUNT, None) != 0:
        return False
    os.chdir(scratch)
    return True


def prefer_oom_kill() -> None:
    """Make the kernel choose this process first when a control group runs out of memory."""
    libc = _libc()
    # A hidden process cannot write there.
    seen = libc.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    libc.prctl(_PR_SET_DUMPABLE, seen, 0, 0, 0)


def address_space(memory_mb: int) -> int:
    """Return this process's address space in bytes plus *memory_mb* MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize() + (memory_mb << 20)


def limit_resources(
    space: int, seconds: float, file_size: int, processes: int, with_gpu: bool = False
) -> bool:
    """Limit the memory, processor time, files, processes and threads of this process."""
    limits = {
        gpu.memory_limit() if with_gpu else resource.RLIMIT_AS: space,
        resource.RLIMIT_CPU: max(1, math.ceil(seconds)),
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_NPROC: processes,
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
    """Drop all capabilities permanently (``no_new_privs``)."""
    libc = _libc()
    header = struct.pack("<Ii", _CAPABILITY_VERSION, 0)
    dropped = libc.capset(header, struct.pack("<6I", 0, 0, 0, 0, 0, 0)) == 0
    return dropped and bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
