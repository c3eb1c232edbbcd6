"""Give the zygote its own root file system without bubblewrap.

Sets up the same files (``walls.shown``) and namespaces as with bubblewrap. An ordinary user needs a
user namespace for this, root does not.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence
from pathlib import Path

from . import walls

#: mount, IPC, process, network and host name
_NAMESPACES = 0x00020000 | 0x08000000 | 0x20000000 | 0x40000000 | 0x04000000
_USER_NAMESPACE = 0x10000000
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MOUNT_SETATTR = 442
_BIND_ALL = 4096 | 1 << 14
_PRIVATE_ALL = 1 << 18 | 1 << 14
_READ_ONLY, _NO_SUID_NO_DEVICES = 1, 2 | 4
_DETACH = 2
_REMOUNT = 32
_BELOW_TOO = 0x8000
_HERE = -100
_INSIDE = 1000


def enter(package: Path, keep: int, as_superuser: bool, devices: Sequence[Path] = ()) -> None:
    """Continue in a new process with its own root, the first one of a new process namespace.

    The calling process stays outside, ends when the new one does, and never returns.

    Args:
        package: the directory of this package, shown at the same path.

        keep: a descriptor that only the new process keeps open.

        as_superuser: whether to do without a user namespace.

        devices: additional device files to show.

    Raises:
        OSError: the kernel does not allow it.
    """
    uid, gid = os.getuid(), os.getgid()
    _must(_libc().unshare(_NAMESPACES | (0 if as_superuser else _USER_NAMESPACE)))
    if not as_superuser:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{_INSIDE} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{_INSIDE} {gid} 1")
    inside = os.fork()
    if inside:
        walls.die_with_parent()
        os.close(keep)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(inside, 0)[1]) & 0xFF)
    walls.die_with_parent()
    _build(package, devices)


def _build(package: Path, devices: Sequence[Path]) -> None:
    """Build the new root and leave the old one."""
    paths, links = walls.shown()
    shown = {path: path for path in paths} | {package: package.resolve()}
    _mount("", "/", "", _PRIVATE_ALL)
    # Mount it over /tmp, which always exists; its contents stay reachable in the old root.
    _mount("tmpfs", "/tmp", "tmpfs", _NO_SUID_NO_DEVICES, b"size=1m,mode=0755")
    Path("/tmp/old").mkdir()
    pivot_root = ctypes.c_long(_PIVOT_ROOT[os.uname().machine])
    _must(_libc().syscall(pivot_root, b"/tmp", b"/tmp/old"))
    os.chdir("/")
    for link in links:
        link.symlink_to(Path("/old", *link.parts[1:]).readlink())
    for place in sorted(shown):
        _bind(shown[place], place)
        # read-only, no set-user-id programs, no devices
        flags = struct.pack("=QQQQ", 1 | 2 | 4, 0, 0, 0)
        where = (_HERE, str(place).encode(), _BELOW_TOO)
        number, size = ctypes.c_long(_MOUNT_SETATTR), ctypes.c_size_t(len(flags))
        _must(_libc().syscall(number, *where, flags, size))
    if Path("/usr/src").is_dir():
        _mount("tmpfs", "/usr/src", "tmpfs", _READ_ONLY, b"size=4k")
    for path in [*map(Path, walls.DEVICES), *devices]:
        _bind(path, path)
    for name in ("/proc", "/tmp", walls.SCRATCH):
        Path(name).mkdir(exist_ok=True)
    # Before leaving the old root: without a complete /proc, the kernel allows no new one.
    _mount("proc", "/proc", "proc", _NO_SUID_NO_DEVICES)
    _must(_libc().umount2(b"/old", _DETACH))
    Path("/old").rmdir()
    _mount("tmpfs", walls.SCRATCH, "tmpfs", _NO_SUID_NO_DEVICES, b"size=64m,mode=0777")
    _mount("", "/", "", _REMOUNT | _READ_ONLY | _NO_SUID_NO_DEVICES)
    os.chdir(walls.SCRATCH)
    os.environ["TMPDIR"] = walls.SCRATCH


def _bind(source: Path, place: Path) -> None:
    """Bind *source* from the old root to *place*."""
    old = Path("/old", *source.parts[1:])
    if old.is_dir():
        place.mkdir(parents=True, exist_ok=True)
    elif old.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    else:
        return
    _mount(str(old), str(place), "", _BIND_ALL)


def _mount(source: str, target: str, kind: str, flags: int, options: bytes = b"") -> None:
    arguments = (source.encode() or None, target.encode(), kind.encode() or None)
    _must(_libc().mount(*arguments, ctypes.c_ulong(flags), options or None))


def _must(answer: int) -> None:
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
