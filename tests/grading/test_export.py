"""``gradproof export``: a platform's own file, filled in, or one made for another program."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.grading import setup
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect
from grader.submission.roster import naming_rules

from ..gradescope_schema import faults_in
from ..warmup import RIGHT, made
from .importers import blackboard_faults, brightspace_faults, canvas_faults, moodle_faults

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
BLACKBOARD = """"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t\
"Warm-up [Total Pts: 4 Score] |991"\t"Other [Total Pts: 10 Score] |992"
"Lovelace"\t"Ada"\t"al1"\t"ada"\t"Yes"\t""\t"9"
"Ross"\t"Bob"\t"br2"\t""\t"Yes"\t"1"\t""
"赵"\t"丽"\t"zl3"\t""\t"Yes"\t"Needs Grading"\t""
"""
BRIGHTSPACE = """OrgDefinedId,Username,Last Name,Email,\
Warm-up Points Grade <Numeric MaxPoints:4 Weight:10 Category:Home>,Other Points Grade,\
End-of-Line Indicator
#ada,#al1,Lovelace,ada@x.org,,9,#
#,#br2,Ross,,1,,#
#cyd,#zl3,赵,,,,#
"""
SCORES = {
    "schema": "classroom50/scores/v1",
    "assignments": {
        "warmup": {
            "type": "individual",
            "entries": [
                {"owner": "al1", "submissions": [{"submission": "submit/2", "score": 0}, {}]},
                {"owner": "br2", "submissions": [{"submission": "submit/1", "score": 9}]},
                {"owner": "zl3", "submissions": [{"submission": "submit/3"}]},
                {"owner": "nobody", "submissions": [{"score": 7}]},
            ],
        }
    },
}


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
        rows = list(csv.reader(target.read_bytes().decode("utf-8").splitlines()))
    return done.exit_code, " ".join(done.output.split()), rows


@pytest.mark.parametrize(
    "text",
    [
        CANVAS,
        CANVAS.replace("\n    Points", "\n,,,,,Manual Posting,Muted,\n    Points", 1),
        CANVAS.replace('"', "").replace(", ", " ").replace(",", ";"),
        CANVAS.replace("Section,", "Section,Notes,")
        .replace(",A,", ",A,a note,")
        .replace("B,", "B,,")
        .replace("Possible,", "Possible,,"),
        CANVAS.replace("Login ID,", "Login ID,Integration ID,Root Account,")
        .replace(",al1,", ",al1,,x.org,")
        .replace(",br2,", ",br2,,x.org,")
        .replace(",cyd,,", ",cyd,,,x.org,")
        .replace(",104,,,", ",104,,,,,")
        .replace("Possible,", "Possible,,,"),
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Warm-up (4711)\n"
        "Points Possible,,,,,,4\nLovelace,Ada,101,ada,al1,A,\nRoss,Bob,102,,br2,A,\n"
        "丽,赵,103,cyd,,B,\n",
    ],
)
def test_every_gradebook_that_canvas_gives_out_is_one_that_it_takes(course, tmp_path, text):
    """Names in one column or two, own columns, other delimiters, a row on posting."""
    code, said, _rows = exported(course, tmp_path, text, "--format", "canvas")
    written = (tmp_path / "given-graded.csv").read_bytes()

    assert code == 0 and "with 3 grades" in said, said
    assert list(canvas_faults(written)) == []
    assert "Posting" not in said


def test_a_column_that_canvas_only_shows_is_refused(course, tmp_path):
    """It would leave every grade out, without a word."""
    text = CANVAS.replace("Possible,,,,,4,10", "Possible,,,,,(read only),10")
    code, said, rows = exported(course, tmp_path, text, "--format", "canvas")

    assert (code, rows) == (2, None)
    assert "given.csv:2: Canvas takes no grades for Warm-up (4711), which is read only" in said


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
    written = (tmp_path / "given-graded.csv").read_bytes()
    assert list(moodle_faults(written, range(501, 505), 4)) == []
    assert [row[:4] + row[5:] for row in before] == [row[:4] + row[5:] for row in rows]


def test_a_worksheet_that_php_would_read_wrongly_is_refused(course, tmp_path):
    """To it, a quotation mark after a backslash does not end a cell: rows would be lost."""
    text = MOODLE.replace(",old", r',"so \ldots, \"')
    code, said, rows = exported(course, tmp_path, text, "--format", "moodle")

    assert (code, rows) == (2, None)
    assert "given.csv:3: a backslash stands before a quotation mark" in said
    harmless = MOODLE.replace(",old", r",so \ldots")
    assert exported(course, tmp_path, harmless, "--format", "moodle")[0] == 0


def test_what_moodle_would_leave_out_as_too_much_is_said(course, tmp_path):
    """Commas in its numbers are decimal; a grade above the most is skipped there in silence."""
    german = MOODLE.replace("1.00", '"1,00"').replace("4.00", '"4,00"')
    code, said, _rows = exported(course, tmp_path, german, "--format", "moodle")
    assert code == 0 and "at most" not in said

    lower = MOODLE.replace("4.00", "3.00")
    code, said, _rows = exported(course, tmp_path, lower, "--format", "moodle")
    written = (tmp_path / "given-graded.csv").read_bytes()
    assert list(moodle_faults(written, range(501, 505), 3)) == ["row: 4 is out of range"]
    assert code == 1
    assert "Above what the platform takes, so it would leave these as they are: ada" in said


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


def test_a_gradebook_of_blackboard_keeps_its_form(course, tmp_path):
    """Tabs, quotes and UTF-16 stay; what is left out keeps its grade there."""
    given = tmp_path / "gc.xls"
    given.write_bytes(BLACKBOARD.encode("utf-16"))
    command = ["export", "warmup", "--format", "blackboard", "--into", str(given)]
    done = CliRunner().invoke(cli.main, [*command, "--course", str(course.root)])
    written = (tmp_path / "gc-graded.xls").read_bytes()
    lines = written.decode("utf-16").splitlines()

    assert done.exit_code == 0, done.output
    assert lines == [
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Warm-up [Total Pts: 4 Score] |991"',
        '"Lovelace"\t"Ada"\t"al1"\t"ada"\t"4"',
        '"Ross"\t"Bob"\t"br2"\t""\t"0"',
        '"赵"\t"丽"\t"zl3"\t""\t"3"',
    ]
    assert list(blackboard_faults(written)) == []


def test_a_gradebook_of_brightspace_keeps_ids_and_the_end_of_lines(course, tmp_path):
    """Its importer wants both, and no name or address."""
    code, _said, rows = exported(course, tmp_path, BRIGHTSPACE, "--format", "brightspace")
    heading = "Warm-up Points Grade <Numeric MaxPoints:4 Weight:10 Category:Home>"

    assert code == 0
    assert rows == [
        ["OrgDefinedId", "Username", heading, "End-of-Line Indicator"],
        ["#ada", "#al1", "4", "#"],
        ["#", "#br2", "0", "#"],
        ["#cyd", "#zl3", "3", "#"],
    ]
    assert list(brightspace_faults((tmp_path / "given-graded.csv").read_bytes())) == []


def test_any_table_with_a_column_of_ids_is_filled(course, tmp_path):
    """What looks like a formula in it is the instructor's own, and stays."""
    text = "Matrikelnummer;Warm-up;Sum\nada;;=B2*2\ncyd;1;=B3*2\nbob;;\n"
    given = tmp_path / "given.csv"
    given.write_text(text, "utf-8")
    command = ["export", "warmup", "--format", "csv", "--into", str(given)]

    assert CliRunner().invoke(cli.main, [*command, "--course", str(course.root)]).exit_code == 0
    assert (tmp_path / "given-graded.csv").read_text("utf-8") == (
        "Matrikelnummer;Warm-up;Sum\nada;4;=B2*2\ncyd;3;=B3*2\nbob;0;\n"
    )


