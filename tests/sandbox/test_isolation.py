"""Levels of isolation: what each of them holds back, how one is chosen, and what is said of it."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.errors import Crashed, InternalError, MachineBusy, Raised, TimedOut
from grader.exercise import Limits
from grader.outcome import Isolation
from grader.sandbox import desk_worker as desk
from grader.sandbox import launch
from grader.sandbox import zygote as zygotes
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.isolation import Candidate, candidates, isolation_of, require
from grader.sandbox.isolation_tests import LAYERS, PROGRAMS, SECRECY, Targets
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.worker_process import deadline_in
from grader.sandbox.zygote import Zygote
from grader.worker import landlock, walls

from ..waiting import PATIENCE, until

# psutil loads what fits the name of the system, so it is loaded before a test changes that name.
with contextlib.suppress(ImportError):
    importlib.import_module("psutil")

ROOT = Path(walls.__file__).parents[2]
Enrol = Callable[..., ModuleProxy]
linux = pytest.mark.skipif(sys.platform != "linux", reason="a zygote needs Linux")


@pytest.fixture(params=walls.LEVELS)
def any_level(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    """Return a zygote at each level that can be had here."""
    with Zygote(level=request.param) as zygote:
        if zygote.isolation.level != request.param:
            pytest.skip(f"{request.param} cannot be had here, or does not hold")
        yield zygote


@linux
def test_each_level_holds_what_it_is_chosen_for(any_level: Zygote) -> None:
    """Above a bare process, no secret is within reach; with no walls, every act succeeds."""
    level, layers = any_level.isolation.level, any_level.isolation.layers

    if level == "off":
        # nobody but the superuser is made another user
        assert [name for name in LAYERS[:-1] if layers[name]] == []
    elif level != "process":
        assert [name for name in SECRECY if not layers[name]] == []
        assert layers["no new processes"] and layers["no other programs"]
        assert layers["memory limit"]
    assert ("WEAK ISOLATION" in any_level.isolation.warning) is not all(
        layers[name] for name in LAYERS
    )


@linux
def test_each_level_grades(enrol: Enrol, any_level: Zygote) -> None:
    """A submission runs behind the strongest walls as without any, and writes to its folder."""
    source = "def f(x):\n    open('a', 'w').write('1')\n    return x * float(open('a').read())"

    assert enrol(source, any_level).f(np.ones(2)).tolist() == [1, 1]


@pytest.mark.parametrize("own", [True, False])
def test_only_what_the_worker_itself_sends_is_held_against_its_isolation(
    tmp_path: Path, own: bool
) -> None:
    """Somebody else on the machine may try every port; the worker is known by its token."""
    targets = Targets(tmp_path)
    request = targets.request()
    said = str(request["token"]).encode() if own else b"hello"
    ways: list[tuple[Any, Any, Any]] = [
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", request["tcp"])),
        (socket.AF_UNIX, socket.SOCK_STREAM, "\0" + request["unix"]),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", request["udp"])),
    ]
    try:
        for family, kind, address in ways:
            for words in (b"scan", said):
                with socket.socket(family, kind) as caller:
                    caller.connect(address)
                    caller.sendall(words)
        answer = {"layers": {}, "done": {layer: [] for layer in LAYERS}}
        _layers, done = targets.judge(json.dumps(answer).encode() + b"\nrefused\n")
    finally:
        targets.close()

    assert done["no network"] == (["TCP", "an abstract socket", "UDP"] if own else [])


@linux
def test_a_level_that_leaks_gives_way_to_the_next(tmp_path: Path) -> None:
    """If what must be out of reach is shown to every worker, each level is tried and named."""
    with Zygote(private=[Path(np.__file__)]) as zygote:
        isolation = zygote.isolation

    assert isolation.level == "process"
    assert isolation.layers["files of the grader unreadable"] is False
    for level in {"bubblewrap", "private root", "landlock"}:
        if any(candidate.level == level for candidate in candidates(level)) and can_be_had(level):
            assert f"{level}: failed its test (files" in isolation.warning


def can_be_had(level: str) -> bool:
    """Whether *level* holds here if nothing is put into its way."""
    with Zygote(level=level) as zygote:
        return zygote.isolation.level == level


@linux
def test_a_level_that_is_slow_to_start_does_not_give_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Which walls learners' code has must not depend on how busy the machine is."""
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(zygotes, "_working_levels", {})
    monkeypatch.setattr(launch, "_START_SECONDS", 0.5)

    with Zygote() as zygote, pytest.raises(MachineBusy, match="too busy"):
        assert zygote.isolation


