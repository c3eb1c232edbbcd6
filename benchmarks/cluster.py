"""What a Dask cluster costs a submission, and what losing parts of it costs a run.

The class of ``benchmarks/graders.py`` is graded on this machine, then by as many workers of a Dask
cluster on this machine; then by three workers of which one is killed when a third is graded, and
another when two thirds are; then through a relay that cuts the connection to the scheduler. Every
report is compared with that of this machine.

    python benchmarks/cluster.py --size 100 --workers 1 2 4
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.regrades import without_times  # noqa: E402  # needs the path above
from benchmarks.seven import ASSIGNMENT, class_of, make_course  # noqa: E402
from grader.course.catalogue import Course  # noqa: E402
from grader.grading.score import ScoreOptions, score, submissions_of  # noqa: E402
from grader.outcome import Result  # noqa: E402
from grader.submission.collect import collect  # noqa: E402


@dataclass
class Cluster:
    """A scheduler on this machine, and workers of one thread each, all processes of their own."""

    home: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.scheduler = self._start("dask_scheduler", "--port", str(self.port))
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                break
            time.sleep(0.1)

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-P", "-m", f"distributed.cli.{what}", *arguments]
        return subprocess.Popen(
            [*program, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=self.home,
            env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def add_worker(self) -> None:
        """Start one more worker."""
        folder = str(self.home / f"worker{len(self.workers)}")
        wanted = ("--nthreads", "1", "--no-nanny", "--local-directory", folder)
        self.workers.append(self._start("dask_worker", f"tcp://127.0.0.1:{self.port}", *wanted))

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_exception: object) -> None:
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Relay:
    """Passes on what goes to and from a scheduler; cuts it all when told to, and takes new ones."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                ours, _address = self._server.accept()
                theirs = socket.create_connection(("127.0.0.1", self._port))
                self._open += [ours, theirs]
                for one, other in ((ours, theirs), (theirs, ours)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """End every connection; the next one is passed on as before."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()


@dataclass
class Graded:
    """One run: seconds in all and from the first grade to the last, and every report."""

    wall: float
    steady: float
    reports: dict[str, str]


def run(
    course: Course, options: ScoreOptions, when: dict[int, Callable[[], None]] | None = None
) -> Graded:
    """Score from nothing, and call what stands in *when* as so many submissions are graded."""
    results = course.root / "results" / ASSIGNMENT
    for path in sorted(results.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    began, seen = time.monotonic(), list[float]()

    def progress(done: int, total: int, result: Result) -> None:
        seen.append(time.monotonic())
        if action := (when or {}).get(len(seen)):
            action()

    scored = score(course, course.assignments[0], options, progress)
    assert not scored.lost, scored.lost
    reports = {one.learner: without_times(one) for one in scored.results}
    assert len(seen) == len(reports), "a submission was graded twice"
    return Graded(time.monotonic() - began, seen[-1] - seen[0], reports)


def say(label: str, found: Graded, alone: Graded) -> None:
    """Print one run, beside the one on this machine."""
    count = len(alone.reports)
    same = sum(found.reports.get(who) == report for who, report in alone.reports.items())
    more = (found.steady - alone.steady) / (count - 1) * 1000
    print(
        f"| {label} | {found.wall:.1f} s | {found.steady / (count - 1) * 1000:.0f} ms "
        f"| {more:+.0f} ms | {same} of {count} |",
        flush=True,
    )


def main() -> None:
    """Grade on this machine and on clusters, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=100, help="of the class")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        course = make_course(home / "course")
        for learner, text in class_of(course, options.size).items():
            path = home / "inbox" / f"{learner}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        collect(home / "inbox", ASSIGNMENT, submissions_of(course))
        print("| graded by | in all | each | more than here | equal reports |")
        print("| --- | --: | --: | --: | --: |")
        alone = {}
        for workers in options.workers:
            alone[workers] = run(course, ScoreOptions(jobs=workers))
            say(f"this machine, {workers} jobs", alone[workers], alone[workers])
            with Cluster(home) as cluster:
                for _number in range(workers):
                    cluster.add_worker()
                found = run(course, ScoreOptions(cluster=f"tcp://127.0.0.1:{cluster.port}"))
            say(f"{workers} workers", found, alone[workers])
        third, first = options.size // 3, alone[options.workers[0]]
        with Cluster(home) as cluster:
            for _number in range(3):
                cluster.add_worker()
            kills = {n * third: cluster.workers[n - 1].kill for n in (1, 2)}
            address = f"tcp://127.0.0.1:{cluster.port}"
            say("3 workers, two killed", run(course, ScoreOptions(cluster=address), kills), first)
        with Cluster(home) as cluster:
            for _number in range(2):
                cluster.add_worker()
            relay = Relay(cluster.port)
            address = f"tcp://127.0.0.1:{relay.port}"
            cut = {third: relay.cut}
            say("2 workers, cut once", run(course, ScoreOptions(cluster=address), cut), first)


if __name__ == "__main__":
    main()
