"""The same wrong answers before several graders: which of them does each let through?

Wrong answers are the course's known mistakes and, with --mutants, every automatic mutant that is
not listed as equivalent. Right answers are the references and the accepted variants. The graders
are np.allclose on one random input, finite differences with a cotangent of ones, public suites
rebuilt from what they test, and gradproof, whose verdicts are those of its own audit.

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
from functools import partial
from pathlib import Path
from typing import Any

import torch

from benchmarks.suites.answers import Answer, answers
from benchmarks.suites.common import DIFFERENCES, allclose, ones
from benchmarks.suites.modules import Module, TooLong, at_most, reference_module, seed_all
from benchmarks.suites.public import PUBLIC, Suite
from benchmarks.suites.table import ALLCLOSE, COLUMNS, ONES, Table, markdown
from grader.course.catalogue import Course

ROOT = Path(__file__).resolve().parent.parent

#: what a suite may take for one answer, in seconds of processor time; endless ones are caught
SECONDS = {"right": 60.0, "mistake": 2.0, "mutant": 2.0}
MEMORY = 16 * 2**30

#: what encloses the tables in a document
BEGIN = "--page docs/evidence.md -->\n\n"
END = "\n<!-- end of tables -->"


def suites_for(exercise: str) -> dict[str, Suite]:
    """Return every suite of *exercise* but gradproof's checks, by name."""
    suites: dict[str, Suite] = {ALLCLOSE: partial(allclose, exercise)}
    if exercise in DIFFERENCES:
        suites[ONES] = partial(ones, exercise)
    return suites | PUBLIC.get(exercise, {})


def accepted_by(answer: Answer) -> list[str]:
    """Return the names of the suites that find nothing wrong with *answer*.

    Whatever is raised is a verdict: suites raise only on what they were given.
    """
    reference = reference_module(answer.reference, answer.home)
    passed = []
    for name, suite in suites_for(answer.exercise).items():
        seed_all()
        try:
            # an answer that switches autograd off does so for itself alone
            with at_most(SECONDS[answer.kind]), torch.enable_grad():
                suite(Module(answer.text, answer.framework), reference)
        except (Exception, TooLong):
            continue
        passed.append(name)
    return passed


def judged(every: Sequence[Answer], jobs: int) -> list[list[str]]:
    """Return what :func:`accepted_by` says of each answer, on *jobs* processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _prepare) as pool:
        return list(pool.map(accepted_by, every, chunksize=8))


def _prepare() -> None:
    """Make a process fit for mutants: one thread, no more memory than a laptop has, no warnings."""
    torch.set_num_threads(1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")


def audited(with_mutants: bool) -> dict[str, Any]:
    """Return what ``gradproof audit --json`` prints; without a clean bill there are no figures."""
    command = ["audit", "--json", "--mutants"] if with_mutants else ["audit", "--json"]
    start = [sys.executable, "-c", "from cli import main; main()"]
    done = subprocess.run([*start, *command], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    report: dict[str, Any] = json.loads(done.stdout or b"{}")
    if done.returncode:
        findings = [finding["what"] for finding in report.get("findings", [])]
        sys.exit("\n".join(["gradproof audit has findings; mend them first:", *findings]))
    return report


def write_into(page: Path, tables: str) -> None:
    """Put *tables* where *page* has its tables."""
    text = page.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not end:
        sys.exit(f"{page} has no place for tables: write {BEGIN!r} and {END!r} into it")
    page.write_text(f"{before}{begin}{tables}{end}{after}", encoding="utf-8")


def main() -> None:
    """Compare, and print tables, or every answer with the suites that accept it."""
    parser = argparse.ArgumentParser(description="The same wrong answers before several graders.")
    parser.add_argument("--mutants", action="store_true", help="automatic mutants, too")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--json", action="store_true", help="all that is known, for machines")
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
    head = ["suite", "exercise", *(f"{kind}s let through" for kind in kinds)]
    rows = table.public_rows([*kinds, "right"])
    tables.append(markdown([*head, "right answers accepted"], rows, words=2))
    if options.page:
        write_into(options.page, "\n".join(tables))
    else:
        print("\n".join(tables), end="")


if __name__ == "__main__":
    main()
