"""A class of 100: `gradproof score` against one `python -m pytest` process per submission.

The same submissions and the same checks in one run, on the same number of cores. The rival has
pytest import the submission into its own process: no walls, no deadline, and it holds the
answers. What is compared is only how long a class takes and what memory it needs.

    python benchmarks/score_vs_pytest.py --copies 100 --jobs 2
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.source import read_cells, reference_text  # noqa: E402  # needs the path above

ASSIGNMENT = "softmax_regression"


def in_softmax(old: str, new: str) -> Callable[[str], str]:
    """Return an edit of the reference that replaces the first *old* in softmax by *new*."""

    def edit(text: str) -> str:
        before, head, body = text.partition("def softmax(X):")
        return before + head + body.replace(old, new, 1)

    return edit


VARIANTS = {
    "reference": lambda text: text,
    "no_shift": lambda text: text.replace(
        "X - X.amax(dim=1, keepdim=True)", "X - X.mean(dim=1, keepdim=True)"
    ),
    "unwritten": in_softmax("    ### BEGIN", "    raise NotImplementedError\n    #"),
    "none": in_softmax("return ", "None and "),
    "raises": in_softmax("return ", "return 1 / 0 + "),
}


def make_class(directory: Path, copies: int) -> list[Path]:
    """Write a mixed class: right, wrong, unwritten, forgotten return, raising."""
    text = reference_text(read_cells(ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py"))
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
    """Watches the memory of everything below this process.

    Attributes:
        peak: most memory of all processes together, shared pages counted once, in bytes.

        worker: most memory that one submission's worker had to itself, in bytes.
    """

    def __init__(self) -> None:
        self.peak = 0
        self.worker = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        # Looking costs milliseconds for each process: seldom enough not to be what is measured.
        while not self._stop.wait(1.0):
            total = 0
            for pid, ancestors in _descendants(os.getpid()).items():
                sizes = _memory(pid)
                total += sizes.get("Pss", 0)
                # zygote, supervisor and worker are forks of one another and look alike
                if sum(_is_zygote(ancestor) for ancestor in ancestors[-2:]) == 2:
                    own = sizes.get("Private_Dirty", 0) + sizes.get("Private_Clean", 0)
                    self.worker = max(self.worker, own)
            self.peak = max(self.peak, total)


def _descendants(root: int) -> dict[int, list[int]]:
    """Return the processes below *root*, each with its ancestors from *root* down."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found: dict[int, list[int]] = {}
    todo = [(root, [root])]
    while todo:
        pid, ancestors = todo.pop()
        for child in children.get(pid, []):
            found[child] = ancestors
            todo.append((child, [*ancestors, child]))
    return found


def _is_zygote(pid: int) -> bool:
    try:
        program, *arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return b"bwrap" not in program and b"zygote import main" in b" ".join(arguments)
    except OSError:
        return False


def _memory(pid: int) -> dict[str, int]:
    """Return a process's memory in bytes, by kind."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}


def measured(label: str, copies: int, run: Callable[[], object]) -> float:
    """Run and print one side; return its wall seconds."""
    memory, began = Memory(), time.monotonic()
    run()
    wall = time.monotonic() - began
    memory.stop()
    per = f", {memory.worker / 2**20:.0f} MiB of its own for a submission" if memory.worker else ""
    print(
        f"{label:<24}{wall:7.1f} s, {wall / copies * 1000:6.0f} ms a submission, "
        f"{memory.peak / 2**20:5.0f} MiB at most{per}"
    )
    return wall


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
        wall = measured("gradproof score", options.copies, ours)
        rival_wall = measured("pytest, a process each", options.copies, rival)
        print(f"ratio: {rival_wall / wall:.1f}")


if __name__ == "__main__":
    main()
