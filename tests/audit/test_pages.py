from __future__ import annotations

from pathlib import Path

import pytest

from grader.audit.audit_report import CourseAudit, Mutation
from grader.audit.course_audit import AuditOptions, audit
from grader.audit.findings import Finding, silent
from grader.audit.mutants import Mutant
from grader.audit.pages import write_pages

from ..warmup import CHECKS, SOURCE, edited


@pytest.fixture
def course(warmup):
    """Return a course with a mistake that is not caught by what it names."""
    old, new = 'caught_by = ["test_negative_factor"]', 'caught_by = ["test_values"]'
    return edited(warmup, f"{CHECKS}/mistakes.toml", old, new)


@pytest.fixture
def report(course, quick):
    """Return its audit."""
    return audit(course, [], silent, AuditOptions())


def written(course, report, directory):
    """Return the pages of *report*: text by name."""
    directory = directory / "pages"
    write_pages(course, report, directory)
    return {path.name: path.read_text(encoding="utf-8") for path in directory.iterdir()}


def test_there_is_a_page_for_each_assignment_and_one_of_all(course, report, tmp_path):
    """The index leads to the others."""
    index = write_pages(course, report, tmp_path / "new" / "pages")

    assert index == tmp_path / "new" / "pages" / "index.html"
    assert sorted(path.name for path in index.parent.iterdir()) == ["index.html", "warmup.html"]
    assert 'href="warmup.html"' in index.read_text(encoding="utf-8")


def test_a_page_shows_everything_an_exercise_has(course, report, tmp_path):
    """Points, checks with their sentences, mistakes with their hints, variants, wrong answers."""
    page = written(course, report, tmp_path)["warmup.html"]

    for shown in (
        "Every entry is multiplied by the factor.",
        "每个元素都乘以该因子。",
        "What sign does -2 times 3 have?",
        "-2乘以3的结果是什么符号？",
        ">multiply</span> ✓",
        "returns its first argument",
        "is off by a thousandth",
        "test_negative_factor catches size_only, and should not",
        "test_values passes size_only, and should not",
        "test_values catches added",
        f"<code>{CHECKS}/mistakes.toml:8</code>",
    ):
        assert shown in page
    assert "small edit" not in page


def test_findings_stand_where_they_belong(course, report, tmp_path, monkeypatch):
    """On their assignment's page, with paths within the course; on the index if they have none."""
    monkeypatch.chdir(course.root.parent)
    mine = Finding("A mutant survives.", course.root / SOURCE, 21, "warmup/scale")
    stray = Finding("is not generated from any source; remove it", course.root / "assignments/old")
    whole = CourseAudit(report.audits, [*report.findings, mine, stray])
    pages = written(course, whole, tmp_path)

    assert f"<code>{SOURCE}:21</code><br>A mutant survives." in pages["warmup.html"]
    assert "A mutant survives." not in pages["index.html"]
    assert "is not generated from any source" in pages["index.html"]
    assert "is not generated from any source" not in pages["warmup.html"]
    assert "is caught by" not in pages["index.html"]


def test_mutants_are_shown_with_their_edits(course, report, tmp_path):
    """Survivors for all to see, equivalents with the reason."""
    alive = Mutant("scale", 1, "operator", 21, "", "return x * factor", "return x / factor")
    right = Mutant("scale", 2, "term", 21, "", "return x * factor", "return factor * x")
    mutation = Mutation("warmup", "scale", 6, 4, 0, [(right, "It <b>commutes</b>.")], [alive])
    pages = written(course, CourseAudit(report.audits, [], [mutation]), tmp_path)

    page = pages["warmup.html"]
    assert "<pre>- return x * factor\n+ return x / factor</pre>" in page
    assert "<pre>- return x * factor\n+ return factor * x</pre>" in page
    assert "It &lt;b&gt;commutes&lt;/b&gt;." in page
    assert "4 caught" in pages["index.html"]


def test_chances_and_tolerances_are_shown_if_known(course, report, tmp_path):
    """What a right answer may fail by, check by check and dtype by dtype."""
    (scale,) = report.audits
    before = written(course, report, tmp_path)["warmup.html"]
    scale.chances["test_values"] = 3
    scale.tolerances["float16"] = 5e-6
    after = written(course, report, tmp_path)["warmup.html"]

    for shown in ("3 tests of chance: a right answer fails one at most 3 × 10", "5e-06"):
        assert shown in after
        assert shown not in before


def test_a_path_outside_the_course_is_shown_whole(course, report, tmp_path):
    """Nothing is left out of it."""
    elsewhere = Finding("is odd", Path("/elsewhere/a.py"))
    pages = written(course, CourseAudit(report.audits, [elsewhere]), tmp_path)

    assert "<code>/elsewhere/a.py</code>" in pages["index.html"]
