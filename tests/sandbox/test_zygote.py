"""Workers that lie, die, hang and attack: the grader sees one of three errors, and goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from grader.errors import AuthoringError, Crashed, InternalError, Raised, TimedOut
from grader.exercise import Limits
from grader.sandbox import zygote as zygotes
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.processor_time import meter_of
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.worker_process import Worker, deadline_in
from grader.sandbox.zygote import Zygote
from grader.worker import walls
from grader.worker.values import Callback, Held, Parameter, Unsendable
from grader.worker.wire import MAX_BODY, MAX_HEADER, Connection, WireError, encode

from ..waiting import PATIENCE, until

Script = Callable[[Connection, socket.socket], None]
SHORT = Limits(seconds=0.5, memory_mb=1024)


# -- peers that lie -------------------------------------------------------------------------------


@pytest.fixture
def peer() -> Iterator[Callable[[Script], Worker]]:
    """Return a function that makes a worker whose other end follows a script."""
    threads, workers = [], []

    def make(script: Script) -> Worker:
        ours, theirs = socket.socketpair()

        def follow() -> None:
            with theirs, contextlib.suppress(WireError, OSError, ValueError):
                script(Connection(theirs), theirs)

        thread = threading.Thread(target=follow)
        thread.start()
        threads.append(thread)
        meter = meter_of(os.getpid())
        workers.append(Worker(Connection(ours), lambda: None, lambda: "the process ended", meter))
        return workers[-1]

    yield make
    for worker in workers:
        worker.stop()
    for thread in threads:
        thread.join()


def ask(worker: Worker, seconds: float = 5.0, callbacks: Any = ()) -> tuple[str, Any]:
    """Send a request and return its reply."""
    return worker.request("call", {"name": "f"}, deadline_in(seconds), callbacks)


def frame(*message: Any) -> bytes:
    """Return the bytes of one frame."""
    return b"".join(encode(*message))


HUGE = b'[1,"callback",["v",%s]]' % (b"9" * 100)

LIES: dict[str, bytes] = {
    "another id": frame(2, "value", 1),
    "another kind": frame(1, "verdict", "passed"),
    "a resume": frame(1, "resume", 1),
    "garbage": b"\xff" * 64,
    "text": b"HTTP/1.1 200 OK\r\n\r\n",
    "a huge header": struct.pack("!IQ", MAX_HEADER + 1, 0),
    "a huge body": struct.pack("!IQ", 10, MAX_BODY + 1),
    "a huge number": struct.pack("!IQ", len(HUGE), 0) + HUGE,
    "half a frame": frame(1, "value", np.zeros(9))[:-8],
    "nothing": b"",
    "a callback to nothing": frame(1, "callback", {"callback": 0, "args": []}),
    "a callback by a string": frame(1, "callback", {"callback": "0", "args": []}),
    "a callback by a bool": frame(1, "callback", {"callback": False, "args": []}),
    "a callback with an array": frame(1, "callback", {"callback": np.zeros(2), "args": []}),
    "a callback without a form": frame(1, "callback", [1, 2]),
    "a callback of odd keys": frame(1, "callback", {"callback": 0, (1, 2): []}),
}


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_what_is_no_reply_is_a_crash(peer: Callable[[Script], Worker], lie: str) -> None:
    """Nothing that a worker sends in place of a reply raises anything but Crashed."""

    def script(connection: Connection, sock: socket.socket) -> None:
        connection.receive()
        sock.setblocking(True)
        sock.sendall(LIES[lie])

    worker = peer(script)

    with pytest.raises(Crashed):
        ask(worker)
    assert not worker.alive


def test_half_a_frame_and_silence_is_a_timeout(peer: Callable[[Script], Worker]) -> None:
    """A reply that stops midway is waited for until the deadline and no longer."""

    def script(connection: Connection, sock: socket.socket) -> None:
        connection.receive()
        sock.sendall(frame(1, "value", np.zeros(9))[:-8])
        connection.receive()

    worker = peer(script)

    with pytest.raises(TimedOut):
        ask(worker, 0.1)
    assert not worker.alive


def test_callbacks_without_end_meet_the_deadline(peer: Callable[[Script], Worker]) -> None:
    """A worker that only ever calls back is stopped in time."""

    def script(connection: Connection, sock: socket.socket) -> None:
        connection.receive()
        while True:
            connection.send(9, "callback", {"callback": 0, "args": []})

    with pytest.raises(TimedOut):
        ask(peer(script), 0.2, [lambda: 1])


def test_a_second_reply_answers_nothing(peer: Callable[[Script], Worker]) -> None:
    """A reply that was sent twice does not answer the next request."""

    def script(connection: Connection, sock: socket.socket) -> None:
        id = connection.receive()[0]
        connection.send(id, "value", "first")
        connection.send(id, "value", "again")
        connection.receive()

    worker = peer(script)

    assert ask(worker) == ("value", "first")
    with pytest.raises(Crashed):
        ask(worker)


@pytest.mark.parametrize(
    "argument", [Held(1, "T", False), [Held(1, "T", False)], Callback(0), Parameter(np.ones(1))]
)
def test_a_callback_with_a_marker_is_a_crash(
    peer: Callable[[Script], Worker], argument: Any
) -> None:
    """Functions of the grader are called with data only."""

    def script(connection: Connection, sock: socket.socket) -> None:
        connection.receive()
        connection.send(1, "callback", {"callback": 0, "args": [argument]})
        connection.receive()

    called: list[Any] = []
    with pytest.raises(Crashed, match="callback with an object"):
        ask(peer(script), callbacks=[called.append])
    assert called == []


def test_a_callback_that_trips_is_refused_and_the_request_goes_on(
    peer: Callable[[Script], Worker],
) -> None:
    """What a callback raises, or gives that cannot be sent, goes back to the worker by name."""
    heard = []

    def script(connection: Connection, sock: socket.socket) -> None:
        id = connection.receive()[0]
        for number, argument in ((7, "text"), (8, 3)):
            connection.send(number, "callback", {"callback": 0, "args": [argument]})
            heard.append(connection.receive())
        connection.send(id, "value", "done")

    assert ask(peer(script), callbacks=[lambda x: {x - 1}]) == ("value", "done")
    assert [(id, op, payload["type"]) for id, op, payload in heard] == [
        (7, "refuse", "TypeError"),
        (8, "refuse", "Unsendable"),
    ]


@pytest.mark.parametrize("error", [AuthoringError("x"), InternalError("x"), KeyboardInterrupt()])
def test_our_own_errors_in_a_callback_are_not_the_learners(
    peer: Callable[[Script], Worker], error: BaseException
) -> None:
    """An error of the course or the machine ends the request as itself, and the worker."""

    def script(connection: Connection, sock: socket.socket) -> None:
        connection.receive()
        connection.send(7, "callback", {"callback": 0, "args": []})
        connection.receive()

    def callback() -> None:
        raise error

    worker = peer(script)

    with pytest.raises(type(error)):
        ask(worker, callbacks=[callback])
    assert not worker.alive


def test_a_request_that_cannot_be_sent_says_so(peer: Callable[[Script], Worker]) -> None:
    """A value without a neutral form is refused on this side."""
    worker = peer(lambda connection, sock: None)

    with pytest.raises(Unsendable):
        worker.request("call", {"args": [object()]}, deadline_in(1))


# -- real workers ---------------------------------------------------------------------------------

Enrol = Callable[..., ModuleProxy]


def f_of(body: str) -> str:
    """Return a submission whose ``f`` has this body."""
    return "import os, sys, time\ndef f(*args):\n" + "\n".join(
        "    " + line for line in dedent(body).strip().splitlines()
    )


def recovers(student: ModuleProxy) -> bool:
    """Whether the next check of the same submission gets a worker that answers."""
    student._channel.begin("g", 1, SHORT)  # type: ignore[attr-defined]
    return bool(student.g() == 1)


@pytest.mark.parametrize(
    "body",
    [
        "os._exit(0)",
        "os._exit(3)",
        "import ctypes; ctypes.string_at(0)",
        "os.abort()",
        "os.closerange(0, 100)",
        "os.close(3); time.sleep(60)",
        "import socket; socket.socket(fileno=3).send(b'\\xff' * 100)",
        "import threading\nthreading.Thread(target=os._exit, args=(1,)).start()\ntime.sleep(60)",
        "import gc\nfor o in gc.get_objects():\n    if type(o).__name__ == 'Connection': o.close()",
    ],
)
def test_a_worker_that_dies_is_a_crash_and_the_next_one_lives(
    enrol: Enrol, any_zygote: Zygote, body: str
) -> None:
    """However a process ends, the learner is told that it did, and other exercises go on."""
    student = enrol(f_of(body) + "\ndef g(): return 1", any_zygote)

    with pytest.raises(Crashed):
        student.f()
    assert recovers(student)


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
        "import signal\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\ntime.sleep(60)",
        "os.kill(os.getpid(), 19); time.sleep(60)",
        "try:\n    while True: pass\nfinally:\n    f()",
    ],
)
def test_a_worker_that_hangs_is_stopped_and_the_next_one_lives(
    enrol: Enrol, any_zygote: Zygote, body: str
) -> None:
    """Loops in Python and in C, ignored signals and stopped processes end at the deadline."""
    student = enrol(f_of(body) + "\ndef g(): return 1", any_zygote, limits=SHORT)

    with pytest.raises(TimedOut):
        student.f()
    assert recovers(student)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("return bytearray(50 * 2**30)", "MemoryError"),
        ("import numpy as np\nreturn np.ones(50 * 2**27)", "MemoryError"),
        ("return [open('/dev/null') for _ in range(1000)]", "OSError"),
        ("return f()", "RecursionError"),
        ("open('big', 'wb').write(bytes(200 << 20))", "OSError"),
        ("os.fork()", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import multiprocessing as m; m.Process(target=print).start()", "PermissionError"),
        ("os.execv('/bin/sh', ['sh'])", "PermissionError"),
        ("os.kill(os.getppid(), 9)", "PermissionError"),
        ("os.kill(-1, 9)", "PermissionError"),
        ("import socket; socket.socket()", "PermissionError"),
        ("import urllib.request as u; u.urlopen('http://127.0.0.1:1')", "URLError"),
        ("import resource as r; r.setrlimit(r.RLIMIT_AS, (r.RLIM_INFINITY,) * 2)", "ValueError"),
    ],
)
def test_what_is_not_allowed_raises_in_the_learners_code(
    enrol: Enrol, any_zygote: Zygote, body: str, error: str
) -> None:
    """Memory, descriptors, disk, processes, signals to others and sockets end in an exception."""
    student = enrol(f_of(body), any_zygote)

    with pytest.raises(Raised, match=error):
        student.f()


@pytest.mark.parametrize(
    "call",
    [
        "libc.unshare(0x10000000)",
        "libc.mount(b'tmpfs', b'/', b'tmpfs', 0, None)",
        "libc.ptrace(16, os.getppid(), 0, 0)",
        "libc.memfd_create(b'x', 0)",
        "libc.fork()",
        "libc.setuid(1)",
        "libc.chroot(b'/')",
    ],
)
def test_the_kernel_refuses_what_a_function_does_not_need(
    enrol: Enrol, any_zygote: Zygote, call: str
) -> None:
    """New namespaces, mounts, tracing, hidden files and new processes are refused."""
    body = f"import ctypes\nlibc = ctypes.CDLL(None)\nreturn {call}"

    assert enrol(f_of(body), any_zygote).f() == -1


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/root",
        "/home",
        "/var",
        "/proc/1",
        "/proc/self/exe",
        "/proc/self/cmdline",
        "/proc/self/maps",
        "/sys",
        "/usr/src/app",
        str(Path(zygotes.__file__)),
        str(Path(zygotes.__file__).parent.parent / "checks"),
        str(Path(__file__)),
    ],
)
def test_files_of_the_machine_are_not_there(enrol: Enrol, zygote: Zygote, path: str) -> None:
    """The grader, the course, homes and other processes are not in the worker's file system."""
    holds_python = any(root.is_relative_to(path) for root in walls.python_roots())
    if holds_python:
        body = f"try: return sorted(os.listdir({path!r}))\nexcept PermissionError: return []"
        roots = [r for r in walls.python_roots() if r.is_relative_to(path) and r != Path(path)]
        shown = {root.relative_to(path).parts[0] for root in roots}

        assert set(enrol(f_of(body), zygote).f()) <= shown
    else:
        assert enrol(f_of(f"return os.path.exists({path!r})"), zygote).f() is False


