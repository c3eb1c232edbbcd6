"""Desk, terminal and grader agree on a real assignment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from grader.course.catalogue import Course
from grader.course.mistakes import apply_mistake
from grader.course.source import reference_text
from grader.desk.kit_runner import ready
from grader.kit.kit import Kit
from grader.kit.kit_check import check_kit
from grader.kit.release import release
from grader.outcome import Outcome
from grader.sandbox.live_channel import Cell

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "multilayer_perceptron"


@pytest.fixture(scope="module")
def course():
    """Return the course of this repository."""
    return Course.load(ROOT)


@pytest.fixture(scope="module")
def kit(course, tmp_path_factory):
    """Return the kit of one of its assignments."""
    home = tmp_path_factory.mktemp("kits")
    return Kit.find(release(course, course.assignment(ASSIGNMENT), home, "en"))


@pytest.mark.slow
@pytest.mark.rare
def test_a_live_namespace_and_a_file_get_the_same_verdicts(course, kit, monkeypatch):
    """Outcome, message and hints of every public check: the reference, and five known mistakes."""
    monkeypatch.chdir(kit.directory)
    assignment = course.assignment(ASSIGNMENT)
    source = course.source(assignment)
    tried = [((), reference_text(source))]
    seen: Counter[str] = Counter()
    for mistake in course.mistakes(assignment):
        public = course.folder(assignment, mistake.exercise).public.read_text("utf-8")
        if not any(f"def {check}(" in public for check in mistake.caught_by):
            continue  # a kit does not have the checks that catch it
        seen[mistake.exercise] += 1
        if seen[mistake.exercise] <= 2 and len(tried) <= 5:
            tried.append(((mistake.exercise,), apply_mistake(source, mistake)))
    file = kit.directory / "mine.py"
    failed = 0
    for exercises, text in tried:
        file.write_text("# framework: numpy\n" + text, "utf-8")
        namespace = {"__name__": "__main__"}
        exec(compile(file.read_text("utf-8"), str(file), "exec"), namespace)
        cells = [Cell(str(file), file.name, file.read_text("utf-8"))]
        live = ready(kit).check_live(exercises, namespace, cells).result.checks
        terminal = check_kit(kit, exercises, file).checks
        failed += any(check.outcome is Outcome.FAILED for check in terminal)

        assert [(c.exercise, c.name, c.outcome, c.message, c.hints) for c in terminal] == [
            (c.exercise, c.name, c.outcome, c.message, c.hints) for c in live
        ]
    assert (6, 5) == (len(tried), failed)