@linux
def test_a_level_that_cannot_be_started_gives_way_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A bubblewrap that fails, as it does where namespaces are forbidden, is passed over."""
    program = tmp_path / "bwrap"
    program.write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create a namespace' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(zygotes, "_working_levels", {})

    with Zygote() as zygote:
        level = zygote.isolation.level
        with Zygote() as second:
            assert second._candidate == zygote._candidate

            warning = second.isolation.warning

    assert level in list(walls.LEVELS)[1:]
    assert not warning or "bubblewrap: not available here (bwrap: No permissions" in warning


@linux
def test_walls_that_stood_are_not_given_up_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zygote that cannot be started again is an error, not a reason to grade with less."""
    with Zygote() as zygote:
        level = zygote.isolation.level
        assert zygote._launched is not None
        os.kill(zygote._launched.process.pid, signal.SIGKILL)
        monkeypatch.setattr("grader.sandbox.launch._BOOTSTRAP", "raise SystemExit('broken')")

        with pytest.raises(InternalError, match="broken"):
            zygote.worker(Limits(), 5)
        assert zygote._candidate.level == level


@linux
@linux
@pytest.mark.skipif(landlock.abi() < 1, reason="this kernel has no Landlock")
def test_files_that_the_test_itself_writes_do_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes: measured all the time here, as a slow machine would once."""
    measure = "from {name} import disk_quota; disk_quota._INTERVAL = 0; from {name}.zygote_process"
    eager = launch._BOOTSTRAP.replace("from {name}.zygote_process", measure)
    assert eager != launch._BOOTSTRAP
    monkeypatch.setattr(launch, "_BOOTSTRAP", eager)
    with Zygote([], "landlock") as zygote:
        assert zygote.isolation.level == "landlock"
        assert zygote._launched is not None

        done = [zygote._launched.test(()) for _ in range(5)]

    assert [one[PROGRAMS] for one in done] == [[]] * 5


def test_where_namespaces_are_forbidden_other_walls_stand(tmp_path: Path) -> None:
    """As in most containers: no bubblewrap and no private root, but what needs neither."""
    tmp_path.chmod(0o777)
    # A user whom the kernel has no number for can make no namespace.
    program = f"""
import ctypes, tempfile
import msgspec, numpy
tempfile.tempdir = {str(tmp_path)!r}
from grader.sandbox.zygote import Zygote
assert ctypes.CDLL(None).unshare(0x10000000) == 0
try:
    open(numpy.__file__).close()
except OSError:
    print("unreadable")
else:
    with Zygote() as zygote:
        print(zygote.isolation.level)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        # only a process of one thread can enter a user namespace
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if "AssertionError" in done.stderr or done.stdout == "unreadable\n":
        pytest.skip("this user can make no namespace at all, or reads Python as its owner only")

    assert done.stdout == ("landlock\n" if landlock.abi() else "process\n"), done.stderr


@linux
def test_without_bubblewrap_it_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the program is not installed, the next level is the first."""
    monkeypatch.setenv("PATH", "/nowhere")

    assert next(candidates("bubblewrap")).level == "private root"


@pytest.mark.parametrize(
    ("superuser", "expected"),
    [
        (True, [("landlock", 65534), ("landlock", None), ("user", 65534),
                ("process", 65534), ("process", None)]),
        (False, [("landlock", None), ("process", None)]),
    ],
)  # fmt: skip
def test_the_superuser_first_becomes_another(
    monkeypatch: pytest.MonkeyPatch, superuser: bool, expected: list[Any]
) -> None:
    """Nobody is tried before the superuser, and only the superuser can become nobody."""
    monkeypatch.setattr("grader.sandbox.isolation.is_superuser", lambda: superuser)

    assert list(candidates("landlock")) == [Candidate(*one) for one in expected]
    assert list(candidates("off")) == [Candidate("off")]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_that_is_missing_is_warned_of(layer: str) -> None:
    """Each has words of its own, and the advice what to do."""
    warning = isolation_of("landlock", dict.fromkeys(LAYERS, True) | {layer: False}, {}).warning

    assert f"runs without: {layer}. " in warning
    assert "Linux" in warning or "bubblewrap" in warning


def test_what_is_allowed_is_not_warned_of() -> None:
    """Layers that an assignment does without are said to be missing, and no more."""
    layers = dict.fromkeys(LAYERS, True) | {"no new processes": False}

    assert isolation_of("bubblewrap", layers, {}).warning != ""
    assert isolation_of("bubblewrap", layers, {}, ["no new processes"]).warning == ""
    assert isolation_of("bubblewrap", layers, {}).layers["no new processes"] is False


@pytest.mark.parametrize("level", ["landlock", "process", "off"])
def test_less_than_a_course_asks_for_is_refused(level: str) -> None:
    """The refusal is the machine's fault and says what is here, what is wanted, what to do."""
    with pytest.raises(InternalError, match=r"requires isolation level private root.*, but only"):
        require(Isolation(level), "private root")


