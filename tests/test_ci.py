"""The Action and the GitLab component: their steps run here, as their machines would run them."""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml
from click.testing import CliRunner

import cli
from grader.commands import ci_output
from grader.kit.release import release

from .warm_program import warm_program
from .warmup import RIGHT, made

ROOT = Path(__file__).resolve().parents[1]
ACTION = ROOT / "ci" / "github" / "action.yml"
COMPONENT = ROOT / "templates" / "gradproof.yml"
WRONG = RIGHT.replace("factor * x", "abs(factor) * x")
HOSTILE = """# framework: numpy
import os, sys

print("::error::printed")
for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH"):
    try:
        open(os.environ[name], "a").write("hostile")
    except Exception:
        pass

def scale(x, factor):
    raise ValueError("::set-env name=PATH::evil\\n::error::raised")
"""
VALUE = re.compile(r"\$\{\{\s*(inputs|github)\.([\w-]+)\s*\}\}")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course."""
    return made(tmp_path_factory.mktemp("ci") / "course")


class Machine:
    """A machine of GitHub or GitLab: programs that install do nothing, gradproof is this one."""

    def __init__(self, folder: Path) -> None:
        self.work = folder / "work"
        self.work.mkdir(parents=True)
        programs = folder / "bin"
        programs.mkdir()
        self.log = folder / "installed"
        note = f'echo "$0 $*" >>{shlex.quote(str(self.log))}'
        for name, line in {
            "gradproof": f'exec {shlex.join(warm_program())} "$@"',
            **dict.fromkeys(("python", "sudo", "apt-get"), note),
        }.items():
            path = programs / name
            path.write_text(f"#!/bin/sh\n{line}\n")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        self.files = {
            name: folder / name
            for name in ("GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")
        }
        for path in self.files.values():
            path.touch()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB", "CI", "GITLAB"))}
        self.environment = kept | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
        }

    def bash(self, script: str, more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a step as both systems do."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.work,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


def act(machine: Machine, inputs: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the composite action until a step fails; return the last step."""
    action = yaml.safe_load(ACTION.read_text("utf-8"))
    given = {name: str(one.get("default", "")) for name, one in action["inputs"].items()}
    given |= inputs
    known = {"inputs": given, "github": {"action_path": str(ACTION.parent)}}
    done = None
    for step in action["runs"]["steps"]:
        if "run" not in step or (step.get("if") == "inputs.course != ''" and not given["course"]):
            continue
        assert "${{" not in step["run"], "what is filled in must come by the environment"
        values = {
            name: VALUE.sub(lambda found: known[found[1]][found[2]], text)
            for name, text in step.get("env", {}).items()
        }
        files = {name: str(path) for name, path in machine.files.items()}
        github = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(machine.work)}
        done = machine.bash(step["run"], files | github | values)
        if done.returncode:
            break
    assert done is not None
    return done


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "code", "points"), [(RIGHT, 0, 4), (WRONG, 1, 3), (HOSTILE, 1, 0)]
)
def test_the_action_grades_with_the_course(course, tmp_path, text, code, points):
    """A right, a wrong and a hostile repository."""
    machine = Machine(tmp_path)
    (machine.work / "warmup.py").write_text(text)
    inputs = {"submission": "warmup.py", "course": str(course.root), "assignment": "warmup"}
    done = act(machine, inputs)
    summary = machine.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
    suite = ET.parse(machine.work / "gradproof.xml").getroot()[0]

    assert done.returncode == code, done.stderr
    assert f"# Warm-up: {points} / 4 points" in summary
    assert {p.get("name"): p.get("value") for p in suite[0]}["score"] == str(points)
    assert "bubblewrap" in machine.log.read_text() and "[torch]" in machine.log.read_text()
    # between stop and go, GitHub reads no commands; all others are ours
    start, _printed, rest = re.split(r"^::.*gradproof-[0-9a-f]{32}.*\n", done.stdout, flags=re.M)
    commands = [line for line in (start + rest).splitlines() if line.lstrip().startswith("::")]
    line = 12 if text == HOSTILE else 2
    assert len(commands) == (points < 4)
    assert all(
        one.startswith(
            f"::error file=warmup.py,line={line if text == HOSTILE else 2},title=Scaling"
        )
        for one in commands
    )
    others = [machine.files[name].read_text() for name in machine.files]
    assert not [text for text in others if "hostile" in text]


