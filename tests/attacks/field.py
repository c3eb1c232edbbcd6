"""What there is to attack, put up by the tests, and a look at what became of it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from grader.worker import walls

#: what a report must hold no part of: it would command a terminal, a browser or a reader's eye
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: what an attack says that got what it was after; quoted, it is only a line of its text
BOAST = re.compile('(?<!")got: ')
_SECRETS = ("course/total.py", "results/eve.json", "submissions/eve.py", "home/.profile")
_VARIABLE = "GRADPROOF_ATTACKED"
_VICTIM = "import sys, time; secret = sys.stdin.read(); file = open({path!r}); time.sleep(3600)"
_SEGMENT = 4096
#: flag of a process that is about to end: PF_EXITING in the kernel's sched.h
_EXITING = 0x4


class Field:
    """A course's secrets, another's work, a running process, sockets that listen, a home.

    All of it is open to anyone by the permissions of files: these alone must not be what saves it.
    Except where they are: then all of it is the grader's alone.

    Args:
        kept: whether permissions keep it.

    Attributes:
        secret: what stands in everything that must not be read.

        root: the folder that everything lies in.

        mode: of the files.
    """

    def __init__(self, kept: bool = False) -> None:
        self.mode = 0o600 if kept else 0o666
        self.secret = f"SECRET-{secrets.token_hex(12)}"
        self._key = secrets.randbits(30) + 1
        self.tag = f"attack-{secrets.token_hex(6)}"
        self.root = Path(tempfile.mkdtemp(prefix="gradproof-field-"))
        self.temporary = self.root / "tmp"
        for name in ("tmp", "marker", "home", "spool", "course", "results", "submissions"):
            (self.root / name).mkdir()
            (self.root / name).chmod(0o700 if kept else 0o777)
        self.temporary.chmod(0o1777)
        self.root.chmod(0o755)
        self._files = {self.root / name: f"# {self.secret}\n" for name in _SECRETS}
        for path, text in self._files.items():
            self._write(path, text)
        self._facts = {path: _facts(path) for path in self._files}
        (self.root / "results" / self.secret).touch()
        self.shared = Path("/dev/shm") / f"{self.tag}-shared"
        self.shared.write_text(self.secret)
        self.shared.chmod(self.mode)
        self._user = walls.NOBODY if os.geteuid() == 0 else os.geteuid()
        os.chown(self.shared, self._user, self._user)
        self._tcp = _listening(socket.socket(), ("127.0.0.1", 0))
        self._abstract = _listening(socket.socket(socket.AF_UNIX), f"\0{self.tag}")
        self._unix = _listening(socket.socket(socket.AF_UNIX), str(self.root / "socket"))
        (self.root / "socket").chmod(self.mode)
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self._udp.setblocking(False)
        # An address of this field's own: at the usual one anyone may take a port that is free now.
        own = ".".join(str(secrets.randbelow(254) + 1) for _ in range(3))
        with socket.socket() as free:
            free.bind((f"127.{own}", 0))
            self.door: tuple[str, int] = free.getsockname()
        os.environ[_VARIABLE] = self.secret
        walls._ENVIRONMENT[_VARIABLE + "_RUN"] = self.tag
        self._victim = self._start_victim()
        self._stood = self._standing()
        self._segment = _shared_segment(self.secret)

    def _start_victim(self) -> subprocess.Popen[str]:
        """Start a process of another's, or of the user that workers are."""
        code = _VICTIM.format(path=str(self.shared))
        start = partial(
            subprocess.Popen,
            [sys.executable, "-I", "-S", "-c", code, self.secret],
            stdin=subprocess.PIPE,
            env={_VARIABLE: self.secret},
            text=True,
        )
        try:
            user = {"user": self._user, "group": self._user} if os.geteuid() == 0 else {}
            victim = start(**user)
        except PermissionError:  # of a Python that only the superuser can read
            victim = start()
        assert victim.stdin is not None
        victim.stdin.write(self.secret)
        victim.stdin.close()
        return victim

    def live_as(self, user: int) -> None:
        """Have the process that is attacked be one of *user*."""
        self._user = user
        os.chown(self.shared, user, user)
        self._victim.kill()
        self._victim.wait()
        self._victim = self._start_victim()
        self._stood = self._standing()

    def _standing(self) -> tuple[object, ...]:
        """Return what the kernel grants the victim."""
        pid = self._victim.pid
        limits = Path(f"/proc/{pid}/limits").read_text()
        share = os.getpriority(os.PRIO_PROCESS, pid), os.sched_getscheduler(pid)
        return limits, *share, os.sched_getaffinity(pid)

    @property
    def private(self) -> tuple[Path, ...]:
        """What a level must keep from workers."""
        return tuple(path for path in self._files if "home" not in path.parts)

    def target(self) -> dict[str, Any]:
        """Return what attacks are told."""
        return {
            "root": str(self.root),
            "marker": str(self.root / "marker"),
            "home": str(self.root / "home"),
            "spool": str(self.root / "spool"),
            "reference": str(self.root / "course/total.py"),
            "results": str(self.root / "results"),
            "submissions": str(self.root / "submissions"),
            "shared": str(self.shared),
            "socket": str(self.root / "socket"),
            "tcp": self._tcp.getsockname()[1],
            "udp": self._udp.getsockname()[1],
            "abstract": self.tag,
            "door": self.door,
            "victim": self._victim.pid,
            "grader": os.getpid(),
            "tag": self.tag,
            "key": self._key,
            "segment": self._segment,
        }

    @contextlib.contextmanager
    def apart(self) -> Iterator[None]:
        """Have zygotes that are started meanwhile be none whose processes are looked at."""
        mark = walls._ENVIRONMENT.pop(_VARIABLE + "_RUN")
        try:
            yield
        finally:
            walls._ENVIRONMENT[_VARIABLE + "_RUN"] = mark

    def processes(self) -> set[int]:
        """Return the processes that the zygote or anything below it has started."""
        found = set()
        wanted = f"{_VARIABLE}_RUN={self.tag}".encode()
        for path in Path("/proc").glob("[0-9]*/environ"):
            with contextlib.suppress(OSError):
                if wanted in path.read_bytes():
                    found.add(int(path.parent.name))
        return found

    def harms(self, report: str) -> set[str]:
        """Return what became of the field, and mend it.

        Args:
            report: all that anyone will read of the attack.
        """
        found = set()
        found |= {"stolen"} if self.secret in report else set()
        found |= {"boasted"} if BOAST.search(report) else set()
        found |= {"spoke"} if self._anything_arrived() else set()
        found |= {"a door is open"} if self._door_is_open() else set()
        found |= {"the victim is hurt"} if not self._victim_is_well() else set()
        found |= {"files left"} if self._mend() else set()
        return found

    def _anything_arrived(self) -> bool:
        came = []
        for sock in (self._tcp, self._abstract, self._unix):
            with contextlib.suppress(OSError):
                sock.accept()[0].close()
                came.append(sock)
        with contextlib.suppress(OSError):
            came.append(self._udp.recv(1))
        return bool(came)

    def _door_is_open(self) -> bool:
        with socket.socket() as sock, contextlib.suppress(OSError):
            sock.settimeout(1)
            sock.connect(self.door)
            return True
        return False

    def _victim_is_well(self) -> bool:
        # A signal that was sent is a fact; on a busy machine it takes time to have its effect.
        settled(lambda: {"dying"} if _is_dying(self._victim.pid) else set(), set())
        if self._victim.poll() is None:
            state = Path(f"/proc/{self._victim.pid}/stat").read_text().rpartition(")")[2].split()[0]
            if state not in "Tt" and self._standing() == self._stood:
                return True
            self._victim.kill()
            self._victim.wait()
        self._victim = self._start_victim()
        return False

    def _mend(self) -> list[str]:
        """Put everything back as it was; return what was not."""
        wrong = []
        for path, text in self._files.items():
            if _facts(path) != self._facts[path] or path.read_text() != text:
                self._write(path, text)
                self._facts[path] = _facts(path)
                wrong.append(str(path))
        places = [self.root / name for name in ("marker", "spool", "home")]
        strange = [p for place in places for p in place.iterdir() if p not in self._files]
        for place in ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run"):
            strange += [p for p in Path(place).glob(f"*{self.tag}*") if p != self.shared]
        for path in strange:
            path.unlink()
        made = _segments(self._key)
        for segment in made:
            ctypes.CDLL(None).shmctl(segment, 0, None)
        return [*wrong, *map(str, strange), *map(str, made)]

    def _write(self, path: Path, text: str) -> None:
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(self.mode)

    def left_in_temporary(self) -> list[str]:
        """Return what lies in the grader's folder for temporary files."""
        return sorted(path.name for path in self.temporary.iterdir())

    def close(self) -> None:
        """Take everything away."""
        self._victim.kill()
        self._victim.wait()
        for sock in (self._tcp, self._abstract, self._unix, self._udp):
            sock.close()
        self.shared.unlink(missing_ok=True)
        ctypes.CDLL(None).shmctl(self._segment, 0, None)
        for process in self.processes():
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        for path in self.root.iterdir():
            path.unlink() if not path.is_dir() else path.chmod(0o777)
        shutil.rmtree(self.root, ignore_errors=True)


