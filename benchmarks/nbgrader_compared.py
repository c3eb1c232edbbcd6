"""A class in nbgrader: `nbgrader autograde` as it comes, by gradproof, and `gradproof score`.

The same notebooks in one run. As it comes, nbgrader starts a kernel for each and runs what was
handed in, with asserts in the graded cells. With the two lines of the guide in its configuration,
it grades them by gradproof, and so does `score`, which is gradproof alone. Of the latter two, the
points must be the same; nbgrader's own cells give all or nothing, so there full marks must be.

    python benchmarks/nbgrader_compared.py --submissions 100 --jobs 2

Seconds of processors are those of all processes that a side has started, as a control group counts
them; where none may be made, they are not known.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.score_vs_pytest import ASSIGNMENT, VARIANTS, make_course  # noqa: E402
from grader.course.catalogue import Course  # noqa: E402
from grader.course.source import read_cells, reference_text  # noqa: E402
from grader.gradebook import cell_metadata as marked  # noqa: E402
from grader.gradebook.nbgrader_release import release_nbgrader  # noqa: E402

#: what an instructor without gradproof writes into the graded cells
ASSERTS = {
    "softmax": """\
for shape in (4, 7), (5, 5), (1, 3), (6, 1):
    X = torch.randn(shape)
    before = X.clone()
    assert torch.allclose(softmax(X), torch.softmax(X, dim=1), atol=1e-6)
    assert torch.equal(X, before)
X = torch.tensor([[1000.0, 0, -1000], [-1000, -1000, -999], [1000, 999, 1000]])
assert torch.allclose(softmax(X), torch.softmax(X, dim=1), atol=1e-6)""",
    "log_softmax": """\
for shape in (4, 7), (5, 5), (1, 3), (6, 1):
    X = torch.randn(shape)
    before = X.clone()
    assert torch.allclose(log_softmax(X), torch.log_softmax(X, dim=1), atol=1e-5)
    assert torch.equal(X, before)
X = torch.tensor([[1000.0, 0, -1000], [-1000, -1000, -999], [1000, 999, 1000]])
assert torch.allclose(log_softmax(X), torch.log_softmax(X, dim=1), atol=1e-5)""",
    "cross_entropy": """\
for n, k in (4, 7), (5, 5), (1, 3):
    y_hat = torch.softmax(torch.randn(n, k), dim=1)
    y = torch.randint(k, (n,))
    expected = torch.nn.functional.nll_loss(torch.log(y_hat), y, reduction="none")
    assert torch.allclose(cross_entropy(y_hat, y), expected, atol=1e-5)""",
    "softmax_cross_entropy_gradient": """\
for n, k in (4, 7), (5, 5), (1, 3):
    for scale in 1, 1000:
        logits = (scale * torch.randn(n, k)).requires_grad_()
        y = torch.randint(k, (n,))
        torch.nn.functional.cross_entropy(logits, y).backward()
        found = softmax_cross_entropy_gradient(logits.detach(), y)
        assert torch.allclose(found, logits.grad, atol=1e-6)""",
}

#: where the two versions of control groups count: file, pattern, units per second
COUNTERS = (
    ("cpuacct.usage", r"(\d+)", 1e9),
    ("cpu.stat", r"usage_usec (\d+)", 1e6),
)
JOIN = 'echo $$ >"$0" && exec "$@"'

#: points by learner and exercise
Grades = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Measured:
    """One side: what it took. Seconds of processors are None where they cannot be counted."""

    name: str
    wall_seconds: float
    cpu_seconds: float | None


# -- the class -----------------------------------------------------------------------------------


def make_plain(course: Course, root: Path) -> None:
    """Write an nbgrader course whose graded cells hold asserts."""
    notebook = marked.source_notebook(course, course.assignment(ASSIGNMENT), "en")
    for cell in notebook.cells:
        if marked.grade_id_of(cell) in ASSERTS:
            cell.source = ASSERTS[marked.grade_id_of(cell)]
            cell.metadata.nbgrader["checksum"] = marked.checksum(cell)
    place = root / "source" / ASSIGNMENT
    place.mkdir(parents=True)
    (place / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (root / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")


def make_drop_in(course: Course, root: Path) -> None:
    """Make *root*, a gradproof course, nbgrader's as well, by the lines of the guide."""
    release_nbgrader(course, course.assignment(ASSIGNMENT), root, "en")
    guide = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    (lines,) = re.findall(r"```python\n(c = get_config\(\)\n.*?)```", guide, re.DOTALL)
    (root / "nbgrader_config.py").write_text(lines, encoding="utf-8")


