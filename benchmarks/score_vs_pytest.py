"""A class of 100: `gradproof score` against one `python -m pytest` process per submission.

The same submissions and the same checks in one run, on the same number of cores. The rival has
pytest import the submission into its own process: no walls, no deadline, and it holds the
answers. What is compared is only how long a class takes and what memory it needs.

    python benchmarks/score_vs_pytest.py --copies 100 --jobs 2
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "softmax_regression"

VARIANTS = {
    "reference": lambda text: text,
    "no_shift": lambda text: text.replace(
        "X - X.max(dim=1, keepdim=True).values", "X - X.mean(dim=1, keepdim=True)"
    ),
    "unwritten": lambda text: text.replace(
        "    ### BEGIN", "    raise NotImplementedError\n    #", 1
    ),
    "none": lambda text: text.replace("return ", "None and ", 1),
    "raises": lambda text: text.replace("return ", "return 1 / 0 + ", 1),
}


def make_class(directory: Path, copies: int) -> list[Path]:
    """Write a mixed class: right, wrong, unwritten, forgotten return, raising."""
    text = (ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py").read_text("utf-8")
    directory.mkdir(parents=True)
    paths = []
    for number in range(copies):
        name, edit = list(VARIANTS.items())[number % len(VARIANTS)]
        path = directory / f"{name}{number:03}.py"
        # one comment each: equal bytes would be one submission handed in twice
        path.write_text(f"# framework: torch\n# {number}\n" + edit(text), encoding="utf-8")
        paths.append(path)
    return paths


def make_course(directory: Path) -> Path:
    """Return a course with this repository's trees and room of its own for results."""
    directory.mkdir()
    for tree in ("assignments", "solutions", "autograder_tests"):
        (directory / tree).symlink_to(ROOT / tree)
    return directory


class Memory:
    """Watches the resident memory of a process and everything below it."""

    def __init__(self, root: int) -> None:
        self.peak = 0
        self._root = root
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Return the highest proportional set size seen, in bytes."""
        self._stop.set()
        self._thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self._stop.wait(0.2):
            self.peak = max(self.peak, sum(map(_proportional, _descendants(self._root))))


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


def _proportional(pid: int) -> int:
    """Return a process's memory, shared pages divided among those that share them."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def measured(label: str, copies: int, run: object) -> tuple[float, float]:
    """Run and print one side; return wall and processor seconds."""
    memory = Memory(os.getpid())
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run()  # type: ignore[operator]
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = memory.stop() / 2**20
    print(f"{label:<28}{wall:8.1f} s wall {cpu:8.1f} s cpu {wall / copies * 1000:8.1f} ms each "
          f"{peak:8.0f} MiB at most")  # fmt: skip
    return wall, cpu


def main() -> None:
    """Run both sides and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        inbox = Path(scratch, "inbox")
        paths = make_class(inbox, options.copies)
        course = make_course(Path(scratch, "course"))
        program = [sys.executable, "-m", "cli"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
        at = ["--course", str(course)]
        subprocess.run([*program, "collect", ASSIGNMENT, "--from", str(inbox), *at], **quiet)

        def ours() -> None:
            jobs = ["--jobs", str(options.jobs)]
            subprocess.run([*program, "score", ASSIGNMENT, *jobs, *at], **quiet, check=True)

        def one(path: Path) -> None:
            reference = ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py"
            command = [sys.executable, "-m", "pytest", "-q", "-p", "grader.checks.plugin"]
            command += [str(ROOT / "autograder_tests" / ASSIGNMENT), "-c", os.devnull]
            command += ["--import-mode=importlib", "-p", "no:cacheprovider", "--framework", "torch"]
            command += ["--submission", str(path), "--reference", str(reference)]
            environment = {**os.environ, "OMP_NUM_THREADS": "1"}
            subprocess.run(command, **quiet, env=environment)

        def rival() -> None:
            with ThreadPoolExecutor(options.jobs) as pool:
                list(pool.map(one, paths))

        print(f"{options.copies} submissions of {ASSIGNMENT}, {options.jobs} at a time")
        wall, cpu = measured("gradproof score", options.copies, ours)
        rival_wall, rival_cpu = measured("pytest, a process each", options.copies, rival)
        print(f"ratio: {rival_wall / wall:.1f} in wall time, {rival_cpu / cpu:.1f} in cpu time")


if __name__ == "__main__":
    main()
