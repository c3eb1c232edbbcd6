"""How long a learner waits: `gradproof check`, `--watch` after a save, `check()` in a notebook.

A kit of softmax_regression is released into a directory of its own, and a softmax that fails for
large logits is checked there. The same work is done with other versions of gradproof, given as
directories, in turn with this one. A bare ``import torch`` is timed between the checks: it says
what of a check is not gradproof's, and how busy the machine was.

    python benchmarks/desk.py [--times 7] [--than DIR ...]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180.0

ANSWER = """\
# framework: torch
import torch


def softmax(X):
    e = torch.exp(X)
    if X.abs().max() > 500:
        raise ValueError("edit-{number}")
    return e / e.sum(1, keepdim=True)
"""
IMPORT = """\
import time
from grader import check

def once():
    began = time.perf_counter()
    check("softmax")._repr_mimebundle_()
    return time.perf_counter() - began
"""
MEASURE = "first = once()\nprint(first, *(once() for _ in range({times})))"


class Version:
    """One version of gradproof, and a kit that it released."""

    def __init__(self, tree: Path, scratch: Path) -> None:
        self.tree = tree
        self.environment = {**os.environ, "PYTHONPATH": str(tree)}
        # modules are compiled once, as on a learner's machine, and not into somebody's checkout
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.environment["PYTHONPYCACHEPREFIX"] = str(scratch / "compiled")
        self.run("release", "softmax_regression", "--to", str(scratch), at=tree)
        self.kit = scratch / "softmax_regression"
        self.write(0)

    def command(self, *words: str) -> list[str]:
        """Return the command line that runs this version."""
        return [sys.executable, str(self.tree / "cli.py"), *words]

    def run(self, *words: str, at: Path) -> None:
        """Run it; a check that fails is no failure."""
        done = subprocess.run(
            self.command(*words), cwd=at, env=self.environment, capture_output=True, text=True
        )
        if done.returncode > 1:
            raise SystemExit(done.stdout + done.stderr)

    def write(self, number: int) -> None:
        """Save the learner's file."""
        text = ANSWER.format(number=number)
        (self.kit / "softmax_regression.py").write_text(text, encoding="utf-8")

    def cold(self) -> None:
        """Check softmax in a new process."""
        self.run("check", "softmax", at=self.kit)

    def watched(self, times: int) -> list[float]:
        """Return how long each answer took after the file was saved."""
        command = self.command("check", "--watch", "softmax")
        with subprocess.Popen(
            command,
            stderr=subprocess.DEVNULL,
            cwd=self.kit,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as watch:
            try:
                lines = _Lines(watch.stdout)
                lines.wait_for("edit-0")
                found = []
                for number in range(1, times + 1):
                    time.sleep(3)  # a learner types; the next worker gets ready
                    self.write(number)
                    began = time.perf_counter()
                    lines.wait_for(f"edit-{number}")
                    found.append(time.perf_counter() - began)
                return found
            finally:
                watch.terminate()

    def in_a_notebook(self, times: int) -> list[float]:
        """Return how long ``check("softmax")`` took in a kernel: the first time, and later."""
        new = nbformat.v4.new_code_cell
        notebook = nbformat.v4.new_notebook()
        cells = (ANSWER.format(number=0), IMPORT, MEASURE.format(times=times))
        notebook.cells = [new(cell) for cell in cells]
        resources = {"metadata": {"path": str(self.kit)}}
        client = NotebookClient(notebook, timeout=PATIENCE, resources=resources)
        client.execute(env=self.environment)
        return [float(one) for one in notebook.cells[-1].outputs[0].text.split()]


class _Lines:
    """The lines that a process prints, as they come."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)
        self._lines.put("")

    def wait_for(self, text: str) -> None:
        """Return once a line holds *text*; raises queue.Empty if there will be none."""
        while text not in (line := self._lines.get(timeout=PATIENCE)):
            if not line:
                raise queue.Empty


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long *work* took, and how much of the processor its processes used."""
    began, used = time.perf_counter(), os.times()
    work()
    now = os.times()
    busy = now.children_user + now.children_system - used.children_user - used.children_system
    return time.perf_counter() - began, busy


def bare() -> None:
    """Import PyTorch in a new process."""
    subprocess.run([sys.executable, "-c", "import torch"], check=True)


def line(name: str, seconds: Sequence[float], beside: float, busy: Sequence[float] = ()) -> str:
    """Return the line of a measurement; of its processor time, too, if that is known."""
    middle = statistics.median(seconds)
    told = f"  {name:<28} {middle:6.3f} s   {min(seconds):.3f} to {max(seconds):.3f}"
    told += f"   {middle / beside:5.2f} of import torch"
    return told + (f"   processor {statistics.median(busy):.3f} s" if busy else "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--than", type=Path, nargs="*", default=[], help="older checkouts")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        versions = [
            Version(tree.resolve(), Path(scratch, str(number)))
            for number, tree in enumerate((*options.than, ROOT))
        ]
        for work in (bare, *(version.cold for version in versions)):
            work()  # files come into memory
        imports: list[tuple[float, float]] = []
        cold: dict[Version, list[tuple[float, float]]] = {version: [] for version in versions}
        for _ in range(options.times):
            imports.append(timed(bare))
            for version in versions:
                cold[version].append(timed(version.cold))
        walls, busy = zip(*imports, strict=True)
        beside = statistics.median(walls)
        print(line('python -c "import torch"', walls, beside, busy))
        for version in versions:
            print(version.tree)
            walls, busy = zip(*cold[version], strict=True)
            print(line("gradproof check softmax", walls, beside, busy), flush=True)
            with contextlib.suppress(queue.Empty, CellExecutionError):  # the oldest has neither
                print(line("--watch, after a save", version.watched(options.times), beside))
                first, *later = version.in_a_notebook(options.times)
                print(line("check() in a notebook, first", [first], beside))
                print(line("check() in a notebook, later", later, beside), flush=True)


if __name__ == "__main__":
    main()
