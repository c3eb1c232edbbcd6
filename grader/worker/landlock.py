"""Landlock: have the kernel refuse this process access to all files except those on a list.

Needs no privileges and no library. The kernel's interface version (``abi``) determines what it can
refuse: files since 1, TCP since 4, signals and abstract sockets of other processes since 6.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

#: numbers of the three system calls, the same on all architectures
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE, _READ, _LIST = 1, 2, 4, 8
_TRUNCATE, _DEVICE_CONTROL = 1 << 14, 1 << 15
_LOOK = _EXECUTE | _READ | _LIST
#: rights that apply to files; all others apply to directories
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE_CONTROL
#: number of file rights by version: first 13, then linking across directories,
#: truncation, and control of devices
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_BIND_AND_CONNECT = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3


def abi() -> int:
    """Return the version of the kernel's interface; 0 without Landlock."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_call(_CREATE, None, 0, _VERSION)))


def restrict(readable: Iterable[Path], writable: Path, devices: Iterable[Path] = ()) -> bool:
    """Permanently refuse this process other files, TCP, and signals and sockets to others.

    Needs ``no_new_privs`` and a single thread. Refuses only what the kernel's version supports.
    Missing paths are skipped.

    Args:
        readable: directories and files that may be read and executed.

        writable: the directory in which everything except executing is allowed.

        devices: device files that may be read, written and controlled.

    Returns:
        Whether the rules are in effect.
    """
    version = abi()
    if not version:
        return False
    rights = (1 << _RIGHTS[min(version, 5)]) - 1
    attributes = struct.pack(
        "=QQQ",
        rights,
        _BIND_AND_CONNECT if version >= 4 else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    rules = _call(_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        return False
    try:
        done = _allow(rules, writable, rights & ~_EXECUTE & ~_DEVICE_CONTROL)
        for path in readable:
            done = done and _allow(rules, path, _LOOK)
        for path in devices:
            done = done and _allow(rules, path, rights & (_OF_FILES & ~_EXECUTE))
        return done and _call(_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, rights: int) -> bool:
    """Grant *rights* to *path* and everything below it."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, place)
        return _call(_ADD, rules, _PATH_BENEATH, rule, 0) == 0
    finally:
        os.close(place)


def _call(number: int, *arguments: bytes | int | None) -> int:
    """Make a system call; pass integers as long and bytes by address."""
    native = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return int(ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *native))
