"""What a process has had of the machine, seen from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from grader.sandbox.processor_time import (
    LinuxMeter,
    PortableMeter,
    Usage,
    meter_of,
    parent_of,
    stolen,
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's accounts")
#: defines a function that computes for a time, and prints what one process used of it
BURN = """
import os, sys, threading, time
def burn(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds: pass
"""
#: starts a program that computes, says what it used itself, and stays
Start = Callable[[str], tuple[int, float]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return what starts a process and waits until it has said what it used."""
    running: list[subprocess.Popen[str]] = []

    def start(body: str) -> tuple[int, float]:
        process = subprocess.Popen(
            [sys.executable, "-c", BURN + dedent(body) + "\nsys.stdin.read()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        return process.pid, float(process.stdout.readline())

    yield start
    for process in running:
        process.kill()
        process.communicate()


def used(usage: Usage | None) -> float:
    """Return the seconds of processor time in *usage*."""
    assert usage is not None
    return usage.seconds


def test_what_a_process_says_it_used_is_seen_from_outside(start: Start) -> None:
    """Without asking it, by whatever way this system has."""
    pid, said = start("burn(0.3); print(time.process_time(), flush=True)")

    for meter in (meter_of(pid), PortableMeter(pid)):
        assert said - 0.02 <= used(meter.read()) < said + 0.2


@linux
def test_threads_are_part_of_a_process_also_when_they_have_ended(start: Start) -> None:
    """Who computes in a thread uses the same time."""
    pid, said = start("""
        thread = threading.Thread(target=burn, args=(0.3,))
        thread.start(); thread.join()
        print(time.process_time(), flush=True)
    """)

    assert said >= 0.3
    assert said <= used(LinuxMeter(pid).read()) < said + 0.2


@linux
@pytest.mark.parametrize("end", ["os._exit(0)", "sys.stdin.read(); os._exit(0)"])
def test_children_are_counted_where_asked_for(start: Start, end: str) -> None:
    """Those that have ended and those that live, with the others below them."""
    pid, _said = start(f"""
        ready, done = os.pipe()
        child = os.fork()
        if child == 0:
            if os.fork() == 0:
                burn(0.3)
                os.write(done, b"1")
                {end}
            burn(0.3)
            os.write(done, b"1")
            {end}
        for _ in range(2):
            os.read(ready, 1)
        if "stdin" not in {end!r}:
            os.waitpid(child, 0)
        print(0, flush=True)
    """)

    alone, together = used(LinuxMeter(pid).read()), used(LinuxMeter(pid, below=pid).read())
    assert together - alone >= 0.28


@linux
def test_what_a_child_used_is_not_forgotten_when_nobody_waits_for_it(start: Start) -> None:
    """A sum that was once seen never becomes less."""
    pid, _said = start("""
        import signal
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        if os.fork() == 0:
            burn(0.3)
            print(0, flush=True)
            sys.stdin.readline()
            os._exit(0)
    """)
    meter = LinuxMeter(pid, below=pid)
    first = used(meter.read())
    for child in _children(pid):
        os.kill(child, 9)
    while _children(pid):
        pass

    assert first >= 0.28
    assert used(meter.read()) >= first


@linux
def test_children_that_nobody_waits_for_add_up(start: Start) -> None:
    """One after the other, each ends before the next begins; what was seen of each remains."""
    pid, _said = start("""
        import signal
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        print(0, flush=True)
        while True:
            if os.fork() == 0:
                burn(0.2)
                sys.stdin.read()
                os._exit(0)
            try: os.wait()
            except ChildProcessError: pass
    """)
    meter = LinuxMeter(pid, below=pid)
    for _child in range(3):
        while not (children := _children(pid)):
            pass
        while used(LinuxMeter(children[0]).read()) < 0.2:
            pass
        meter.read()
        os.kill(children[0], 9)
        while children[0] in _children(pid):
            pass

    assert used(meter.read()) >= 0.57


def _children(pid: int) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


@linux
def test_each_thread_is_said_to_have_waited_some_time() -> None:
    """Seconds that it could have run and did not, by thread."""
    usage = LinuxMeter(os.getpid()).read()

    assert usage is not None and usage.waits is not None
    assert usage.waits[os.getpid()] >= 0


@linux
def test_the_parent_of_a_process_is_known() -> None:
    """Its number, as long as it is there."""
    assert parent_of(os.getpid()) == os.getppid()
    assert parent_of(0) is None


@linux
def test_the_host_has_taken_no_less_than_nothing_of_any_processor() -> None:
    """One number for each."""
    assert len(stolen()) >= 1
    assert all(seconds >= 0 for seconds in stolen())


def test_a_process_that_is_gone_uses_nothing_any_more() -> None:
    """And is never taken for this one, whose clocks have numbers like it."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass

    for meter in (meter_of(gone.pid), PortableMeter(gone.pid), meter_of(-1), meter_of(0)):
        assert meter.read() is None
