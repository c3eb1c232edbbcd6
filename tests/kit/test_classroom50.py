"""``gradproof autograder --for classroom50``: its program runs in three learners' checkouts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cli

from ..warmup import RIGHT, made

ROOT = Path(__file__).resolve().parents[2]
WRONG = RIGHT.replace("factor * x", "abs(factor) * x")
RUNNER = {
    "CLASSROOM": "dl",
    "ASSIGNMENT": "warmup",
    "SUBMISSION_TAG": "submit/2026-11-20T10-00-00Z-abc1234",
    "COMMIT_URL": "https://github.com/dl/warmup-ada/commit/abc1234",
    "RELEASE_URL": "https://github.com/dl/warmup-ada/releases/tag/x",
    "USERNAME": "ada",
    "GRADPROOF_PYTHON": sys.executable,
}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """Return the folder that an instructor puts into the classroom."""
    top = tmp_path_factory.mktemp("classroom50")
    course = made(top / "course")
    command = ["--lang", "en", "autograder", "warmup", "--for", "classroom50"]
    command += ["--to", str(top / "bundle"), "--course", str(course.root)]
    done = CliRunner().invoke(cli.main, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return top / "bundle"


def faults_in(result: dict[str, Any]) -> list[str]:
    """Return what ``collect-scores`` of Classroom 50 would refuse."""
    faults = [] if result["schema"] == "classroom50/result/v1" else ["schema"]
    texts = ("classroom", "assignment", "owner", "submission", "commit", "release", "review")
    faults += [key for key in (*texts, "datetime") if not isinstance(result[key], str)]
    faults += [key for key in (*texts, "datetime") if not result[key]]
    for one in (result, *result["tests"]):
        faults += [key for key in ("score", "max-score") if type(one[key]) is not int]
    faults += [t for t in result["tests"] if not t["test-name"] or type(t["passed"]) is not bool]
    return faults


def graded(bundle: Path, work: Path) -> tuple[int, dict[str, Any]]:
    """Run the program in a checkout; return its exit code and the result."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GRADPROOF")}
    done = subprocess.run(
        [sys.executable, str(bundle / "autograder.py")],
        cwd=work,
        env=kept | RUNNER | {"PYTHONPATH": str(ROOT), "GRADPROOF_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    path = work / "result.json"
    return done.returncode, json.loads(path.read_bytes()) if path.exists() else {}


def test_nothing_is_in_it_that_learners_do_not_have(bundle):
    """Whoever finds the classroom's pages can read it."""
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}

    assert {"autograder.py", "constraints.txt", "kit/.gradproof/kit.json"} <= names
    assert not [name for name in names if "hidden" in name or "solutions" in name]
    texts = [p.read_bytes() for p in bundle.rglob("*") if p.is_file() and p.suffix != ".whl"]
    assert not [text for text in texts if b"return factor * x" in text]


@pytest.mark.slow
def test_a_checkout_gets_a_result_that_is_collected(bundle, tmp_path):
    """Right, wrong, and one that brings a kit of its own, in which everything passes."""
    scores = {}
    for who, text in {"right": RIGHT, "wrong": WRONG, "forged": WRONG}.items():
        work = tmp_path / who
        work.mkdir()
        (work / "warmup.py").write_text(text)
        if who == "forged":
            (work / ".gradproof").mkdir()
            (work / ".gradproof" / "kit.json").write_text("{}")
            (work / "result.json").write_text('{"score": 100}')
        code, result = graded(bundle, work)
        assert (code, faults_in(result)) == (0, [])
        scores[who] = (result["score"], result["max-score"])
        assert "Warm-up" in (work / "release-body.md").read_text("utf-8")

    assert scores == {"right": (3, 3), "wrong": (2, 3), "forged": (2, 3)}


@pytest.mark.slow
def test_what_cannot_be_read_is_the_learners_and_what_breaks_is_not(bundle, tmp_path):
    """An empty checkout has no points; a damaged autograder leaves no result."""
    (tmp_path / "empty").mkdir()
    code, result = graded(bundle, tmp_path / "empty")
    assert (code, result["score"], faults_in(result)) == (0, 0, [])

    broken = tmp_path / "broken"
    (broken / "kit").mkdir(parents=True)
    (broken / "autograder.py").write_text((bundle / "autograder.py").read_text())
    work = tmp_path / "work"
    work.mkdir()
    code, result = graded(broken, work)
    assert code in (2, 4) and result == {}
