"""``gradproof forget`` removes a person, says what, and leaves everybody else as they are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.grading.score import submissions_of
from grader.outcome import Outcome
from grader.scoring.results import Results
from grader.submission.csv_cut import without_rows
from grader.submission.files import File
from grader.submission.metadata import Metadata

from ..made_results import made_check, made_result
from ..warmup import RIGHT, made

TABLES = {
    "roster.csv": "id,name,email\r\nada,Ada Lovelace,a@x\r\nbob,Bob,b@x\r\n",
    "extensions.csv": "learner,assignment,due\nA@X,warmup,2026-12-06T00:00:00Z\n",
    "overrides.csv": 'assignment,learner,exercise,points,reason\nwarmup,ada,scale,1,"a\nb"\n'
    "warmup,bob,scale,2,as ada\n",
    "results/warmup/grades.csv": "\ufefflearner,score\nada,4\nbob,4\nadam,4\n",
}
CANVAS = (
    "Student,ID,SIS Login ID,Section,Warm-up (1)\n,,,,\nAda Lovelace,501,a@x,A,4\nBob,502,b@x,A,4\n"
)


@pytest.fixture
def course(tmp_path):
    """Return a course in which ada and bob have left everything that one can leave."""
    language.use("en")
    course = made(tmp_path / "course")
    for learner in ("ada", "bob", "adam"):
        said = Metadata(group=("ada", "bob")) if learner != "adam" else Metadata()
        file = File("warmup.py", RIGHT.encode(), 0)
        submissions_of(course).add("warmup", learner, [file], "warmup.py", said)
        report = made_result(made_check("scale.test_a", Outcome.PASSED, 4), learner=learner)
        for folder in ("results", "published/warmup/001/.."):
            Results(course.root / folder, "warmup").write(report, "", "")
        Results(course.root / "published/warmup", "001").write(report, "", "")
        for folder in ("submitted", "autograded"):
            (course.root / folder / learner / "warmup").mkdir(parents=True)
    for name, text in TABLES.items():
        (course.root / name).write_text(text, "utf-8", newline="")
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "ada.smith").mkdir()
    for name in ("ada.html", "bob.html", "adam.html", "ada.smith.html"):
        (pages / name).write_text("<p>", "utf-8")
    (pages / "index.csv").write_text("learner,file\nada,ada.html\nbob,bob.html\n", "utf-8")
    (tmp_path / "canvas.csv").write_text(CANVAS, "utf-8")
    return course


def run(course, *arguments, **more):
    """Run the command; return its exit code, what it printed, and what it said beside."""
    done = CliRunner().invoke(
        cli.main, ["forget", *arguments, "--course", str(course.root)], **more
    )
    return done.exit_code, done.stdout, " ".join(done.stderr.split())


def everything(folder):
    """Return all files, with what they hold."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_of_a_learner_is_removed_and_nothing_of_others(course, tmp_path):
    """From submissions, results, publications, tables, pages and exports."""
    also = ("--also", str(tmp_path / "pages"), "--also", str(tmp_path / "canvas.csv"))
    code, out, said = run(course, "ada", "--yes", *also)
    left = [path for path in tmp_path.rglob("*") if path.name in ("ada", "ada.html")]

    assert (code, left) == (0, [])
    assert {"ada.smith", "ada.smith.html", "adam.html", "bob.html", "index.csv"} == {
        path.name for path in (tmp_path / "pages").iterdir()
    }
    assert "roster.csv: 1 rows" in out and "results/warmup/ada" in out
    assert (course.root / "roster.csv").read_bytes() == b"id,name,email\r\nbob,Bob,b@x\r\n"
    assert (course.root / "extensions.csv").read_text() == "learner,assignment,due\n"
    assert (tmp_path / "canvas.csv").read_text("utf-8") == CANVAS.replace(
        "Ada Lovelace,501,a@x,A,4\n", ""
    )
    assert (tmp_path / "pages/index.csv").read_text() == "learner,file\nbob,bob.html\n"
    assert "overrides.csv" in said.partition("These still name ada")[2]
    (receipt,) = (course.root / "submissions/warmup/bob").glob("*/receipt.json")
    assert json.loads(receipt.read_text())["metadata"] == {"group": ["bob"]}
    for folder in ("submissions/warmup", "results/warmup", "published/warmup/001", "submitted"):
        names = {path.name for path in (course.root / folder).iterdir() if path.is_dir()}
        assert {"bob", "adam"} <= names, folder


def test_it_asks_and_no_means_no(course, tmp_path):
    """Nothing is removed then."""
    before = everything(tmp_path)
    code, out, said = run(course, "ada", input="n\n")

    assert (code, "Remove all of this?" in said) == (1, True)
    assert "submissions/warmup/ada" in out
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["zoe", "../ada", "", "."])
def test_who_is_not_there_cannot_be_forgotten(course, tmp_path, name):
    """Nor can a path."""
    before = everything(tmp_path)

    assert run(course, name, "--yes")[0] == 2
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"score,max\nada,4\n", b'learner\n"ada\n', b"learner,x\nbob,ada\n"]
)
def test_a_file_that_does_not_say_whose_its_rows_are_stays(data):
    """A number or a remark may look like a name."""
    assert (data, 0) == without_rows(data, lambda cell: cell == "ada")
