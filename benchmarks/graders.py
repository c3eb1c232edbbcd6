"""One class through five graders: seconds, seconds of processors, memory, and what each one adds.

The class writes the seven exercises of ``benchmarks/seven.py`` in PyTorch. It is graded

- by `gradproof score`, with walls, deadlines, hints and reports;
- by a bare warm fork for each, with the same checks and none of the rest: the limit
  (``benchmarks/bare_fork.py``);
- by a process with pytest for each, with the same checks;
- by `nbgrader autograde` and by `otter run`, with two asserts for each exercise.

The first two grade everyone, and a tenth of the class once more, which tells the start from what a
submission costs. The others grade a sample. Sides take turns, as often as asked; medians count.

    python benchmarks/graders.py --size 200 --sample 12 --rounds 3 --jobs 2 --json graders.json

Otter gets an environment of its own, made at the first run in ``.cache/otter``; `--without` leaves
sides out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.nbgrader_compared import JOIN, counted, used_in  # noqa: E402  # needs the path
from benchmarks.score_vs_pytest import Memory  # noqa: E402
from benchmarks.seven import ASSERTS, ASSIGNMENT, class_of, make_course, parts_of  # noqa: E402

#: where otter is installed, unlike gradproof's own environment
OTTER = ROOT / ".cache" / "otter"
#: of the class, the part that is graded once more to tell the start from the rest
PART = 10
ONE_THREAD = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Run:
    """What one run took. Seconds of processors are None where they cannot be counted.

    Attributes:
        peak: memory of all processes together, pages that they share counted once, in MiB.
    """

    submissions: int
    wall: float
    cpu: float | None
    peak: int


@dataclass(frozen=True)
class Side:
    """One grader.

    Attributes:
        commands: returns the commands that grade so many submissions, all of which may run at once.
    """

    name: str
    commands: Callable[[int], list[list[str]]]


def measured(commands: Sequence[Sequence[str]], count: int, jobs: int, where: Path) -> Run:
    """Run *commands*, at most *jobs* at a time, and return what they took."""
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
    environment |= {"JUPYTER_CONFIG_DIR": str(where / ".jupyter"), "IPYTHONDIR": str(where)}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with counted() as group:
        join = ["sh", "-c", JOIN, str(group / "started" / "cgroup.procs")] if group else []

        def run(command: Sequence[str]) -> None:
            whole = [*join, *command]
            done = subprocess.run(whole, cwd=where, env=environment, capture_output=True, text=True)
            # 1: less than full marks, for pytest
            if done.returncode > 1:
                sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stderr[-3000:]}")

        memory, began = Memory(), time.monotonic()
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(run, commands))
        wall = time.monotonic() - began
        memory.stop()
        cpu = used_in(group) if group else None
    return Run(count, round(wall, 2), cpu, memory.peak >> 20)


class Class:
    """The class, in the form in which each grader takes it, in the folder *home*."""

    def __init__(self, home: Path, size: int, jobs: int) -> None:
        self.home, self.size, self.jobs = home, size, jobs
        self.course = home / "course"
        self.texts = class_of(make_course(self.course), size)
        for count in {size, max(1, size // PART)}:
            for learner in list(self.texts)[:count]:
                path = home / f"inbox{count}" / f"{learner}.py"
                path.parent.mkdir(exist_ok=True)
                path.write_text(self.texts[learner], encoding="utf-8")
        take = ["collect", ASSIGNMENT, "--from", str(home / f"inbox{size}")]
        self._gradproof(*take)

    def _gradproof(self, *words: str) -> None:
        command = [sys.executable, "-m", "cli", *words, "--course", str(self.course)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    def gradproof(self, count: int) -> list[list[str]]:
        """Return the command that scores the first *count* learners from nothing."""
        shutil.rmtree(self.course / "results", ignore_errors=True)
        command = [sys.executable, "-m", "cli", "score", ASSIGNMENT, "--jobs", str(self.jobs)]
        command += ["--course", str(self.course)]
        if count < self.size:
            for learner in list(self.texts)[:count]:
                command += ["--learner", learner]
        return [command]

    def bare_fork(self, count: int) -> list[list[str]]:
        """Return the command that forks for each of *count* submissions."""
        program = str(ROOT / "benchmarks" / "bare_fork.py")
        inbox = str(self.home / f"inbox{count}")
        return [[sys.executable, program, str(self.course), inbox, "--jobs", str(self.jobs)]]

    def pytest(self, count: int) -> list[list[str]]:
        """Return the commands that run a process for each of *count* submissions."""
        checks = self.course / "autograder_tests" / ASSIGNMENT
        reference = self.course / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "grader.checks.plugin", str(checks)]
        command += ["-c", os.devnull, "--import-mode=importlib", "-p", "no:cacheprovider"]
        command += ["--framework", "torch", "--reference", str(reference)]
        inbox = self.home / f"inbox{self.size}"
        chosen = list(self.texts)[:count]
        return [[*command, "--submission", str(inbox / f"{one}.py")] for one in chosen]

    def nbgrader(self, count: int) -> list[list[str]]:
        """Return the command by which nbgrader grades *count* notebooks, with asserts in cells."""
        place = self.home / "nbgrader"
        shutil.rmtree(place, ignore_errors=True)
        write_notebook(place / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", "", graded=True)
        (place / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
        program = [sys.executable, "-m", "nbgrader"]
        release = [*program, "generate_assignment", ASSIGNMENT]
        subprocess.run(release, cwd=place, check=True, capture_output=True)
        for learner in list(self.texts)[:count]:
            notebook = place / "submitted" / learner / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
            write_notebook(notebook, self.texts[learner], graded=True)
        return [["sh", "-c", f"cd '{place}' && exec {' '.join(program)} autograde {ASSIGNMENT}"]]

    def otter(self, count: int) -> list[list[str]]:
        """Return the commands by which otter grades *count* notebooks."""
        place = self.home / "otter"
        shutil.rmtree(place, ignore_errors=True)
        (place / "tests").mkdir(parents=True)
        for exercise, asserts in ASSERTS.items():
            cases = [{"code": f">>> exec({one!r}, globals())", "hidden": False} for one in asserts]
            suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
            test = {"name": exercise, "points": 1, "suites": [suite]}
            text = f"OK_FORMAT = True\n\ntest = {test!r}\n"
            (place / "tests" / f"{exercise}.py").write_text(text, encoding="utf-8")
        program = otter_program()
        archive = place / "autograder.zip"
        make = [program, "generate", "-t", "tests", "-o", str(archive), "--no-requirements"]
        subprocess.run(make, cwd=place, check=True, capture_output=True)
        commands = []
        for learner in list(self.texts)[:count]:
            notebook = place / learner / f"{ASSIGNMENT}.ipynb"
            write_notebook(notebook, self.texts[learner], graded=False)
            run = [program, "run", "-a", str(archive), "-o", str(notebook.parent), "--no-logo"]
            commands.append([*run, str(notebook)])
        return commands


def otter_program() -> str:
    """Return otter's program; install it first, beside this environment's PyTorch."""
    program = OTTER / "bin" / "otter"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(OTTER)], check=True)
        python = str(OTTER / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "otter-grader"], check=True)
        ours = next(path for path in sys.path if path.endswith("site-packages"))
        (site,) = OTTER.glob("lib/python*/site-packages")
        (site / "torch_of_gradproof.pth").write_text(f"{ours}\n", encoding="utf-8")
    return str(program)


def write_notebook(path: Path, text: str, graded: bool) -> None:
    """Write a submission as a notebook; *graded* ones have nbgrader's cells with asserts."""
    import nbformat

    def cell(source: str, **marks: Any) -> Any:
        made = nbformat.v4.new_code_cell(source)
        if marks and graded:
            flags = {"grade": False, "locked": False, "solution": False, "task": False}
            made.metadata["nbgrader"] = {**flags, "schema_version": 3, **marks}
        return made

    parts = parts_of(text) if text else {}
    cells = [cell(parts.get("", "import torch"))]
    for exercise, asserts in ASSERTS.items():
        written = parts.get(exercise, "### BEGIN SOLUTION\npass\n### END SOLUTION")
        cells.append(cell(written, grade_id=exercise, solution=True))
        if graded:
            marks = {"grade_id": f"test_{exercise}", "grade": True, "locked": True, "points": 1}
            cells.append(cell("\n".join(asserts), **marks))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def compare(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Run all sides in turn; return every run."""
    room = Class(home, options.size, options.jobs)
    part = max(1, options.size // PART)
    sides = {
        "gradproof score": (room.gradproof, (options.size, part)),
        "bare warm fork": (room.bare_fork, (options.size, part)),
        "pytest": (room.pytest, (options.sample,)),
        "nbgrader": (room.nbgrader, (options.sample,)),
        "otter": (room.otter, (options.sample,)),
    }
    runs: dict[str, list[Run]] = {name: [] for name in sides if name not in options.without}
    for _round in range(options.rounds):
        for name in runs:
            commands, counts = sides[name]
            for count in counts:
                runs[name].append(measured(commands(count), count, options.jobs, home))
                print(f"{name}: {runs[name][-1]}", file=sys.stderr)
    return {
        "size": options.size,
        "sample": options.sample,
        "jobs": options.jobs,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "runs": {name: [asdict(run) for run in found] for name, found in runs.items()},
    }


@dataclass(frozen=True)
class Summary:
    """One side: medians, for the whole class; samples are taken as often as it is larger."""

    wall: float
    cpu: float
    start: float
    each: float
    peak: int


def summary(report: dict[str, Any], name: str) -> Summary:
    """Return the medians of a side. Without a smaller run, its start is part of *each*."""
    found = [Run(**run) for run in report["runs"][name]]
    most = max(run.submissions for run in found)
    whole = [run for run in found if run.submissions == most]
    wall = statistics.median(run.wall for run in whole)
    cpu = statistics.median(run.cpu or 0 for run in whole)
    part = [run for run in found if run.submissions < most]
    start, each = 0.0, wall / most
    if part:
        less = statistics.median(run.wall for run in part)
        each = (wall - less) / (most - part[0].submissions)
        start = wall - most * each
    times = report["size"] / most
    return Summary(wall * times, cpu * times, start, each, max(run.peak for run in whole))


def table(report: dict[str, Any]) -> str:
    """Return the comparison as a Markdown table."""
    ours = summary(report, "gradproof score")
    lines = [
        "| grader | class | times gradproof | start | each | processors, each | memory |",
        "| --- | --: | --: | --: | --: | --: | --: |",
    ]
    for name in report["runs"]:
        one = summary(report, name)
        lines.append(
            f"| {name} | {one.wall:.1f} s | {one.wall / ours.wall:.2f} | {one.start:.1f} s "
            f"| {one.each * 1000:.0f} ms | {one.cpu / report['size'] * 1000:.0f} ms "
            f"| {one.peak} MiB |"
        )
    return "\n".join(lines)


def main() -> None:
    """Compare, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=200, help="of the class")
    parser.add_argument("--sample", type=int, default=12, help="for those that take long")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--without", nargs="*", default=[], metavar="SIDE")
    parser.add_argument("--json", type=Path, help="write every run to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        report = compare(Path(home), options)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(table(report))


if __name__ == "__main__":
    main()
