"""The walls around learners' code: one around the zygote, more around each worker.

Outer wall, once, by bubblewrap or by hand (``privateroot.py``): new mount, process, network, IPC
and host-name namespaces; a root that holds the Python installation read-only, this package, and
empty scratch space.

Inner walls, per worker, in this order: user, process, mount, network and IPC namespaces of its
own; an empty scratch folder, nothing at /proc; no capabilities; ``no_new_privs``; Landlock
(``landlock.py``); resource limits; a filter on system calls (``seccomp.py``). A worker around which
fewer stand than around the one that tested them (``selftest.py``) is not started.
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
_MS_PRIVATE_RECURSIVE = 1 << 18 | 1 << 14
_CAPABILITY_VERSION = 0x20080522

#: where the outer wall shows this package, under a name no submission will have
PACKAGE_HOME = "/gradproof"
PACKAGE_NAME = "_gradproof_worker"
SCRATCH = "/scratch"

#: walls that a level asks for; what stands of them is found by trying
ROOT, NAMESPACES, LANDLOCK, LIMITS, FILTER = "root", "namespaces", "landlock", "limits", "filter"
#: the levels, strongest first; with the last, which must be asked for, an attack can be watched
LEVELS: dict[str, frozenset[str]] = {
    "bubblewrap": frozenset([ROOT, NAMESPACES, LANDLOCK, LIMITS, FILTER]),
    "private root": frozenset([ROOT, NAMESPACES, LANDLOCK, LIMITS, FILTER]),
    "landlock": frozenset([LANDLOCK, LIMITS, FILTER]),
    "user": frozenset([LIMITS, FILTER]),
    "process": frozenset([LIMITS, FILTER]),
    "off": frozenset(),
}
#: the user that workers are where the superuser grades
NOBODY = 65534
#: in a zygote, what :func:`python_roots` said outside, where the grader's home is known
found_roots: list[str] = []
#: devices that do nothing but give or take bytes
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

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


def zygote_environment(with_gpu: bool = False) -> dict[str, str]:
    """Return the whole environment of a zygote: of the grader's own, at most where a GPU is."""
    more = gpu.environment(os.environ) if with_gpu else {}
    return {**_ENVIRONMENT, "PATH": "/usr/bin:/bin", **more}


def python_roots() -> list[Path]:
    """Return the directories that an interpreter like this one needs to run and import."""
    if found_roots:
        return [Path(root) for root in found_roots]
    roots = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.exec_prefix)}
    roots |= {Path(sys.executable).resolve().parent.parent}
    # A package imported from outside the prefix (a bundled torch) stays importable.
    packages = [Path(p) for p in site.getsitepackages() if Path(p).is_dir()]
    roots |= {*packages, *(path.resolve() for path in packages)}
    # An interpreter at an odd place must not show the whole machine, or a whole home.
    home = Path(os.environ.get("HOME") or "/")
    roots = {r for r in roots if r != r.parent and not home.is_relative_to(r)}
    outer = [r for r in roots if not any(r != o and r.is_relative_to(o) for o in roots)]
    return sorted(outer)


def shown() -> tuple[list[Path], list[Path]]:
    """Return what a worker may see of the machine: directories and files, and symbolic links."""
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
    """Return the same as a list for Landlock, which can leave nothing out of a directory."""
    paths, _links = shown()
    parts = [path for path in Path("/usr").iterdir() if path.name != "src"]
    return [*parts, *(path for path in paths if path != Path("/usr")), package]


def bubblewrap(package: Path, as_superuser: bool, with_gpu: bool = False) -> list[str]:
    """Return the start of a command that runs a zygote behind the outer wall.

    Args:
        package: the directory of this package, shown read-only.

        as_superuser: whether the zygote is still the superuser then, without a user namespace, and
            becomes someone else by itself.

        with_gpu: whether the files of GPUs are shown.
    """
    program = shutil.which("bwrap") or "bwrap"
    command = [program, "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    if as_superuser:
        command += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
        command += ["--unshare-cgroup-try", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-all", "--uid", "1000", "--gid", "1000"]
    # Before the binds: an installation may itself lie below /tmp.
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]
    command += gpu.bubblewrap_options(gpu.nodes()) if with_gpu else []
    command += [*(["--perms", "0777"] if as_superuser else []), "--tmpfs", SCRATCH]
    paths, links = shown()
    binds = {path: path for path in paths} | {Path(PACKAGE_HOME, PACKAGE_NAME): package}
    for place, path in sorted(binds.items()):
        # One by one, so that each may be passed through by whoever the zygote becomes.
        for parent in reversed(place.parents[:-1]):
            inside = any(p in binds for p in (parent, *parent.parents))
            command += [] if inside else ["--dir", str(parent)]
        command += ["--ro-bind", str(path), str(place)]
    if Path("/usr/src").is_dir():
        # Container images keep their own programs here, a course perhaps among them.
        command += ["--tmpfs", "/usr/src"]
    for link in links:
        command += ["--symlink", str(link.readlink()), str(link)]
    # Nothing is left that one worker could write and the next one read: over the scratch space,
    # which the zygote's own imports want, each worker mounts another.
    for directory in ("/tmp", "/dev", "/"):
        command += ["--remount-ro", directory]
    return [*command, "--chdir", SCRATCH, "--"]


def become(user: int) -> None:
    """Become *user* for good, in no group but its own; raises OSError, PermissionError."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # Without it, /proc/self would belong to the superuser, and no namespace could be entered.
    _libc().prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def hide_memory() -> None:
    """Keep the memory of this process and of its children from others of the same user.

    Only where no namespace is to be entered: that, too, goes by way of /proc/self.
    """
    _libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


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


def private_scratch(scratch: str, size: int) -> bool:
    """Mount an empty file system of *size* bytes at *scratch*, and another over /proc."""
    libc = _libc()
    libc.mount(None, b"/", None, _MS_PRIVATE_RECURSIVE, None)
    options = f"size={size},mode=0700".encode()
    if libc.mount(b"tmpfs", scratch.encode(), b"tmpfs", _MS_NOSUID_NODEV, options) != 0:
        return False
    sealed = _MS_NOSUID_NODEV | _MS_RDONLY
    if libc.mount(b"tmpfs", b"/proc", b"tmpfs", sealed, b"size=4k") != 0:
        return False
    os.chdir(scratch)
    return True


def offer_to_the_killer() -> None:
    """Be the first to go when the memory of a control group is used up."""
    libc = _libc()
    # A process that is hidden cannot write there either.
    seen = libc.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    libc.prctl(_PR_SET_DUMPABLE, seen, 0, 0, 0)


def address_space(memory_mb: int) -> int:
    """Return the bytes that this process uses now and *memory_mb* MiB more."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize() + (memory_mb << 20)


def limit_resources(
    space: int, seconds: float, file_size: int, processes: int, with_gpu: bool = False
) -> bool:
    """Bound the memory, processor time, files, processes and threads of this process."""
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
    """Give up every capability, and gaining any by running a program."""
    libc = _libc()
    header = struct.pack("<Ii", _CAPABILITY_VERSION, 0)
    dropped = libc.capset(header, struct.pack("<6I", 0, 0, 0, 0, 0, 0)) == 0
    return dropped and bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
