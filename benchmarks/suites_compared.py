"""Compare graders: which wrong answers does each of them miss?

Wrong answers are the course's known mistakes and, with --mutants, all mutants that are not listed
as equivalent. Correct answers are the references and the accepted variants. The graders are
np.allclose on one random input, finite differences with a cotangent of ones, rebuilt public test
suites, and gradproof, whose verdicts are those of its own audit.

    python -m benchmarks.suites_compared --mutants
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import torch

from benchmarks.suites.answers import Answer, answers
from benchmarks.suites.common import DIFFERENCES, allclose, ones
from benchmarks.suites.modules import (
    Module,
    TooLong,
    at_most,
    reference_module,
    seed_all,
    seeded,
)
from benchmarks.suites.public import PUBLIC, Suite
from benchmarks.suites.table import ALLCLOSE, COLUMNS, ONES, Table, markdown
from grader.audit.example_inputs import example_arguments
from grader.course.catalogue import Course
from grader.worker.values import WithGradient, parts

ROOT = Path(__file__).resolve().parent.parent

#: limit for one answer, in seconds of processor time; ends infinite loops
SECONDS = {"right": 60.0, "mistake": 2.0, "mutant": 2.0}
MEMORY = 16 * 2**30

#: lines around the tables in a document
BEGIN = "--page docs/evidence.md -->\n\n"
END = "\n<!-- end of tables -->"


def suites_for(answer: Answer) -> dict[str, Suite]:
    """Return every suite that can test *answer* but gradproof's checks, by name.

    Raises:
        AuthoringError: the exercise's ``inputs.py`` gives no arguments.
    """
    exercise, suites = answer.exercise, dict[str, Suite]()
    if answer.inputs:
        # the dtype that torch.randn and numpy.random.randn give
        draw = seeded("float32" if answer.home == "torch" else "float64")
        given = example_arguments(answer.inputs, exercise, draw)
        # Such a suite has nothing to hand over parameters with gradients with, and does not compare
        # functions that are returned.
        handed = any(isinstance(part, WithGradient) for part in parts(given))
        if not handed and not _returns_function(answer.reference, answer.home, exercise, given):
            suites[ALLCLOSE] = partial(allclose, exercise, given, answer.changed)
    if exercise in DIFFERENCES:
        suites[ONES] = partial(ones, exercise)
    return suites | PUBLIC.get(exercise, {})


def _returns_function(reference: str, home: str, exercise: str, given: list[Any]) -> bool:
    key = reference, home, exercise
    if key not in _FUNCTIONS:
        result = getattr(reference_module(reference, home), exercise)(*deepcopy(given))
        _FUNCTIONS[key] = any(callable(part) for part in parts(result))
    return _FUNCTIONS[key]


#: whether an exercise returns a function, by its reference, the framework of that, and its name
_FUNCTIONS: dict[tuple[str, str, str], bool] = {}


def accepted_by(answer: Answer) -> list[str]:
    """Return the names of the suites that accept *answer*.

    Any exception counts as a rejection: suites only raise because of the answer.
    """
    reference = reference_module(answer.reference, answer.home)
    passed = []
    for name, suite in suites_for(answer).items():
        seed_all()
        try:
            # keep an answer that switches autograd off from affecting the next one
            with at_most(SECONDS[answer.kind]), torch.enable_grad():
                suite(Module(answer.text, answer.framework), reference)
        except (Exception, TooLong):
            continue
        passed.append(name)
    return passed


def judged(every: Sequence[Answer], jobs: int) -> list[list[str]]:
    """Return :func:`accepted_by` of each answer, computed by *jobs* processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _prepare) as pool:
        return list(pool.map(accepted_by, every, chunksize=8))


def _prepare() -> None:
    """Prepare a process for mutants: one thread, limited memory, no warnings."""
    torch.set_num_threads(1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")


def audited(with_mutants: bool) -> dict[str, Any]:
    """Return the report of ``gradproof audit --json``; exit if it has findings."""
    command = ["audit", "--json", "--mutants"] if with_mutants else ["audit", "--json"]
    start = [sys.executable, "-c", "from cli import main; main()"]
    done = subprocess.run([*start, *command], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    report: dict[str, Any] = json.loads(done.stdout or b"{}")
    if done.returncode:
        findings = [finding["what"] for finding in report.get("findings", [])]
        sys.exit("\n".join(["gradproof audit has findings; fix them first:", *findings]))
    return report


def write_into(page: Path, tables: str) -> None:
    """Replace the tables in *page* by *tables*."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not end:
        sys.exit(f"{page} has no place for tables; add {BEGIN!r} and {END!r}")
    page.write_text(f"{before}{begin}{tables}{end}{after}", encoding="utf-8")


def main() -> None:
    """Compare the graders; print tables, or with --json all verdicts."""
    parser = argparse.ArgumentParser(description="Compare which wrong answers graders miss.")
    parser.add_argument("--mutants", action="store_true", help="include mutants")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", action="store_true", help="print all verdicts as JSON")
    parser.add_argument("--page", type=Path, help="write the tables into this document")
    options = parser.parse_args()

    report = audited(options.mutants)
    every = list(answers(Course.load(ROOT), options.mutants))
    verdicts = judged(every, options.jobs)
    table = Table(every, verdicts, report)
    kinds = ["mistake", "mutant"] if options.mutants else ["mistake"]
    if options.json:
        heads = ("kind", "exercise", "name", "accepted_by")
        lines = [(a.kind, a.exercise, a.name, v) for a, v in zip(every, verdicts, strict=True)]
        payload: dict[str, Any] = {kind: table.counts(kind) for kind in ["right", *kinds]}
        payload["answers"] = [dict(zip(heads, line, strict=True)) for line in lines]
        print(json.dumps(payload, indent=1, ensure_ascii=False))
        return
    tables = [markdown(["exercise", f"{kind}s", *COLUMNS], table.rows(kind)) for kind in kinds]
    head = ["suite", "exercise", *(f"{kind}s missed" for kind in kinds)]
    rows = table.public_rows([*kinds, "right"])
    tables.append(markdown([*head, "correct answers accepted"], rows, words=2))
    if options.page:
        write_into(options.page, "\n".join(tables))
    else:
        print("\n".join(tables), end="")


if __name__ == "__main__":
    main()