def make_class(course: Course, submitted: Path, size: int) -> None:
    """Write a mixed class as nbgrader collects it: right, wrong, unwritten, raising notebooks."""
    solved = reference_text(read_cells(ROOT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py"))
    assignment = course.assignment(ASSIGNMENT)
    for number in range(size):
        variant, edit = list(VARIANTS.items())[number % len(VARIANTS)]
        answers = _functions(edit(solved))
        notebook = marked.release_notebook(course, assignment, "en")
        for cell in notebook.cells:
            for exercise in assignment.exercises:
                if marked.grade_id_of(cell) == marked.solution_id(exercise.name):
                    # equal bytes would be one submission handed in twice
                    cell.source = f"# {number}\n{answers[exercise.name]}"
        folder = submitted / f"{variant}{number:03}" / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{ASSIGNMENT}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _functions(text: str) -> dict[str, str]:
    """Return the top-level functions in *text* by name."""
    found = re.finditer(r"^def (\w+)\(.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return {match[1]: match[0].rstrip() for match in found}


# -- the three sides -----------------------------------------------------------------------------


def run(command: Sequence[str], where: Path, group: Path | None = None) -> None:
    """Run *command* in *where*, and in the control group *group*; show what it says if it fails."""
    scripts = sysconfig.get_path("scripts")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)]),
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(where / ".jupyter"),
        "IPYTHONDIR": str(where / ".ipython"),
    }
    whole = [sys.executable, "-m", *command]
    if group:
        whole = ["sh", "-c", JOIN, str(group / "started" / "cgroup.procs"), *whole]
    done = subprocess.run(whole, cwd=where, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-3000:]}")


def measured(name: str, command: Sequence[str], where: Path) -> Measured:
    """Run *command* and return what it took, with all processes that it has started."""
    with counted() as group:
        began = time.monotonic()
        run(command, where, group)
        wall = time.monotonic() - began
        return Measured(name, round(wall, 2), used_in(group) if group else None)


@contextmanager
def counted() -> Iterator[Path | None]:
    """Make a control group that counts processor time, if that is allowed.

    What the kernel adds up for a parent leaves out processes that it ends together with their
    namespace, as a zygote is.
    """
    groups = Path("/sys/fs/cgroup")
    own = re.search(r"^0::/(.*)$", Path("/proc/self/cgroup").read_text(), re.MULTILINE)
    for parent in (groups / "cpuacct", groups / (own[1] if own else "")):
        # gradproof makes groups beside the one that it is in: those count, too
        group = parent / f"gradproof-benchmark-{os.getpid()}"
        if not any((parent / counter).exists() for counter, *_how in COUNTERS):
            continue
        try:
            (group / "started").mkdir(parents=True)
        except OSError:
            continue
        try:
            yield group
        finally:
            for made in (group / "started", group):
                made.rmdir()
        return
    yield None


def used_in(group: Path) -> float:
    """Return the seconds of processors that what ran in *group* has used."""
    for name, pattern, per_second in COUNTERS:
        if (group / name).exists():
            found = re.search(pattern, (group / name).read_text())
            assert found
            return round(int(found[1]) / per_second, 2)
    raise AssertionError("a control group without a counter")