@pytest.mark.parametrize("level", ["bubblewrap", "private root"])
def test_as_much_as_a_course_asks_for_is_enough(level: str) -> None:
    """The level asked for will do, and so will a stronger one."""
    require(Isolation(level), "private root")


# -- limits -------------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize(
    ("body", "limits", "error", "message"),
    [
        ("return bytearray(3 << 30)", Limits(memory_mb=512), Raised, "more than 512 MiB of memory"),
        ("import numpy\n    return numpy.ones(3 << 28)", Limits(memory_mb=512), Raised,
         "f needed more than 512 MiB of memory"),
        ("open('a', 'wb').write(bytes(9 << 20))", Limits(disk_mb=8), Raised,
         "f wrote more than 8 MiB of files"),
        ("while True: pass", Limits(seconds=0.5), TimedOut, "not return within 0.5 s"),
        ("import time; time.sleep(99)", Limits(seconds=0.3), TimedOut, "not return within 0.3 s"),
        ("import numpy\n    return numpy.ones(300 << 17)", Limits(), Raised, "message may hold"),
    ],
)  # fmt: skip
def test_the_limit_that_was_met_is_named(
    enrol: Enrol,
    any_zygote: Zygote,
    body: str,
    limits: Limits,
    error: type[Exception],
    message: str,
) -> None:
    """Memory, files, processor time, wall time and the size of an answer each have a sentence."""
    student = enrol(f"def f():\n    {body}", any_zygote, limits=limits)

    with pytest.raises(error, match=message):
        student.f()


@linux
def test_processor_time_is_counted_anew_for_each_check(enrol: Enrol, any_zygote: Zygote) -> None:
    """What earlier checks used is not taken from a later one."""
    source = "import time\ndef f():\n    t = time.process_time()\n"
    source += "    while time.process_time() - t < 0.8: pass\n    return 1"
    limits = Limits(seconds=1.5)
    student = enrol(source, any_zygote, limits=limits)

    for _check in range(3):
        assert student.f() == 1
        channel: Any = student._channel
        channel.begin("f", 1, limits)


# -- processes that an assignment allows ----------------------------------------------------------


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def lenient_zygote(request: pytest.FixtureRequest) -> Iterator[Zygote]:
    """Return a zygote whose workers may start processes."""
    if sys.platform != "linux":
        pytest.skip("a zygote needs Linux")
    with Zygote(level=request.param, processes=8) as zygote:
        if zygote.isolation.level != request.param:
            pytest.skip(f"{request.param} cannot be had here")
        yield zygote


ALLOWED = Limits(seconds=10, processes=8)


def test_processes_that_are_allowed_run(enrol: Enrol, lenient_zygote: Zygote) -> None:
    """A program can be run and its output read, and the layers say that it can."""
    source = """
import subprocess, sys
def f():
    program = [sys.executable, "-c", "print(2 + 3)"]
    return subprocess.run(program, capture_output=True).stdout.decode()
"""
    layers = lenient_zygote.isolation.layers

    assert enrol(source, lenient_zygote, limits=ALLOWED).f() == "5\n"
    assert (layers["no new processes"], layers["no other programs"]) == (False, False)
    assert layers["no network"] and layers["files of the grader unreadable"]


@pytest.mark.parametrize("child", ["while True: pass", "time.sleep(99)"])
def test_what_a_process_of_the_worker_uses_is_the_workers(
    enrol: Enrol, lenient_zygote: Zygote, child: str
) -> None:
    """Having another compute, or sleep, gives no more time than doing it oneself."""
    source = f"""
import os, signal, time
def f():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            {child}
        os._exit(0)
    time.sleep(99)
"""
    student = enrol(source, lenient_zygote, limits=Limits(seconds=0.5, processes=8))

    with pytest.raises(TimedOut, match=r"did not return within 0\.5 s"):
        student.f()


