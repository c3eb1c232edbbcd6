"""`gradproof score` killed at random instants: is anything lost, and is anything left over?

A class is scored undisturbed. Then, again and again, scoring begins anew, is killed (SIGKILL) at
an instant drawn from the whole length of the undisturbed run, and is run once more. Every report
and the table must be those of the undisturbed run, but for what a clock measured; no process of
the killed run may go on, and no temporary file may be left when the second run has ended.

    python benchmarks/kills.py --kills 200
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.score_vs_pytest import ASSIGNMENT, make_class  # noqa: E402  # needs the path above
from grader.course.catalogue import Course, catalogue_file  # noqa: E402
from grader.errors import GraderError  # noqa: E402
from grader.grading.score import submissions_of  # noqa: E402
from grader.report.json_report import from_json  # noqa: E402
from grader.submission.collect import Collection, collect  # noqa: E402

PROGRAM = [sys.executable, "-P", "-c", "from cli import main; main(prog_name='gradproof')"]
PR_SET_CHILD_SUBREAPER = 36
#: how long a process of a killed run may take to die
SECONDS_TO_DIE = 5.0


def timeless(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of a report without what a clock measured."""
    return {key: value for key, value in pairs if key != "seconds"}


class Class:
    """A course of its own, with a collected class, in the directory *home*.

    Args:
        seconds: the time limit of a check; the course's own if None.
    """

    def __init__(self, home: Path, seconds: float | None = None) -> None:
        home.chmod(0o755)
        self.home = home
        self.results = home / "results" / ASSIGNMENT
        self.temporary = home / "tmp"
        self.temporary.mkdir()
        self.temporary.chmod(0o1777)
        for tree in ("solutions", "autograder_tests"):
            (home / tree).symlink_to(ROOT / tree)
        shutil.copytree(ROOT / "assignments", home / "assignments")
        if seconds is not None:
            path = catalogue_file(home)
            text = re.sub(r"\bseconds = [0-9.]+", f"seconds = {seconds:g}", path.read_text("utf-8"))
            path.write_text(text, encoding="utf-8")

    def collect(self, inbox: Path) -> Collection:
        """Take in everything in *inbox*."""
        return collect(inbox, ASSIGNMENT, submissions_of(Course.load(self.home)))

    def forget(self) -> None:
        """Remove all results but the secret seed, so that hidden checks stay the same."""
        shutil.rmtree(self.results, ignore_errors=True)

    def start(self, jobs: int, learners: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        """Begin to score."""
        named = [part for learner in learners for part in ("--learner", learner)]
        return subprocess.Popen(
            [*PROGRAM, "score", ASSIGNMENT, "--jobs", str(jobs), "--course", self.home, *named],
            env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(self.temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def score(self, jobs: int, learners: tuple[str, ...] = ()) -> tuple[float, int]:
        """Score; return the seconds that took, and the exit code."""
        began = time.monotonic()
        code = self.start(jobs, learners).wait()
        return time.monotonic() - began, code

    def reports(self) -> dict[str, str]:
        """Return every file of the results, reports without their times."""
        found = {}
        for path in sorted(self.results.rglob("*")):
            if path.suffix == ".json":
                report = json.loads(path.read_text("utf-8"), object_pairs_hook=timeless)
                found[str(path.relative_to(self.results))] = json.dumps(report)
            elif path.is_file():
                found[str(path.relative_to(self.results))] = path.read_text("utf-8")
        return found

    def torn(self) -> list[Path]:
        """Return reports that cannot be read."""
        return [path for path in self.results.glob("*/report.json") if not _is_whole(path)]

    def temporaries(self) -> list[Path]:
        """Return what should be there no longer when a run has ended."""
        half = self.results.parent.rglob(".*.tmp")
        return [*half, *self.temporary.iterdir()]


def _is_whole(path: Path) -> bool:
    try:
        from_json(path.read_bytes())
    except GraderError:
        return False
    return True


def adopt_orphans() -> None:
    """Become the parent of every process below whose own parent dies."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no orphan can be seen here")


def _children() -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state not in "ZX":
                yield int(path.parent.name)


def survivors() -> list[int]:
    """Return the processes that go on though they had time to die; ends them."""
    until = time.monotonic() + SECONDS_TO_DIE
    while (alive := list(_children())) and time.monotonic() < until:
        time.sleep(0.02)
    for process in alive:
        command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ")
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        print(f"\nstill there: {process} ({state}) {command[:120]!r}", flush=True)
        os.kill(process, 9)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return alive


def main() -> None:
    """Kill, run again, compare; say what was lost or left."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    adopt_orphans()
    chance = random.Random(options.seed)
    equal = torn = left = files = midway = 0
    with tempfile.TemporaryDirectory() as home:
        taught = Class(Path(home))
        make_class(Path(home) / "inbox", options.learners)
        taught.collect(Path(home) / "inbox")
        taught.score(options.jobs)  # draws the secret seed, warms the machine
        taught.forget()
        seconds, code = taught.score(options.jobs)
        undisturbed = taught.reports()
        if code or len(undisturbed) != 2 * options.learners + 1:
            sys.exit(f"the undisturbed run ended with {code}")
        print(f"undisturbed: {seconds:.1f} s, {len(undisturbed)} files", flush=True)
        for number in range(1, options.kills + 1):
            taught.forget()
            run = taught.start(options.jobs)
            time.sleep(chance.uniform(0, seconds))
            run.kill()
            run.wait()
            left += len(survivors())
            torn += len(taught.torn())
            midway += 0 < len(list(taught.results.glob("*/report.json"))) < options.learners
            taught.score(options.jobs)
            left += len(survivors())
            files += len(taught.temporaries())
            again = taught.reports()
            equal += again == undisturbed
            differ = {n for n in again | undisturbed if again.get(n) != undisturbed.get(n)}
            for name in sorted(differ)[:3]:
                print(f"\nkill {number}: {name} is another", flush=True)
            print(f"\r{number} of {options.kills}", end="", file=sys.stderr, flush=True)
    print(f"\n{equal} of {options.kills} equal; {midway} were killed between two reports")
    print(f"torn reports {torn}, leftover processes {left}, leftover temporary files {files}")
    sys.exit(0 if equal == options.kills and not torn + left + files else 1)


if __name__ == "__main__":
    main()