def test_nothing_but_the_scratch_folder_can_be_written(enrol: Enrol, zygote: Zygote) -> None:
    """Every folder that a worker sees, but its own, refuses a new file."""
    body = """
        open('own', 'w').write('x')
        written = []
        for base in ('/', '/tmp', '/dev', '/dev/shm', '/proc', '/usr', '/scratch/..', *sys.path):
            try: open(base + '/mark', 'w').write('x')
            except OSError: continue
            if base != os.getcwd(): written.append(base)
        return written, os.getcwd(), sorted(os.listdir())
    """

    assert enrol(f_of(body), zygote).f() == ([], "/scratch", ["mark", "own"])


def test_a_worker_leaves_no_file_to_the_next(enrol: Enrol, any_zygote: Zygote) -> None:
    """A full scratch folder is empty again for the next learner, who may fill it too."""
    body = """
        import time
        before = os.listdir()
        try:
            for n in range(9):
                with open(str(n), 'wb') as file: file.write(bytes(16 << 20))
        except OSError as error:
            return before, error.errno
        time.sleep(60)
    """
    exact = any_zygote.isolation.layers["disk limit"]

    for _ in range(2):
        # The sum of all files is either the kernel's to bound, or looked at from outside.
        student = enrol(f_of(body), any_zygote)
        if exact:
            assert student.f() == ([], 28)
        else:
            with pytest.raises(Crashed, match="wrote more than 64 MiB of files"):
                student.f()
        assert enrol(f_of("return os.listdir()"), any_zygote).f() == []


