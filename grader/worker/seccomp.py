"""A filter on system calls: no new processes, programs or sockets, no access to other processes.

If a worker cannot start processes, a single limit covers all its memory, nothing survives it, and
it cannot enter namespaces in order to mount hidden files. An assignment may allow processes and
programs; everything else stays refused. The filter needs no privileges and no library: it is a
program for the kernel's packet filter, passed to ``prctl``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_UNKNOWN = 0x00050000 | errno.ENOSYS
_KILL = 0x80000000
_CLONE_THREAD = 0x00010000
#: flags of clone that create a namespace
_CLONE_NAMESPACES = 0x7E020080

# Operations of the packet filter: load a word, jump if equal, at least, or a bit is set; return.
_LOAD, _EQUAL, _AT_LEAST, _BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Offsets in the kernel's struct seccomp_data.
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24

#: architectures: the kernel's number for it, and the column of its system calls below
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}

#: calls that start processes and programs: number on x86-64 and on ARM64 (None: no such call)
_PROCESSES: dict[str, tuple[int, int | None]] = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
}
#: calls that are always refused
_REFUSED: dict[str, tuple[int, int | None]] = {
    "socket": (41, 198),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "semctl": (66, 191),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
}
#: calls that change attributes of any file of the same user, which Landlock does not prevent
_ATTRIBUTES: dict[str, tuple[int, int | None]] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
_CLONE = (56, 220)
_CLONE3 = (435, 435)
#: calls that could stop or slow another process of the same user; Landlock does not cover them
_OF_ITSELF: dict[str, tuple[int, int]] = {
    "prlimit64": (302, 261),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
}
#: the two calls that send signals; a process may send signals to itself
_SIGNALS = ((62, 129), (234, 131))
#: fcntl commands that set the process to which a pipe or socket sends signals
_OWNERS: dict[str, tuple[tuple[int, int], tuple[int, ...]]] = {
    "fcntl": ((72, 25), (8, 15)),
    "ioctl": ((16, 29), (0x8901, 0x8902)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _step(operation: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", operation, if_true, if_false, value)


def filter_program(
    machine: str,
    pid: int,
    processes: bool = False,
    signals: bool = False,
    attributes: bool = False,
) -> bytes | None:
    """Return the filter for process *pid*, or None for an unknown architecture.

    Args:
        processes: whether new processes and programs are allowed.

        signals: whether to allow signals to others, because another layer stops them.

        attributes: whether to allow changing permissions, owners and dates, likewise.
    """
    if machine not in _MACHINES:
        return None
    architecture, column = _MACHINES[machine]
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _CALL),
    ]
    if machine == "x86_64":
        # The x32 calls are the same calls with other numbers.
        steps += [_step(_AT_LEAST, 0x40000000, 0, 1), _step(_RETURN, _KILL)]
    refused = _REFUSED if processes else {**_PROCESSES, **_REFUSED}
    refused = refused if attributes else {**refused, **_ATTRIBUTES}
    for numbers in refused.values():
        number = numbers[column]
        if number is not None:
            steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _REFUSE)]
    # A filter cannot see clone3's flags; if clone3 seems not to exist, libc uses clone.
    steps += [_step(_EQUAL, _CLONE3[column], 0, 1), _step(_RETURN, _UNKNOWN)]
    bits, when_set, when_not = (
        (_CLONE_NAMESPACES, _REFUSE, _ALLOW) if processes else (_CLONE_THREAD, _ALLOW, _REFUSE)
    )
    steps += [
        _step(_EQUAL, _CLONE[column], 0, 4),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_BIT, bits, 0, 1),
        _step(_RETURN, when_set),
        _step(_RETURN, when_not),
    ]
    for own in _OF_ITSELF.values():
        # 0 stands for the calling process.
        steps += [
            _step(_EQUAL, own[column], 0, 5),
            _step(_LOAD, _FIRST_ARGUMENT),
            _step(_EQUAL, 0, 2, 0),
            _step(_EQUAL, pid, 1, 0),
            _step(_RETURN, _REFUSE),
            _step(_RETURN, _ALLOW),
        ]
    for numbers in () if signals else _SIGNALS:
        steps += [
            _step(_EQUAL, numbers[column], 0, 4),
            _step(_LOAD, _FIRST_ARGUMENT),
            _step(_EQUAL, pid, 0, 1),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _REFUSE),
        ]
    for numbers, refused_seconds in () if signals else _OWNERS.values():
        count = len(refused_seconds)
        steps += [
            _step(_EQUAL, numbers[column], 0, count + 3),
            _step(_LOAD, _SECOND_ARGUMENT),
            *(_step(_EQUAL, value, count - i, 0) for i, value in enumerate(refused_seconds)),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _REFUSE),
        ]
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def refuse_calls(processes: bool = False, signals: bool = False, attributes: bool = False) -> bool:
    """Install the filter permanently for this process and its threads.

    Needs ``no_new_privs``. Returns whether it is in effect.
    """
    program = filter_program(platform.machine(), os.getpid(), processes, signals, attributes)
    if program is None:
        return False
    code = ctypes.create_string_buffer(program, len(program))
    whole = _Program(len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(whole), 0, 0) == 0)
