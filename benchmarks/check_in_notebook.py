"""How long ``check()`` takes in a fresh Jupyter kernel: the first time, and later.

A kit is released into a directory of its own and a notebook run in it, which defines each exercise
with a known mistake, so that the time for hints and the picture counts, too. The processor's time
says what the machine's other work adds.

    python benchmarks/check_in_notebook.py [ASSIGNMENT] [--times 20]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course  # noqa: E402
from grader.course.mistakes import apply_mistake  # noqa: E402
from grader.kit.release import release  # noqa: E402

IMPORT = """\
import statistics, time
began = time.perf_counter()
from grader import check
print(f"import {1000 * (time.perf_counter() - began):.1f} ms")

def once(exercise):
    began = time.perf_counter(), time.process_time()
    check(exercise)._repr_mimebundle_()
    return 1000 * (time.perf_counter() - began[0]), 1000 * (time.process_time() - began[1])
"""
MEASURE = """\
first, _ = once({exercise!r})
later, busy = zip(*(once({exercise!r}) for _ in range({times})))
print(f"{exercise}: first {{first:.0f}} ms, later {{statistics.median(later):.0f}} ms "
      f"(slowest {{max(later):.0f}} ms, processor {{statistics.median(busy):.0f}} ms)")
"""


def measured(assignment: str, times: int) -> str:
    """Return what the kernel prints."""
    course = Course.load(ROOT)
    found = course.assignment(assignment)
    new = nbformat.v4.new_code_cell
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [new(f"# framework: {found.framework}"), new(IMPORT)]
    wrong = {mistake.exercise: mistake for mistake in reversed(course.mistakes(found))}
    for exercise in (e.name for e in found.exercises):
        code = apply_mistake(course.source(found), wrong[exercise])
        notebook.cells += [new(code), new(MEASURE.format(exercise=exercise, times=times))]
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(release(course, found, Path(scratch), "en"))
        os.environ["PYTHONPATH"] = str(ROOT)
        NotebookClient(notebook, timeout=300).execute()
        os.chdir(ROOT)
    return "".join(out["text"] for cell in notebook.cells for out in cell.outputs).strip()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("assignment", nargs="?", default="linear_regression")
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    print(measured(options.assignment, options.times))