def test_no_secret_of_the_grader_is_in_a_workers_environment(
    enrol: Enrol, any_zygote: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment of the grader is not that of a worker, nor of its zygote."""
    monkeypatch.setenv("GRADPROOF_SECRET", "expected values")
    with Zygote(level=any_zygote.isolation.level) as fresh:
        found = enrol(f_of("return dict(os.environ), os.getcwd()"), fresh).f()

    assert "GRADPROOF_SECRET" not in found[0]
    assert found[0]["HOME"] == found[0]["TMPDIR"] == found[1]


def test_a_flood_of_output_is_nobodys_concern(enrol: Enrol, any_zygote: Zygote) -> None:
    """A hundred megabytes on standard output and error change nothing."""
    body = """
        for _ in range(100):
            sys.stdout.write('x' * (1 << 20)); os.write(2, b'x' * (1 << 20))
        return 5
    """

    assert enrol(f_of(body), any_zygote).f() == 5


@pytest.mark.parametrize(
    "sabotage",
    [
        "import json; json.dumps = json.loads = None",
        "import msgspec; msgspec.json.Encoder = msgspec.json.Decoder = None",
        "import builtins\nfor n in ('isinstance', 'type', 'len', 'zip'): delattr(builtins, n)",
        "import numpy as np; np.array = np.asarray = np.allclose = lambda *a, **k: True",
        "for n in list(sys.modules): sys.modules[n] = None",
        "for n, m in list(sys.modules.items()):\n    if n.endswith('wire'): vars(m).clear()",
        "import gc\nfor o in gc.get_objects():\n    if type(o) is dict and 'f' not in o: o.clear()",
    ],
)
def test_sabotage_of_the_worker_is_only_the_workers_loss(
    enrol: Enrol, any_zygote: Zygote, sabotage: str
) -> None:
    """Patching libraries in the worker gives an answer or one of the three errors."""
    student = enrol(f_of(sabotage + "\nreturn 1") + "\ndef g(): return 1", any_zygote)

    with contextlib.suppress(Crashed, Raised, TimedOut):
        student.f()
    with contextlib.suppress(Crashed, Raised, TimedOut):
        student.f(np.ones(2))
    student._channel.close()  # type: ignore[attr-defined]
    assert recovers(student)


@pytest.mark.parametrize(
    "body",
    [
        "h = lambda n: h(n)\nh(1)",
        "class X:\n    def __repr__(self): return repr(self)\nrepr(X())",
        "x = []\nfor _ in range(10**6): x = [x]\nreturn x == [x]",
    ],
)
def test_recursion_without_a_bottom_ends(enrol: Enrol, any_zygote: Zygote, body: str) -> None:
    """With the interpreter's own limit lifted, recursion ends in one of the three errors."""
    body = "sys.setrecursionlimit(10**8)\n" + body
    student = enrol(f_of(body) + "\ndef g(): return 1", any_zygote, limits=SHORT)

    with contextlib.suppress(Crashed, Raised, TimedOut):
        student.f()
    assert recovers(student)


def test_threads_of_a_worker_end_with_it(enrol: Enrol, any_zygote: Zygote) -> None:
    """Threads are allowed, and a process that is stopped has none left."""
    body = """
        import threading
        for _ in range(8): threading.Thread(target=time.sleep, args=(60,)).start()
        return threading.active_count()
    """
    before = descendants(any_zygote)
    student = enrol(f_of(body), any_zygote)

    assert student.f() == 9
    assert descendants(any_zygote) > before
    student._channel.close()  # type: ignore[attr-defined]
    assert left_over(any_zygote, before) == set()


def process_of(zygote: Zygote) -> subprocess.Popen[bytes]:
    """Return the process that a zygote was started as."""
    assert zygote._launched is not None
    return zygote._launched.process


def descendants(zygote: Zygote) -> set[int]:
    """Return the processes below a zygote, itself included."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = {process_of(zygote).pid}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def is_running(pid: int) -> bool:
    """Whether a process is there, and is more than what is left of one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def left_over(zygote: Zygote, before: set[int]) -> set[int]:
    """Return what is there that was not there before, once what is ending has ended."""
    until(lambda: not descendants(zygote) - before)
    return descendants(zygote) - before


def test_children_that_escaped_the_filter_are_killed_with_the_worker(
    enrol: Enrol, bare_zygote: Zygote, tmp_path: Path
) -> None:
    """Where no wall keeps a worker from forking, what it forks does not outlive it."""
    program = """
        import os, subprocess, sys
        from grader.worker import walls, zygote_process
        from tests.waiting import until
        walls.adopt_orphans()
        tree = "for _ in range(3): os.fork() or os.setsid()"
        code = "import os, time\\n" + tree + "\\nopen(str(os.getpid()), 'w').close()"
        os.chdir(sys.argv[1])
        child = subprocess.Popen([sys.executable, "-c", code + "; time.sleep(600)"])
        until(lambda: len(os.listdir()) == 8)
        child.kill()
        zygote_process._kill_orphans()
        print(len(zygote_process._children()))
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(program), str(tmp_path)],
        cwd=Path(zygotes.__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.stdout == "0\n", done.stderr


# -- zygotes --------------------------------------------------------------------------------------


def test_a_zygote_forks_from_one_thread(any_zygote: Zygote) -> None:
    """A process with more threads must not fork."""
    assert any_zygote.ready["threads"] == 1


def test_what_is_slow_to_import_is_there_already(enrol: Enrol, zygote: Zygote) -> None:
    """PyTorch, down to what an optimizer imports on first use, is there before the fork."""
    body = "return [name in sys.modules for name in ('numpy', 'torch', 'torch._dynamo')]"

    assert enrol(f_of(body), zygote, "torch").f() == [True, True, True]


def test_pytorch_fits_into_the_memory_that_is_left(enrol: Enrol, zygote: Zygote) -> None:
    """Training a little network works within the smallest limits that a course would set."""
    source = """
        import torch
        def f(x):
            layers = torch.nn.Linear(4, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1)
            net = torch.nn.Sequential(*layers)
            optimizer = torch.optim.Adam(net.parameters())
            for _ in range(3):
                optimizer.zero_grad()
                net(x).square().mean().backward()
                optimizer.step()
            return float(net(x).mean()) < 10
    """
    limits = Limits(seconds=20, memory_mb=512)

    assert enrol(dedent(source), zygote, "torch", limits=limits).f(np.ones((8, 4), "f4")) is True


def test_the_walls_that_stand_are_named(zygote: Zygote) -> None:
    """Behind bubblewrap nothing is missing, and nothing is warned of."""
    missing = [name for name, stands in zygote.isolation.layers.items() if not stands]

    assert zygote.isolation.level == "bubblewrap"
    # the one that an ordinary user seldom has, and that nothing is missed without
    assert set(missing) <= {"control group"}
    assert zygote.isolation.warning == ""


def test_the_walls_that_are_missing_are_warned_of(bare_zygote: Zygote) -> None:
    """Without bubblewrap, the report says so in capitals and names what is missing."""
    isolation = bare_zygote.isolation

    assert isolation.level == "landlock"
    assert "WEAK ISOLATION" in isolation.warning
    assert "bubblewrap" in isolation.warning
    assert "disk limit" in isolation.warning


def test_a_worker_behind_fewer_walls_is_not_used(any_zygote: Zygote) -> None:
    """A worker that cannot be walled in as was found possible is no worker."""
    limits = Limits(seconds=5, memory_mb=2**60)  # no such limit can be set

    with (
        Zygote(level=any_zygote.isolation.level) as fresh,
        pytest.raises(InternalError, match="layers that were tested"),
    ):
        fresh.worker(limits, 5)


def test_a_zygote_that_died_is_started_again(enrol: Enrol) -> None:
    """The next worker comes from a new zygote; the worker that died with the old one crashed."""
    with Zygote() as zygote:
        before = enrol("def f(): return 1", zygote)
        assert before.f() == 1
        below = descendants(zygote) - {process_of(zygote).pid}

        os.kill(process_of(zygote).pid, signal.SIGKILL)
        process_of(zygote).wait()

        assert enrol("def f(): return 2", zygote).f() == 2
        # the kernel ends them one after the other, on a busy machine not at once
        assert until(lambda: not any(map(is_running, below)))
        with pytest.raises(Crashed):
            before.f()


def test_a_zygote_ends_with_all_below_it(enrol: Enrol) -> None:
    """Closing a zygote ends its workers and removes its folder."""
    zygote = Zygote()
    student = enrol("def f(): return 1", zygote)
    assert student.f() == 1

    zygote.close()

    with pytest.raises(Crashed):
        student.f()
    assert not zygote._scratch.exists()
    assert left_over(zygote, {process_of(zygote).pid}) == set()


def test_an_ordinary_user_has_walls_too(tmp_path: Path) -> None:
    """Graded by a user who is not the superuser, learners are walled in all the same."""
    if os.getuid() != 0:
        pytest.skip("only the superuser can become another user")
    base = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--", "env", "-i"]
    base += ["HOME=/", f"TMPDIR={tmp_path}", "PATH=/usr/bin:/bin", sys.executable, "-c"]
    root = Path(zygotes.__file__).parents[2]
    tmp_path.chmod(0o777)
    with contextlib.suppress(OSError):
        probe = subprocess.run(
            [*base, "import numpy, msgspec, grader.sandbox.zygote"],
            cwd=root,
            capture_output=True,
            check=False,
        )
        if probe.returncode != 0:
            pytest.skip("an ordinary user cannot read this Python installation")
    program = """
        from grader.sandbox.zygote import Zygote
        from grader.exercise import Limits
        for level in ("bubblewrap", "process"):
            with Zygote(level=level) as zygote:
                zygote.worker(Limits(), 5).stop()
                print(zygote.isolation.level, bool(zygote.isolation.warning))
    """
    done = subprocess.run(
        [*base, dedent(program)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.stdout.splitlines()[-1:] == ["process True"], done.stderr


def test_a_home_is_not_shown_for_an_interpreter_in_it(
    monkeypatch: pytest.MonkeyPatch, enrol: Enrol, tmp_path: Path
) -> None:
    """Which home must not be shown is known outside of the zygote, and heeded in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path))
    (tmp_path / "diary").write_text("secret")
    body = f"try: return open({str(tmp_path / 'diary')!r}).read()\nexcept OSError: return ''"

    for level in ("bubblewrap", "private root", "landlock"):
        with Zygote(level=level) as zygote:
            if zygote.isolation.level == level:
                assert enrol(f_of(body), zygote).f() == ""