def in_gradebook(root: Path) -> Grades:
    """Return the points in nbgrader's gradebook of the course in *root*."""
    from nbgrader.api import Gradebook

    grades: Grades = {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        for submission in book.assignment_submissions(ASSIGNMENT):
            (notebook,) = submission.notebooks
            grades[submission.student.id] = {g.name: g.auto_score or 0 for g in notebook.grades}
    return grades


def in_results(root: Path, exercises: Sequence[str]) -> Grades:
    """Return the points that `score` has written."""
    with (root / "results" / ASSIGNMENT / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return {row["learner"]: {name: float(row[name]) for name in exercises} for row in rows}


def disagreements(
    ours: Grades, drop_in: Grades, plain: Grades, full: dict[str, float]
) -> list[str]:
    """Return who has other points, or elsewhere full marks, and for what."""
    found = []
    for learner, points in ours.items():
        for name, earned in points.items():
            there = drop_in[learner][name]
            if there != earned:
                found.append(f"{learner}, {name}: score {earned}, drop-in {there}")
            if plain and (plain[learner][name] == full[name]) != (earned == full[name]):
                found.append(f"{learner}, {name}: score {earned}, nbgrader {plain[learner][name]}")
    return found


def compare(home: Path, size: int, jobs: int, with_plain: bool) -> dict[str, Any]:
    """Run all sides on a class of *size* in *home*; return what they took and where they differ."""
    plain, ours = home / "plain", make_course(home / "ours")
    course = Course.load(ours)
    make_class(course, ours / "submitted", size)
    make_drop_in(course, ours)
    generate = ["nbgrader", "generate_assignment", ASSIGNMENT, "--force"]
    run(generate, ours)
    if with_plain:
        shutil.copytree(ours / "submitted", plain / "submitted")
        make_plain(course, plain)
        run(generate, plain)
    run(["cli", "collect", ASSIGNMENT, "--from", "submitted", "--course", "."], ours)
    autograde = ["nbgrader", "autograde", ASSIGNMENT]
    score = ["cli", "score", ASSIGNMENT, "--jobs", str(jobs), "--course", "."]
    sides = [measured("nbgrader autograde", autograde, plain)] if with_plain else []
    sides.append(measured("the same, drop-in", autograde, ours))
    sides.append(measured("gradproof score", score, ours))
    full = {e.name: float(e.points) for e in course.assignment(ASSIGNMENT).exercises}
    found = in_gradebook(plain) if with_plain else {}
    differ = disagreements(in_results(ours, list(full)), in_gradebook(ours), found, full)
    return {
        "assignment": ASSIGNMENT,
        "submissions": size,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "jobs": jobs,
        "sides": [asdict(side) for side in sides],
        "disagreements": differ,
    }


def show(report: dict[str, Any]) -> None:
    """Print what each side took, and by how much the first one took more."""
    print(
        f"{report['submissions']} submissions of {ASSIGNMENT}; {report['cores']} cores, "
        f"load {report['load']}; score with {report['jobs']} jobs, nbgrader has one"
    )
    first = report["sides"][0]
    for side in report["sides"]:
        wall, cpu = side["wall_seconds"], side["cpu_seconds"]
        each = wall / report["submissions"] * 1000
        line = f"{side['name']:<20}{wall:7.1f} s, {each:6.0f} ms a submission"
        line += f", {first['wall_seconds'] / wall:5.1f} times as fast"
        if cpu:
            line += f"; {cpu:7.1f} s of processors, 1/{first['cpu_seconds'] / cpu:.1f}"
        print(line)
    for line in report["disagreements"] or ["all sides agree on every grade"]:
        print(line)


def main() -> None:
    """Compare; exit 1 if a grade differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--without-plain", action="store_true", help="leave the slow side out")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        report = compare(Path(home), options.submissions, options.jobs, not options.without_plain)
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        show(report)
    sys.exit(1 if report["disagreements"] else 0)


if __name__ == "__main__":
    main()