def test_a_child_that_computes_spends_the_workers_time(
    enrol: Enrol, lenient_zygote: Zygote
) -> None:
    """It is seen from outside, also when its own parent has left it behind."""
    source = """
import os, time
def f():
    ready, done = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            while time.process_time() < 0.3: pass
            os.write(done, b"1")
            time.sleep(99)
        os._exit(0)
    os.read(ready, 1)
    return time.process_time()
"""
    student = enrol(source, lenient_zygote, limits=ALLOWED)
    said = student.f()
    channel: Any = student._channel
    usage = channel._worker.meter.read()

    assert usage.seconds >= said + 0.25


def test_children_too_short_to_be_seen_spend_the_workers_time(
    enrol: Enrol, lenient_zygote: Zygote
) -> None:
    """One after the other, each gone before anybody looks, and none waited for."""
    source = """
import os, signal, time
def f():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in range(200):
        if os.fork() == 0:
            while time.process_time() < 0.003: pass
            os._exit(0)
        try: os.wait()
        except ChildProcessError: pass
    return time.process_time()
"""
    student = enrol(source, lenient_zygote, limits=ALLOWED)
    channel: Any = student._channel
    before = channel._worker.meter.read()
    if channel._worker.meter._account is None:
        pytest.skip("this user may make no control group that counts processor time here")
    own = student.f()
    usage = channel._worker.meter.read()

    assert usage.seconds >= own + 0.5
    folder = channel._worker.meter._account.__self__.folder
    assert usage.seconds - before.seconds < 30 and folder.is_dir()
    channel.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    "call", ["unshare(0x10000000)", "socket(2, 1, 0)", "clone(0, 0, 0x10000011, 0)"]
)
def test_processes_may_no_more_than_the_one_that_starts_them(
    enrol: Enrol, lenient_zygote: Zygote, call: str
) -> None:
    """A child is behind the same filter: no namespaces, no sockets."""
    program = f"import ctypes; print(ctypes.CDLL(None).{call})"
    source = "import subprocess, sys\ndef f(code):\n"
    source += "    return subprocess.run([sys.executable, '-c', code], capture_output=True)"
    source += ".stdout.decode()"

    assert enrol(source, lenient_zygote, limits=ALLOWED).f(program) == "-1\n"


def test_processes_end_with_the_worker(enrol: Enrol, lenient_zygote: Zygote) -> None:
    """What a worker started, in a session of its own, is gone when it is stopped."""
    source = """
import os, time
def f():
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0: time.sleep(600)
            os._exit(0)
    return 1
"""
    program = Path("/proc")
    before = set(program.glob("[0-9]*"))
    student = enrol(source, lenient_zygote, limits=ALLOWED)
    assert student.f() == 1
    channel: Any = student._channel
    channel.close()

    def ended() -> bool:
        new = set(program.glob("[0-9]*")) - before
        return not any(_below(path, lenient_zygote) for path in new)

    assert until(ended)


def _below(path: Path, zygote: Zygote) -> bool:
    """Whether a process has the zygote among its ancestors."""
    assert zygote._launched is not None
    while path.name not in ("0", "1", str(zygote._launched.process.pid)):
        try:
            stat = (path / "stat").read_text()
        except OSError:
            return False
        path = path.parent / stat.rpartition(")")[2].split()[1]
    return path.name == str(zygote._launched.process.pid)


# -- other systems ------------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_grade_in_a_plain_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, enrol: Enrol, system: str
) -> None:
    """Nothing crashes there: a fresh process for each submission, and a clear warning."""
    # Unmarked, as on Windows, a directory among others would be removed as abandoned.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "platform", system)

    with Zygote() as zygote:
        student = enrol("import os\ndef f(x):\n    return x + 1", zygote)

        assert student.f(np.ones(2)).tolist() == [2, 2]
        assert zygote.isolation.level == "process"
        assert not any(zygote.isolation.layers.values())
        assert "WEAK ISOLATION" in zygote.isolation.warning
        assert "Linux" in zygote.isolation.warning
        with pytest.raises(InternalError, match="requires isolation level landlock"):
            require(zygote.isolation, "landlock")


