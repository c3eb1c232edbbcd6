"""The filter on system calls, run by a small interpreter of the kernel's packet filter."""

from __future__ import annotations

import errno
import struct

import pytest

from grader.worker.seccomp import filter_program

ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
X86, ARM = 0xC000003E, 0xC00000B7
PID = 4321


def verdict(program: bytes, architecture: int, call: int, first: int = 0, second: int = 0) -> int:
    """Return what the filter says of a call with these arguments."""
    data = struct.pack("=IIQQQ", call, architecture, 0, first, second)
    steps = list(struct.iter_unpack("=HBBI", program))
    at = word = 0
    while True:
        operation, if_true, if_false, value = steps[at]
        at += 1
        match operation:
            case 0x20:
                (word,) = struct.unpack_from("=I", data, value)
            case 0x15:
                at += if_true if word == value else if_false
            case 0x35:
                at += if_true if word >= value else if_false
            case 0x45:
                at += if_true if word & value else if_false
            case 0x06:
                return value
            case _:
                raise AssertionError(f"no such operation: {operation}")


@pytest.mark.parametrize(
    ("machine", "architecture", "calls"),
    [
        ("x86_64", X86, {"read": 0, "execve": 59, "socket": 41, "clone": 56, "clone3": 435,
                         "kill": 62, "tgkill": 234, "unshare": 272, "futex": 202}),
        ("aarch64", ARM, {"read": 63, "execve": 221, "socket": 198, "clone": 220, "clone3": 435,
                          "kill": 129, "tgkill": 131, "unshare": 97, "futex": 98}),
    ],
)  # fmt: skip
def test_the_filter_tells_calls_apart(
    machine: str, architecture: int, calls: dict[str, int]
) -> None:
    """Threads and signals to itself are a worker's own; processes, programs and sockets are not."""
    program = filter_program(machine, PID)
    assert program is not None

    def says(name: str, first: int = 0) -> int:
        return verdict(program, architecture, calls[name], first)

    assert [says("read"), says("futex")] == [ALLOW, ALLOW]
    assert [says(name) for name in ("execve", "socket", "unshare")] == [REFUSE] * 3
    assert [says("clone", 0x00010F00), says("clone", 17), says("clone", 1 << 28)] == [
        ALLOW,
        REFUSE,
        REFUSE,
    ]
    assert says("clone3") == UNKNOWN
    for name in ("kill", "tgkill"):
        assert [says(name, pid) for pid in (PID, 1, 0, 2**32 - 1)] == [ALLOW] + [REFUSE] * 3


@pytest.mark.parametrize(
    ("machine", "architecture", "control", "device"),
    [("x86_64", X86, 72, 16), ("aarch64", ARM, 25, 29)],
)
def test_nobody_is_made_the_owner_of_a_pipe_or_a_socket(
    machine: str, architecture: int, control: int, device: int
) -> None:
    """To an owner the kernel sends signals; all else that these two calls do stays allowed."""
    for signals, expected in ((False, REFUSE), (True, ALLOW)):
        program = filter_program(machine, PID, signals=signals)
        assert program is not None

        for second in (8, 15):
            assert verdict(program, architecture, control, 3, second) == expected
        for second in (0x8901, 0x8902):
            assert verdict(program, architecture, device, 3, second) == expected
        for second in (0, 1, 2, 3, 4, 6, 1030, 0x5401):
            assert verdict(program, architecture, control, 8, second) == ALLOW
            assert verdict(program, architecture, device, 8, second) == ALLOW


@pytest.mark.parametrize("processes", [False, True])
@pytest.mark.parametrize(
    ("machine", "architecture", "calls"),
    [("x86_64", X86, (302, 203, 144, 142, 314)), ("aarch64", ARM, (261, 122, 119, 118, 274))],
)
def test_limits_and_share_are_set_of_itself_only(
    machine: str, architecture: int, calls: tuple[int, ...], processes: bool
) -> None:
    """No other process of the same user loses its files, its processor or its turn."""
    program = filter_program(machine, PID, processes)
    assert program is not None

    for call in calls:
        says = [verdict(program, architecture, call, pid) for pid in (0, PID, 1, PID + 1)]
        assert says == [ALLOW, ALLOW, REFUSE, REFUSE]


@pytest.mark.parametrize("signals", [False, True])
def test_processes_can_be_allowed_and_nothing_else(signals: bool) -> None:
    """Forks and programs, but no namespaces or sockets; signals only if other walls stop them."""
    program = filter_program("x86_64", PID, processes=True, signals=signals)
    assert program is not None

    def says(call: int, first: int = 0) -> int:
        return verdict(program, X86, call, first)

    fork, vfork, execve, clone, kill, unshare, socket = 57, 58, 59, 56, 62, 272, 41
    assert [says(call) for call in (fork, vfork, execve)] == [ALLOW] * 3
    assert [says(clone, flags) for flags in (17, 0x00010F00, 0x4111)] == [ALLOW] * 3
    for namespace in (0x80, *(1 << bit for bit in (17, 25, 26, 27, 28, 29, 30))):
        assert says(clone, namespace | 17) == REFUSE
    assert [says(unshare), says(socket)] == [REFUSE] * 2
    assert [says(kill, 1), says(kill, PID)] == [ALLOW if signals else REFUSE, ALLOW]


@pytest.mark.parametrize("attributes", [False, True])
def test_attributes_of_files_are_refused_where_others_can_be_reached(attributes: bool) -> None:
    """Landlock lets a worker change the permissions of whatever it can name."""
    program = filter_program("x86_64", PID, attributes=attributes)
    assert program is not None

    for call in (90, 91, 92, 260, 268, 280, 188, 452):
        assert verdict(program, X86, call) == (ALLOW if attributes else REFUSE)


def test_calls_by_another_machines_numbers_are_fatal() -> None:
    """The 32-bit and x32 calls would go round the filter."""
    program = filter_program("x86_64", PID)
    assert program is not None

    assert verdict(program, 0x40000003, 0) == KILL
    assert verdict(program, X86, 0x40000000 + 57) == KILL


def test_an_unknown_machine_has_no_filter() -> None:
    """Where the calls' numbers are not known, the wall is said to be missing."""
    assert filter_program("riscv64", PID) is None