def test_an_interpreter_at_an_odd_place_does_not_show_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither the root nor a home as a whole is shown, wherever Python says it lies."""
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "me"))
    monkeypatch.setattr(sys, "prefix", "/")
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "exec_prefix", str(tmp_path / "home" / "me" / "env"))

    roots = walls.python_roots()

    assert tmp_path / "home" / "me" / "env" in roots
    assert not {Path("/"), tmp_path / "home"} & set(roots)


# -- at the desk ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "error"),
    [("os._exit(3)", Crashed), ("while True: pass", TimedOut), ("raise KeyboardInterrupt", None)],
)
def test_a_worker_at_the_desk_has_a_deadline(
    tmp_path: Path, body: str, error: type[Exception] | None
) -> None:
    """Without walls, a learner's own process still ends in time and says how."""
    worker = desk_worker(tmp_path)
    payload = {"pieces": [("a.py", 1, f_of(body))], "files": {}, "framework": "numpy"}
    try:
        worker.request("submission", {**payload, "device": "cpu"}, deadline_in(60))
        worker.request("begin", {"exercise": "f", "seed": 1}, deadline_in(60))
        request = {"name": "f", "args": [], "kwargs": {}}
        if error is None:
            assert worker.request("call", request, deadline_in(60))[0] == "fault"
        else:
            with pytest.raises(error):
                worker.request("call", request, deadline_in(0.5))
    finally:
        worker.stop()


