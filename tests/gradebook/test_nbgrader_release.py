from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader.gradebook.nbgrader_release import release_nbgrader

from ..warmup import RIGHT, made
from .test_autograde import Nbgrader

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def released(tmp_path):
    """Return an nbgrader course into which an assignment was released."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed")
    course = made(tmp_path / "course")
    release_nbgrader(course, course.assignments[0], tmp_path / "nb", "en")
    return Nbgrader(tmp_path / "nb")


def cells(path):
    """Return text and metadata of the cells that nbgrader knows."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in notebook["cells"]
        if "nbgrader" in cell["metadata"]
    }


def test_nbgrader_generates_the_assignment_without_complaint(released, caplog):
    """``nbgrader generate_assignment`` takes our source, solution out, checks kept, no warning."""
    made_by_us = cells(released.root / "release/warmup/warmup.ipynb")
    with caplog.at_level(logging.WARNING):
        released.do("generate_assignment", "warmup")
    complaints = [r.message for r in caplog.records if r.levelno >= logging.WARNING]
    generated = cells(released.root / "release/warmup/warmup.ipynb")

    assert [] == [text for text in complaints if "exchange" not in text and "Removing" not in text]
    assert list(made_by_us) == list(generated)
    assert made_by_us["scale"] == generated["scale"]
    assert "factor * x" not in "".join(generated.values())
    assert (released.root / "release/warmup/.gradproof/kit.json").is_file()


def test_validate_tells_learners_what_is_wrong(released, monkeypatch):
    """``nbgrader validate`` fails an untouched notebook with our report, and passes a right one."""
    from nbgrader.validator import Validator

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    path = released.root / "release/warmup/warmup.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    untouched = Validator().validate(str(path))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = RIGHT
    path.write_text(json.dumps(notebook), encoding="utf-8")
    validator = Validator()
    remarks = io.StringIO()
    validator.log = logging.getLogger("validator")
    validator.log.addHandler(logging.StreamHandler(remarks))
    right = validator.validate(str(path))

    assert ["failed"] == list(untouched)
    assert "scale is not written yet" in untouched["failed"][0]["raw_error"]
    assert {} == right
    assert "Cell output" not in remarks.getvalue()


def test_an_instructors_try_leaves_nothing_for_learners(released, monkeypatch):
    """Running the notebook with the solutions does not note in the release what has passed."""
    from nbgrader.validator import Validator

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    source = released.root / "source/warmup"
    passed = Validator().validate(str(source / "warmup.ipynb"))

    assert {} == passed
    assert not (source / ".gradproof/progress.json").exists()


def test_the_command_names_both_folders(tmp_path):
    """``release --format nbgrader`` says where source and release lie; a zip is refused.

    In both, what the course gives lies beside the notebook.
    """
    course = made(tmp_path / "course")
    given = course.given_dir(course.assignments[0]) / "data/one.csv"
    given.parent.mkdir(parents=True)
    given.write_bytes(b"1")
    words = ["release", "warmup", "--course", str(course.root), "--format", "nbgrader"]
    to = tmp_path / "nb"
    done = CliRunner().invoke(cli.main, [*words, "--to", str(to)])
    zipped = CliRunner().invoke(cli.main, [*words, "--to", str(tmp_path / "other"), "--zip"])

    assert [str(to / "source/warmup"), str(to / "release/warmup")] == done.stdout.splitlines()
    for step in ("source", "release"):
        assert (to / step / "warmup/data/one.csv").read_bytes() == b"1"
    assert 2 == zipped.exit_code
    assert not (tmp_path / "other").exists()