def test_where_sockets_are_not_handed_down_the_worker_calls_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On Windows a worker connects and says who it is; without poll, select waits."""
    monkeypatch.setattr(desk.sys, "platform", "win32")
    monkeypatch.delattr(select, "poll")
    worker = desk_worker(tmp_path)
    payload = {"pieces": [("a.py", 1, "def f(): return 1")], "files": {}, "framework": "numpy"}
    try:
        worker.request("submission", {**payload, "device": "cpu"}, deadline_in(60))
        worker.request("begin", {"exercise": "f", "seed": 1}, deadline_in(60))
        answer = worker.request("call", {"name": "f", "args": [], "kwargs": {}}, deadline_in(60))
    finally:
        worker.stop()

    assert answer[0] == "value"
    with pytest.raises(Crashed):
        worker.request("begin", {"exercise": "f", "seed": 1}, deadline_in(0.2))


def test_a_worker_that_does_not_call_back_is_waited_for_no_longer_than_it_lives(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A process that ends before it calls is the machine's fault, and said at once."""
    monkeypatch.setattr(desk.sys, "platform", "win32")
    monkeypatch.setattr(desk, "_CONNECT", "raise SystemExit({port} and {token!r} and 1)")

    with pytest.raises(InternalError, match="did not call back"):
        desk_worker(tmp_path, prints=False)


def test_nothing_needs_what_only_unix_has_to_be_imported() -> None:
    """Without fcntl, resource, fork, poll and the C library's symbols, imports succeed."""
    program = """
import ctypes, multiprocessing.connection, os, select, shutil, signal, socket, subprocess
import sys, tempfile
import numpy, msgspec
sys.platform = "win32"
for name in ("fcntl", "resource", "pwd", "grp"):
    sys.modules[name] = None
for name in ("fork", "geteuid", "getuid", "pidfd_open", "O_DIRECTORY", "O_PATH"):
    if hasattr(os, name): delattr(os, name)
del select.poll, signal.SIGKILL
class Library:
    def __init__(self, *args, **kwargs): raise OSError("no such library")
ctypes.CDLL = Library
import grader.sandbox.zygote, grader.sandbox.desk_worker, grader.grading.score
from grader.worker import walls, serve
walls.die_with_parent()
print(grader.sandbox.zygote.Zygote().isolation.level)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert done.stdout == "process\n", done.stderr


@linux
def test_a_worker_is_an_ordinary_user(any_zygote: Zygote) -> None:
    """Where the superuser grades, workers are nobody if that can be."""
    layers = any_zygote.isolation.layers

    if os.geteuid() == 0 and any_zygote._candidate.user is None:
        assert layers["an ordinary user"] is False
        assert "an ordinary user" in any_zygote.isolation.warning
    else:
        assert layers["an ordinary user"] is True


@linux
def test_without_namespaces_each_zygote_is_a_user_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neighbours are strangers to the kernel, unless it knows too few users."""
    users = [launch._user_of(Candidate(level, 65534)) for level in ("landlock", "user", "landlock")]
    inside = launch._user_of(Candidate("bubblewrap", 65534))
    monkeypatch.setattr(launch, "_FIRST_USER", 2**32)

    assert len(set(users)) == 3
    assert all(user is not None and 0x60000000 <= user < 0x70000000 for user in users)
    assert inside == launch._user_of(Candidate("user", 65534)) == 65534
    assert launch._user_of(Candidate("landlock")) is None


@linux
def test_a_level_is_not_called_landlock_where_the_kernel_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To another user the files may be closed all the same; that is the level below."""
    found: Any = launch.Launched.layers
    without = property(lambda launched: {**found.fget(launched), "Landlock": False})
    monkeypatch.setattr(launch.Launched, "layers", without)
    monkeypatch.setattr(zygotes, "_working_levels", {})

    with Zygote(["numpy"], level="landlock") as zygote:
        isolation = zygote.isolation

    assert isolation.level in ("user", "process")
    assert not isolation.warning or "the kernel has no Landlock" in isolation.warning


@linux
def test_landlock_is_an_inner_wall_at_the_strongest_level_too(zygote: Zygote) -> None:
    """A private root and Landlock stand together where the kernel has both."""
    assert zygote.isolation.layers["Landlock"] is (landlock.abi() > 0)


def test_channels_ask_for_a_new_worker_when_a_limit_changes(
    enrol: Enrol, any_zygote: Zygote
) -> None:
    """Memory, files and processes are bounded for a worker's life."""
    started: list[Limits] = []
    student = enrol("def f(): return 1", any_zygote)
    channel: WorkerChannel = student._channel  # type: ignore[assignment]
    real = channel._start
    channel._start = lambda limits, seconds: started.append(limits) or real(limits, seconds)  # type: ignore[func-returns-value]

    for limits in (Limits(disk_mb=8), Limits(disk_mb=8, seconds=9), Limits(disk_mb=9)):
        channel.begin("f", 1, limits)

    assert [limits.disk_mb for limits in started] == [8, 9]