@pytest.mark.parametrize("name", ["../out.py", "/out.py", "a/../../out.py"])
def test_a_file_outside_of_the_submission_is_not_written(tmp_path: Path, name: str) -> None:
    """Names that climb out of the folder are refused by the worker, too."""
    (tmp_path / "in").mkdir()
    worker = desk_worker(tmp_path / "in")
    payload = {"pieces": [], "files": {name: np.zeros(1, "u1")}, "framework": "numpy"}
    try:
        kind, _ = worker.request("submission", {**payload, "device": "cpu"}, deadline_in(60))
    finally:
        worker.stop()

    assert kind == "fault"
    assert [path.name for path in tmp_path.rglob("*")] == ["in"]


def test_where_no_kernel_ends_a_worker_it_ends_with_its_standard_input(tmp_path: Path) -> None:
    """On Windows and macOS: a loop does not outlive the grader, however that ended."""
    program = """
import os, sys
from pathlib import Path
from grader.sandbox import desk_worker
from grader.sandbox.worker_process import deadline_in
sys.platform = "darwin"
worker = desk_worker.desk_worker(Path.cwd())
endless = "def f():\\n  open('begun', 'w').close()\\n  while True: pass"
pieces = [("a.py", 1, endless)]
nothing = {"files": {}, "framework": "numpy", "device": "cpu"}
worker.request("submission", {"pieces": pieces, **nothing}, deadline_in(60))
worker.request("begin", {"exercise": "f", "seed": 1}, deadline_in(60))
worker._connection.send(9, "call", {"name": "f", "args": [], "kwargs": {}}, deadline_in(60))
while not os.path.exists("begun"):
    pass
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(walls.__file__).parents[2])},
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
    )

    # the worker holds standard error, too, until it ends
    assert (0, b"", True) == (done.returncode, done.stderr, (tmp_path / "begun").exists())
