"""How long ``check()`` takes in a fresh Jupyter kernel: the first time, and later.

A kit is released into a directory of its own and a notebook run in it, with a solution that makes
a known mistake, so that the time for hints and the picture counts, too.

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
from grader.course.release import release  # noqa: E402

MEASURE = """\
import statistics, time

def once():
    began = time.perf_counter()
    check({exercise!r})._repr_mimebundle_()
    return 1000 * (time.perf_counter() - began)

began = time.perf_counter()
from grader import check
loaded = 1000 * (time.perf_counter() - began)
first = once()
later = [once() for _ in range({times})]
usual = statistics.median(later)
print(f"import {{loaded:.1f}} ms, first {{first:.0f}} ms, later {{usual:.0f}} ms "
      f"(slowest {{max(later):.0f}} ms)")
"""


def measured(assignment: str, times: int) -> str:
    """Return what the kernel prints."""
    course = Course.load(ROOT)
    found = course.assignment(assignment)
    mistake = course.mistakes(found)[0]
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(release(course, found, Path(scratch), "en"))
        new = nbformat.v4.new_code_cell
        notebook = nbformat.v4.new_notebook()
        code = apply_mistake(course.source(found), mistake)
        notebook.cells = [
            new(f"# framework: {found.framework}\n{code}"),
            new(MEASURE.format(exercise=mistake.exercise, times=times)),
        ]
        os.environ["PYTHONPATH"] = str(ROOT)
        NotebookClient(notebook, timeout=300).execute()
        os.chdir(ROOT)
    return f"{mistake.exercise}: {notebook.cells[-1].outputs[0]['text'].strip()}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("assignment", nargs="?", default="softmax_regression")
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    print(measured(options.assignment, options.times))