def test_scores_of_classroom_50_are_filled_so_that_collecting_keeps_them(course, tmp_path):
    """The newest submission has the grade in whole numbers, and the entry is an override."""
    given = tmp_path / "scores.json"
    given.write_text(json.dumps(SCORES), "utf-8")
    command = ["export", "warmup", "--format", "classroom50", "--into", str(given)]
    done = CliRunner().invoke(cli.main, [*command, "--course", str(course.root)])
    entries = json.loads((tmp_path / "scores-graded.json").read_bytes())
    entries = entries["assignments"]["warmup"]["entries"]

    assert done.exit_code == 0 and "nobody" in done.output
    assert [e["submissions"][0].get("score") for e in entries] == [4, 0, 3, 7]
    assert [e.get("override") for e in entries] == [True, True, True, None]
    newest = entries[0]["submissions"][0]
    assert (newest["submission"], newest["max-score"], entries[0]["submissions"][1]) == (
        *("submit/2", 4),
        {},
    )
    assert sum(test["score"] for test in newest["tests"]) == 4


def test_files_that_no_platform_gave_out_are_made(course, tmp_path):
    """A table, JUnit XML, and for Gradescope a file for each learner, held to its schema."""

    def made_as(form, name):
        command = ["export", "warmup", "--format", form, "--to", str(tmp_path / name)]
        done = CliRunner().invoke(cli.main, [*command, "--course", str(course.root)])
        assert done.exit_code == 0, done.output
        return tmp_path / name

    table = made_as("csv", "grades.csv").read_text("utf-8-sig").splitlines()
    assert table[1].startswith("ada,4,4,4,100,final")
    assert {s.get("name") for s in ET.parse(made_as("junit", "x.xml")).getroot()} == {
        *("ada", "bob", "cyd")
    }
    folder = made_as("gradescope", "for_gradescope")
    found = {p.parent.name: json.loads(p.read_bytes()) for p in folder.glob("*/results.json")}
    assert {who: one["score"] for who, one in found.items()} == {"ada": 4, "bob": 0, "cyd": 3}
    assert [faults_in(one) for one in found.values()] == [[], [], []]