def _is_dying(pid: int) -> bool:
    """Whether a process has a signal to handle, or is about to end."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        flags = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[6])
    except OSError:
        return False
    pending = re.findall(r"^S(?:ig|hd)Pnd:\s*([0-9a-f]+)", status, re.MULTILINE)
    waits = bool(flags & _EXITING) or any(int(mask, 16) for mask in pending)
    return waits and "State:\tZ" not in status and "State:\tT" not in status


def settled(look: Any, wanted: Any, seconds: float = 6.0) -> bool:
    """Wait until *look* finds no more than *wanted*; return whether it did so."""
    end = time.monotonic() + seconds
    while not look() <= wanted:
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _facts(path: Path) -> tuple[object, ...]:
    """Return what there is to know of a file besides its contents."""
    if not path.exists():
        return ()
    status = path.stat()
    return status.st_mode, status.st_uid, status.st_mtime_ns, os.listxattr(path)


def _shared_segment(secret: str) -> int:
    """Return the number of a new segment of shared memory that holds *secret*."""
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    number = libc.shmget(0, _SEGMENT, 0o1666)
    ctypes.memmove(ctypes.c_void_p(libc.shmat(number, None, 0)), secret.encode(), len(secret))
    return int(number)


def _segments(key: int) -> list[int]:
    """Return the segments of shared memory that were made under *key*."""
    rows = [line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]]
    return [int(row[1]) for row in rows if int(row[0]) == key]


def _listening(sock: socket.socket, address: Any) -> socket.socket:
    sock.bind(address)
    sock.listen()
    sock.setblocking(False)
    return sock