@pytest.mark.slow
def test_the_action_runs_the_public_checks_of_a_kit(course, tmp_path):
    """In a learner's repository there is nothing else."""
    machine = Machine(tmp_path)
    kit = release(course, course.assignments[0], machine.work, "en")
    (kit / "warmup.py").write_text(WRONG)
    done = act(machine, {"submission": kit.name})

    assert done.returncode == 1, done.stderr
    assert "::error file=warmup/warmup.py,line=2" in done.stdout
    assert "bubblewrap" not in machine.log.read_text()


def test_a_run_without_checks_is_red(course, tmp_path):
    """An empty repository, or an assignment that is not there."""
    machine = Machine(tmp_path)
    done = act(machine, {"submission": "gone.py", "course": str(course.root), "assignment": "w"})
    assert done.returncode == 2

    machine = Machine(tmp_path / "kit")
    assert act(machine, {}).returncode == 2


def component() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the inputs and the job of the component."""
    head, job = yaml.safe_load_all(COMPONENT.read_text("utf-8"))
    return head["spec"]["inputs"], job["gradproof"]


def on_gitlab(machine: Machine, inputs: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the component's job."""
    known, job = component()
    given = {name: str(one.get("default", "")) for name, one in known.items()} | dict(inputs)

    def filled(text: str) -> str:
        return re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: given[found[1]], text)

    script = [*job["before_script"], *job["script"]]
    assert "$[[" not in "".join(script), "what is filled in must come by the environment"
    values = {name: filled(text) for name, text in job["variables"].items()}
    gitlab = {"GITLAB_CI": "true", "CI_PROJECT_DIR": str(machine.work)}
    return machine.bash("\n".join(script), gitlab | values)


@pytest.mark.slow
def test_the_component_checks_a_kit(course, tmp_path):
    """With a report of quality and JUnit."""
    machine = Machine(tmp_path)
    kit = release(course, course.assignments[0], machine.work, "en")
    (kit / "warmup.py").write_text(WRONG)
    done = on_gitlab(machine, {"folder": kit.name})

    assert done.returncode == 1, done.stderr
    (one,) = json.loads((machine.work / "gl-code-quality-report.json").read_bytes())
    assert one["location"]["path"] == "warmup/warmup.py"
    assert ET.parse(machine.work / "gradproof.xml").getroot().tag == "testsuites"


@pytest.mark.slow
def test_the_component_sweeps_a_class(course, tmp_path):
    """In the course's own project; a repository that is not there makes it red."""
    machine = Machine(tmp_path)
    work = tmp_path / "ada"
    work.mkdir()
    (work / "warmup.py").write_text(WRONG)
    who = ["-c", "user.name=A", "-c", "user.email=a@x.org"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "work"]):
        subprocess.run(["git", *words], cwd=work, check=True)
    copied = machine.work / "course"
    subprocess.run(["cp", "-R", course.root, copied], check=True)
    (copied / "repositories.csv").write_text(f"learner,repository\nada,{work}\nbob,/gone\n")
    done = on_gitlab(machine, {"folder": "course", "mode": "sweep", "assignment": "warmup"})

    assert done.returncode == 1, done.stderr
    assert "3 / 4" in done.stdout and "bob" in done.stdout
    assert "test_negative_factor" in (machine.work / "gradproof.xml").read_text()


def test_with_json_stdout_holds_json_alone(course, tmp_path, monkeypatch):
    """Annotations go to stderr, which GitHub reads, too; a summary is cut before it is dropped."""
    (tmp_path / "warmup.py").write_text(WRONG)
    summary = tmp_path / "summary"
    for name, value in {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(summary),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(ci_output, "_MOST_BYTES", 40)
    command = ["--lang", "en", "grade", str(tmp_path / "warmup.py"), "--assignment", "warmup"]
    command += ["--course", str(course.root), "--json", "--ci"]
    done = CliRunner().invoke(cli.main, command)

    assert json.loads(done.stdout)["score"] == 3
    assert done.stderr.startswith("::error file=warmup.py,line=2")
    assert summary.read_text().startswith("# Warm-up") and "too long" in summary.read_text()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "ci" / "github").glob("*.yml")), ids=lambda p: p.name
)
def test_nothing_from_outside_is_pasted_into_a_script(path):
    """What others write reaches steps by the environment, so that it is never read as shell."""
    text = path.read_text("utf-8")
    jobs = yaml.safe_load(text)
    steps = jobs["runs"]["steps"] if "runs" in jobs else next(iter(jobs["jobs"].values()))["steps"]

    assert [step for step in steps if "${{" in step.get("run", "")] == []


def test_a_learners_workflow_holds_no_secret():
    """Whoever can edit it could read one."""
    text = (ROOT / "ci" / "github" / "learner.yml").read_text("utf-8")

    assert "secrets" not in text and "course" not in text
