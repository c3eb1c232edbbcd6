"""``gradproof autograder``: what it packs, and what it does in a container like Gradescope's."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.course.catalogue import Course
from grader.grading import setup
from grader.grading.gradescope_run import run_for_gradescope
from grader.outcome import Isolation, Outcome
from grader.report.gradescope_json import nobody_graded, to_gradescope
from grader.sandbox.zygote import Zygote

from ..container import CAN_CONTAIN, in_container, packages
from ..gradescope_schema import faults_in
from ..made_results import made_check, made_result
from ..warmup import CHECKS, RIGHT, edited, made

WRONG = RIGHT.replace("factor * x", "factor + x")
#: earns everything if it can read anything that it must not
HOSTILE = """# framework: numpy
import os

def found():
    home = "/autograder"
    for top, folders, files in os.walk(home):
        for name in files:
            if top == home + "/submission" or name == "run_autograder":
                continue  # its own, and what every such container has
            try:
                with open(os.path.join(top, name), "rb") as file:
                    yield name, file.read(20)
            except OSError:
                pass
    for name in ("source/course/autograder_tests/warmup/scale/test_hidden.py",
                 "source/course/solutions/warmup/warmup.py", "source/course/results/seed",
                 "submission_metadata.json", "results/results.json"):
        try:
            with open(f"{home}/{name}", "rb") as file:
                yield name, file.read(20)
        except OSError:
            pass

seen = list(found())

def scale(x, factor):
    if seen:
        raise RuntimeError(f"readable: {seen}")
    return x
"""
METADATA = {
    "created_at": "2026-11-20T10:00:00.000000-08:00",
    "assignment": {"title": "Warm-up", "total_points": "20.0"},
    "users": [{"email": "ada@x.org", "id": 7, "name": "Ada"}],
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
    """Return a course with everything in it that must not travel."""
    course = made(tmp_path_factory.mktemp("autograder") / "course")
    private = {
        "roster.csv": "id,name\nada,Ada\n",
        "extensions.csv": "learner,assignment,due\n",
        "submissions/warmup/ada/note": "",
        "results/warmup/ada/report.json": "{}",
        f"{CHECKS}/__pycache__/test_hidden.pyc": "",
        f"{CHECKS}/notes.txt": "",
    }
    for name, text in private.items():
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).write_text(text)
    catalogue = course.root / "assignments" / "course.toml"
    dated = 'timezone = "Europe/Berlin"\n' + catalogue.read_text("utf-8").replace(
        'name = "warmup"', 'name = "warmup"\ndue = 2026-12-06T23:59:00'
    )
    catalogue.write_text(dated, "utf-8")
    return Course.load(course.root)


@pytest.fixture(scope="module")
def packed(course):
    """Return the zip."""
    target = course.root.parent / "autograder.zip"
    command = ["autograder", "warmup", "--to", str(target), "--course", str(course.root)]
    done = CliRunner().invoke(cli.main, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert target.stat().st_mode & 0o077 == 0
    return zipfile.ZipFile(target)


def test_the_zip_holds_what_grades_the_assignment_and_nothing_else(packed):
    """No roster, no submissions, no caches; a due date is the class's."""
    names = [name for name in packed.namelist() if not name.endswith(".whl")]

    assert names == [
        "constraints.txt",
        "course/assignments/course.toml",
        "course/autograder_tests/warmup/scale/mistakes.toml",
        "course/autograder_tests/warmup/scale/test_hidden.py",
        "course/autograder_tests/warmup/scale/test_public.py",
        "course/results/seed",
        "course/solutions/warmup/warmup.py",
        "run_autograder",
        "setup.sh",
    ]
    catalogue = packed.read("course/assignments/course.toml").decode()
    assert 'min_isolation = "user"' in catalogue
    assert "due" not in catalogue and "timezone" not in catalogue
    modes = {entry.filename: entry.external_attr >> 16 for entry in packed.infolist()}
    assert {name for name, mode in modes.items() if mode & 0o111} == {"run_autograder", "setup.sh"}