def test_gradescope_hands_over_the_grades_of_the_very_files_that_were_graded(course, tmp_path):
    """No check travels; what has changed since, or has a file more, has no score."""
    target = tmp_path / "grades.zip"
    command = ["export", "warmup", "--format", "gradescope", "--to", str(target)]
    done = CliRunner().invoke(cli.main, [*command, "--course", str(course.root)])
    assert done.exit_code == 0 and target.stat().st_mode & 0o077 == 0, done.output
    home = tmp_path / "autograder"
    (home / "submission").mkdir(parents=True)
    with zipfile.ZipFile(target) as archive:
        archive.extractall(home / "source")
        assert sorted(archive.namelist()) == [
            *("grades.json", "hand_over.py", "run_autograder", "setup.sh"),
        ]

    def handed_over(**files):
        for old in (home / "submission").iterdir():
            old.unlink()
        for name, text in files.items():
            (home / "submission" / f"{name}.py").write_text(text)
        program = home / "source" / "hand_over.py"
        subprocess.run([sys.executable, "-I", str(program), str(home)], check=True)
        return json.loads((home / "results" / "results.json").read_bytes())

    assert [handed_over(warmup=text)["score"] for text in (RIGHT, WRONG, PARTLY)] == [4, 0, 3]
    for files in ({"warmup": RIGHT + "#"}, {"warmup": RIGHT, "more": "x = 1"}, {}):
        assert faults_in(handed_over(**files), graded=False) == []


@pytest.mark.parametrize(
    ("form", "arguments", "said"),
    [
        ("canvas", (), "name it with --into"),
        ("junit", ("--into", "x", "--to", "y"), "leave out --into"),
        ("csv", (), "with --to"),
    ],
)
def test_a_missing_file_is_named(course, form, arguments, said):
    """Before anything is read."""
    command = ["export", "warmup", "--format", form, "--course", str(course.root), *arguments]
    done = CliRunner().invoke(cli.main, command)

    assert done.exit_code == 2 and said in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("platform", "text", "said"),
    [
        ("canvas", MOODLE, "not a gradebook of Canvas"),
        ("canvas", CANVAS.replace("Warm-up", "Cool-down"), "There are: Student, ID"),
        ("canvas", CANVAS.replace("Other (12)", "Warm-up (12)"), "Several are called Warm-up"),
        ("moodle", "", "the file is empty"),
        ("moodle", MOODLE.replace("Bob Ross", '"Bob" Ross'), "given.csv:3: the quotes are wrong"),
        ("moodle", MOODLE.replace(",old", ",old,er"), "given.csv:3: there are more cells"),
        ("canvas", CANVAS.replace("103,cyd", "103,ada"), "given.csv:5: a second row for ada"),
        ("canvas", CANVAS.splitlines()[0] + "\nNobody,1,,,,,,\n", "no row names anybody"),
        ("blackboard", CANVAS, "there is no column Username"),
        ("blackboard", "Username,Warm-up [Total Pts: 4 Score]\nal1,\n", "has no number"),
        ("blackboard", "Username,Warm-up [Total Pts: 4 Letter] |9\nal1,\n", "shows Letter"),
        ("brightspace", BRIGHTSPACE.replace("End-of", "Out-of"), "no column End-of-Line"),
        ("brightspace", BRIGHTSPACE.replace("up Points", "up Symbol"), "holds no points"),
        ("csv", "who,Warm-up\nada,\n", "call one id, email or name"),
        ("classroom50", "{\n}}", "given.csv:2: "),
        ("classroom50", "{}", "this is not scores.json"),
        ("classroom50", json.dumps(SCORES).replace('"warmup"', '"w2"'), "--column: w2"),
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
