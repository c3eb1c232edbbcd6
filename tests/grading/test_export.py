"""``gradproof export``: a platform's own file, filled in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.grading import setup
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect
from grader.submission.roster import naming_rules

from ..warmup import RIGHT, made

WRONG = RIGHT.replace("factor * x", "factor + x")
PARTLY = RIGHT.replace("factor * x", "x * abs(factor)")
ROSTER = "id,name,email,login\nada,Lovelace Ada,ada@x.org,al1\nbob,Bob Ross,bob@x.org,br2\n"
ROSTER += "cyd,赵丽,cyd@x.org,zl3\n"
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Warm-up (4711),Other (12),Final Score
    Points Possible,,,,,4,10,(read only)
"Lovelace, Ada",101,ada,al1,A,,9,90
"Ross, Bob",102,,br2,A,1,,
"赵丽",103,cyd,,B,,,
"Student, Test",104,,,A,,,
"""
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade),More
Participant 501,Ada Lovelace,ada@x.org,Submitted,,4.00,-,
Participant 502,Bob Ross,bob@x.org,Submitted,1.00,4.00,"Monday, 1 June",old
Participant 503,赵丽,cyd@x.org,Submitted,,4.00,-,
Participant 504,Nobody,no@x.org,No submission,,4.00,-,
"""


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a scored course with a roster."""
    folder = tmp_path_factory.mktemp("export")
    language.use("en")
    course = made(folder / "course")
    (course.root / "roster.csv").write_text(ROSTER, "utf-8")
    for learner, text in {"ada": RIGHT, "bob": WRONG, "cyd": PARTLY}.items():
        (folder / "in" / learner).mkdir(parents=True)
        (folder / "in" / learner / "warmup.py").write_text(text)
    collect(folder / "in", "warmup", submissions_of(course), naming_rules(course.root))
    score(course, course.assignments[0], ScoreOptions())
    return course


def exported(course, folder: Path, text: str, *arguments: str):
    """Return exit code, what was said, and the rows that were written."""
    given = folder / "given.csv"
    given.write_bytes(text.encode("utf-8-sig"))
    command = ["export", "warmup", "--into", str(given), "--course", str(course.root), *arguments]
    done = CliRunner().invoke(cli.main, command)
    target = folder / "given-graded.csv"
    rows = None
    if target.exists():
        rows = list(csv.reader(target.read_bytes().decode().splitlines()))
    return done.exit_code, " ".join(done.output.split()), rows


def test_a_gradebook_of_canvas_keeps_its_students_and_gets_one_column(course, tmp_path):
    """Other columns stay out: an import would set them back."""
    code, said, rows = exported(course, tmp_path, CANVAS, "--format", "canvas")
    student = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]

    assert code == 0 and "with 3 grades" in said
    assert [
        [*student, "Warm-up (4711)"],
        ["    Points Possible", "", "", "", "", "4"],
        ["Lovelace, Ada", "101", "ada", "al1", "A", "4"],
        ["Ross, Bob", "102", "", "br2", "A", "0"],
        ["赵丽", "103", "cyd", "", "B", "3"],
    ] == rows
    assert "Rows that name nobody with a grade: Student, Test" in said


def test_a_worksheet_of_moodle_is_filled_in_place(course, tmp_path):
    """All else stays as it came, dates of changes above all, which Moodle compares."""
    code, _said, rows = exported(course, tmp_path, MOODLE, "--format", "moodle")
    before = list(csv.reader(MOODLE.splitlines()))

    assert code == 0
    assert ["4", "0", "3", ""] == [row[4] for row in rows[1:]]
    assert [row[:4] + row[5:] for row in before] == [row[:4] + row[5:] for row in rows]


def test_a_heading_in_another_language_is_known_or_named(course, tmp_path):
    """Moodle translates them."""
    chinese = MOODLE.replace(",Grade,", ",成绩,", 1)
    klingon = MOODLE.replace(",Grade,", ",mIw,", 1)

    assert exported(course, tmp_path, chinese, "--format", "moodle")[0] == 0
    code, said, _rows = exported(course, tmp_path, klingon, "--format", "moodle")
    assert code == 2 and "name it with --column" in said
    named = exported(course, tmp_path, klingon, "--format", "moodle", "--column", "mIw")
    assert named[0] == 0 and [row[4] for row in named[2][1:4]] == ["4", "0", "3"]


def test_a_learner_whom_no_row_names_is_said(course, tmp_path):
    """Exit code 1: a grade would be lost."""
    without = "".join(line for line in CANVAS.splitlines(keepends=True) if "赵丽" not in line)
    code, said, rows = exported(course, tmp_path, without, "--format", "canvas")

    assert code == 1 and "Learners with a grade whom no row names: cyd" in said
    assert len(rows) == 4


def test_points_on_another_scale_are_said(course, tmp_path):
    """Canvas would show 4 of 10."""
    text = CANVAS.replace("Possible,,,,,4,10", "Possible,,,,,10,10")

    assert (
        "10 points at most, this course 4"
        in exported(course, tmp_path, text, "--format", "canvas")[1]
    )


@pytest.mark.parametrize(
    ("platform", "text", "said"),
    [
        ("canvas", MOODLE, "not a gradebook of Canvas"),
        ("canvas", CANVAS.replace("Warm-up", "Cool-down"), "There are: Student, ID"),
        ("canvas", CANVAS.replace("Other (12)", "Warm-up (12)"), "Several are called Warm-up"),
        ("moodle", "", "the file is empty"),
    ],
)
def test_what_is_not_the_platforms_file_is_refused(course, tmp_path, platform, text, said):
    """And nothing is written."""
    code, told, rows = exported(course, tmp_path, text, "--format", platform)

    assert (code, rows) == (2, None) and said in told


def test_without_grades_there_is_nothing_to_export(tmp_path):
    """Score first."""
    code, said, rows = exported(made(tmp_path / "course"), tmp_path, CANVAS, "--format", "canvas")

    assert (code, rows) == (2, None) and "Run: gradproof score warmup" in said
