"""A root file system and privileges as in a container of Docker with its usual profile.

Root without capabilities over the system, and without new namespaces, mounts and other users'
keys: what Docker's filter refuses here is what decides which isolation gradproof reaches.
"""

from __future__ import annotations

import errno
import os
import platform
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping
from pathlib import Path

#: what root may do in a container
CAPABILITIES = (
    *("CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID"),
    *("SETFCAP", "SETPCAP", "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE"),
)
_LOAD, _EQUAL, _BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
#: unshare, setns, mount, umount2, pivot_root, open_tree, move_mount, fsopen on x86-64
_REFUSED = (272, 308, 165, 166, 155, 428, 429, 430)
_CLONE, _CLONE3, _LANDLOCK = 56, 435, 444
_NAMESPACES = 0x7E020080

CAN_CONTAIN = (
    platform.machine() == "x86_64"
    and sys.platform == "linux"
    and os.geteuid() == 0
    and shutil.which("bwrap") is not None
)


def profile(with_landlock: bool = True) -> bytes:
    """Return the filter on system calls."""

    def line(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("<HBBI", code, yes, no, value)

    def refused(call: int, error: int) -> list[bytes]:
        return [line(_EQUAL, call, 0, 1), line(_RETURN, _REFUSE | error)]

    program = [line(_LOAD, 0)]
    for call in _REFUSED:
        program += refused(call, errno.EPERM)
    program += refused(_CLONE3, errno.ENOSYS)
    if not with_landlock:
        program += refused(_LANDLOCK, errno.ENOSYS)
    program += [line(_EQUAL, _CLONE, 0, 3), line(_LOAD, 16), line(_BIT, _NAMESPACES, 0, 1)]
    program += [line(_RETURN, _REFUSE | errno.EPERM), line(_RETURN, _ALLOW)]
    return b"".join(program)


def in_container(
    folders: Mapping[str, Path],
    command: list[str],
    environment: Mapping[str, str],
    read_only: Mapping[str, Path] | None = None,
    with_landlock: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run *command* as root of a container.

    Args:
        folders: what it may write to, by its place there.

        read_only: the same for what it may not.
    """
    line = ["bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    line += ["--cap-drop", "ALL"]
    for capability in CAPABILITIES:
        line += ["--cap-add", f"CAP_{capability}"]
    line += ["--ro-bind", "/usr", "/usr", "--ro-bind", "/etc", "/etc", "--proc", "/proc"]
    for name in ("bin", "sbin", "lib", "lib64"):
        if Path("/", name).is_symlink():
            line += ["--symlink", str(Path("/", name).readlink()), f"/{name}"]
    line += ["--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/root"]
    base = Path(sys.base_prefix)
    if not base.is_relative_to("/usr"):
        # a directory of root's would hide Python from other users
        for parent in [*base.parents][-2::-1]:
            line += ["--perms", "0755", "--dir", str(parent)]
        line += ["--ro-bind", str(base), str(base)]
    for place, folder in folders.items():
        line += ["--bind", str(folder), place]
    for place, folder in (read_only or {}).items():
        line += ["--ro-bind", str(folder), place]
    line += ["--clearenv"]
    for name, value in {
        "PATH": f"{base}/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": "/root",
        "LANG": "C.UTF-8",
        **environment,
    }.items():
        line += ["--setenv", name, value]
    with tempfile.TemporaryFile() as filter_file:
        filter_file.write(profile(with_landlock))
        filter_file.seek(0)
        number = filter_file.fileno()
        return subprocess.run(
            [*line, "--seccomp", str(number), "--", *command],
            pass_fds=(number,),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


def packages() -> Path:
    """Return this interpreter's packages."""
    return Path(sysconfig.get_path("purelib"))