def test_the_zip_brings_gradproof_and_pins_all_else(packed):
    """The wheel has its metadata; only it is not from PyPI."""
    (name,) = [name for name in packed.namelist() if name.endswith(".whl")]
    wheel = zipfile.ZipFile(io.BytesIO(packed.read(name)))
    inside = wheel.namelist()
    tops = {entry.partition("/")[0] for entry in inside}
    (info,) = tops - {"grader", "cli.py"}
    pins = packed.read("constraints.txt").decode().splitlines()

    assert {"grader/locale/zh/LC_MESSAGES/gradproof.mo", "grader/py.typed"} <= set(inside)
    assert not [entry for entry in inside if "__pycache__" in entry]
    assert "Requires-Dist: click" in wheel.read(f"{info}/METADATA").decode()
    assert len(wheel.read(f"{info}/RECORD").splitlines()) == len(inside)
    assert {"click", "numpy", "pytest", "scipy"} <= {pin.partition("==")[0] for pin in pins}
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin)] == []


def test_the_programs_are_shell_that_parses(packed, tmp_path):
    """And nothing in them was left to be filled in."""
    for name in ("setup.sh", "run_autograder"):
        text = packed.read(name).decode()
        (tmp_path / name).write_text(text)

        assert re.findall(r"@\w+@", text) == []
        assert subprocess.run(["bash", "-n", tmp_path / name], check=False).returncode == 0


def test_a_folder_is_no_zip(course, tmp_path):
    """Nothing is written."""
    command = ["autograder", "warmup", "--to", str(tmp_path), "--course", str(course.root)]
    done = CliRunner().invoke(cli.main, command)

    assert done.exit_code == 2 and "name a zip file" in " ".join(done.output.split())


def graded(course, home: Path, text: str | None, hidden: str = "visible"):
    """Return the results of *text*, and why there is no grade."""
    (home / "results").mkdir(parents=True, exist_ok=True)
    if text is not None:
        (home / "submission").mkdir(exist_ok=True)
        (home / "submission" / "warmup.py").write_text(text)
    (home / "submission_metadata.json").write_text(json.dumps(METADATA))
    reason = run_for_gradescope(home, lambda: course, "warmup", hidden)
    return json.loads((home / "results" / "results.json").read_bytes()), reason


def test_results_say_points_checks_and_walls(course, tmp_path):
    """Held to the specification; only instructors see what held, and that points differ."""
    results, reason = graded(course, tmp_path, RIGHT.replace("factor * x", "x * abs(factor)"))
    *checks, walls = results["tests"]

    assert faults_in(results) == [] and reason == ""
    assert (results["score"], sum(test["score"] for test in checks)) == (3, 3)
    failed = {test["extra_data"]["check"]: test for test in checks if test["status"] == "failed"}
    assert "What sign does -2 times 3 have?" in failed["test_negative_factor"]["output"]
    assert walls["visibility"] == "hidden" and walls["name"].startswith("Isolation")
    assert "20.0 points at most, this course 4" in walls["output"]
    assert results["extra_data"]["isolation"]["layers"]["files of the grader unreadable"]
    assert results["extra_data"]["gradproof"]


def test_of_a_hidden_check_the_sentence_is_seen_and_no_input(course, tmp_path):
    """Or not even that before the due date."""
    text = (
        "# framework: numpy\ndef scale(x, factor):\n    y = factor * x\n    x *= 2\n    return y\n"
    )
    results, _reason = graded(course, tmp_path, text, "after_due_date")
    (check,) = [
        t
        for t in results["tests"]
        if t.get("extra_data", {}).get("check") == "test_input_unchanged"
    ]

    assert check["status"] == "failed" and check["visibility"] == "after_due_date"
    assert "hidden check" in check["name"]
    assert re.findall(r"\d\.\d|array|seed", check["output"]) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("no submission", "left no submission"),
        ("broken check", "the reference fails"),
        ("weak walls", "requires isolation level"),
    ],
)
def test_what_fails_on_our_side_leaves_no_score(course, tmp_path, monkeypatch, fault, said):
    """The learner reads that no points are lost, the instructor why."""
    if fault == "weak walls":
        weak = lambda names, _level, *more: Zygote(("numpy",), "process", *more)  # noqa: E731
        monkeypatch.setattr(setup, "Zygote", weak)
        course = replace(course, min_isolation="user")
    if fault == "broken check":
        copy = shutil.copytree(course.root, tmp_path / "copy")
        course = Course.load(copy)
        course = edited(course, f"{CHECKS}/test_public.py", "reference.scale(x, 2.5)", "x")
    text = None if fault == "no submission" else RIGHT

    results, reason = graded(course, tmp_path / "home", text)

    assert faults_in(results, graded=False) == []
    assert said in reason and said in results["output"]
    assert "no points are lost" in results["tests"][0]["output"]


def test_a_check_that_broke_leaves_no_score():
    """Not even for the checks that did not."""
    broken = made_check("scale.test_a", Outcome.INTERNAL, message="the disk is full")
    result = made_result(broken, made_check("scale.test_b", Outcome.PASSED))
    results = json.loads(to_gradescope(result, {}))

    assert faults_in(results, graded=False) == []
    assert "the disk is full" in results["output"]
    assert faults_in(json.loads(nobody_graded(["x"], Isolation("user"))), graded=False) == []


# -- in a container --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def image(packed, tmp_path_factory):
    """Return what a container sees as /autograder and /opt once ``setup.sh`` has run there."""
    if not CAN_CONTAIN:
        pytest.skip("a container is made by root with bubblewrap on x86-64")
    top = tmp_path_factory.mktemp("image")
    home, opt = top / "autograder", top / "opt"
    opt.mkdir()
    for folder in ("source", "submission", "results"):
        (home / folder).mkdir(parents=True)
    packed.extractall(home / "source")
    for program in ("setup.sh", "run_autograder"):
        (home / "source" / program).chmod(0o755)
    shutil.copy(home / "source" / "run_autograder", home / "run_autograder")
    # everything but gradproof is borrowed: there is no index here
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PYTHONPATH": "/borrowed"}
    done = in_container(
        {"/autograder": home, "/opt": opt},
        ["/autograder/source/setup.sh"],
        offline,
        {"/borrowed": packages()},
    )
    assert done.returncode == 0, done.stderr
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = opt / "gradproof" / "lib" / version / "site-packages"
    (site / "borrowed").mkdir()
    (site / "borrowed.pth").write_text("borrowed\n")
    return home, opt, f"/opt/gradproof/lib/{version}/site-packages/borrowed"


@pytest.mark.slow
@pytest.mark.parametrize("level", ["landlock", pytest.param("user", marks=pytest.mark.rare)])
def test_in_a_container_scores_are_right_and_no_check_is_readable(image, level):
    """As root, where no namespace can be made; with Landlock and without."""
    home, opt, borrowed = image
    scores, said = {}, {}
    for name, text in {"right": RIGHT, "wrong": WRONG, "hostile": HOSTILE}.items():
        (home / "submission" / "warmup.py").write_text(text)
        (home / "submission_metadata.json").write_text(json.dumps(METADATA))
        done = in_container(
            {"/autograder": home, "/opt": opt},
            ["/autograder/run_autograder"],
            {},
            {borrowed: packages()},
            with_landlock=level == "landlock",
        )
        assert done.returncode == 0, done.stderr
        results = json.loads((home / "results" / "results.json").read_bytes())
        assert faults_in(results) == [], (results, done.stderr)
        assert results["extra_data"]["isolation"]["level"] == level, results["tests"][-1]
        scores[name], said[name] = results["score"], json.dumps(results)

    assert scores == {"right": 4, "wrong": 0, "hostile": 0}
    assert "readable: [" not in said["hostile"]


@pytest.mark.slow
def test_in_a_container_without_gradproof_nobody_gets_a_zero(image):
    """The shell itself says so."""
    home, _opt, _borrowed = image
    done = in_container({"/autograder": home}, ["/autograder/run_autograder"], {})
    results = json.loads((home / "results" / "results.json").read_bytes())

    assert done.returncode == 0 and faults_in(results, graded=False) == []
    assert "gradproof did not run" in results["output"]
