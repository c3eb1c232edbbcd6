"""``gradproof sweep``: a class of repositories, one of them gone, one late, one hostile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.course.catalogue import Course
from grader.errors import SubmissionError, UsageError
from grader.grading import setup
from grader.grading.forget import trace
from grader.sandbox.zygote import Zygote
from grader.submission import git_repository
from grader.submission.git_repository import GitRepository

from ..warmup import RIGHT, made

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

WRONG = RIGHT.replace("factor * x", "factor + x")
DUE = 'name = "warmup"\ndue = 2026-11-20T12:00:00+01:00'
BEFORE, AFTER = "2026-11-20T10:59:00+00:00", "2026-11-20T11:01:00+00:00"


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


def git(folder: Path, *words: str, date: str = BEFORE) -> None:
    """Run git in *folder*, at a *date*."""
    dated = {"GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date}
    who = ["-c", "user.name=A", "-c", "user.email=a@x.org", "-c", "init.defaultBranch=main"]
    command = ["git", *who, *words]
    subprocess.run(command, cwd=folder, env=os.environ | dated, check=True, capture_output=True)


def repository(folder: Path, *commits: tuple[str, str]) -> Path:
    """Return a repository with one file, changed by *commits*: a text and a date each."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    for text, date in commits:
        (folder / "warmup.py").write_text(text)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "-m", "work", date=date)
    return folder


@pytest.fixture
def course(tmp_path):
    """Return a course with a due date."""
    course = made(tmp_path / "course")
    catalogue = course.root / "assignments" / "course.toml"
    catalogue.write_text(catalogue.read_text("utf-8").replace('name = "warmup"', DUE), "utf-8")
    return Course.load(course.root)


def swept(course, *words: str):
    """Return exit code, what was said, and the rows of ``gradproof sweep warmup --json``."""
    command = ["sweep", "warmup", "--course", str(course.root), "--json", "--jobs", "1", *words]
    done = CliRunner().invoke(cli.main, command)
    rows = json.loads(done.stdout) if done.stdout.startswith("[") else []
    return done.exit_code, " ".join(done.output.split()), {row["learners"][0]: row for row in rows}


def test_what_was_there_at_the_due_date_is_graded_and_nobody_stops_the_others(course, tmp_path):
    """One repository is gone, one empty, one was finished late; hooks and links do nothing."""
    top = tmp_path / "class"
    repository(top / "ada", (WRONG, "2026-11-20T09:00:00+00:00"), (RIGHT, BEFORE), (WRONG, AFTER))
    late = repository(top / "bob", (RIGHT, AFTER))
    hostile = repository(top / "cyd")
    (hostile / "warmup.py").write_text(RIGHT)
    (hostile / "secret").symlink_to("/etc/passwd")
    (hostile / ".gitattributes").write_text("* filter=evil\n")
    git(hostile, "add", "--all")
    git(hostile, "commit", "--quiet", "-m", "work")
    repository(top / "dan")
    names = ("ada", "bob", "cyd", "dan", "eve")
    (tmp_path / "list.csv").write_text(
        "".join(["learner;repository\n", *(f"{who};{top / who}\n" for who in names)])
    )

    code, _said, rows = swept(course, "--from", str(tmp_path / "list.csv"))

    assert code == 1
    assert {who: row["score"].get(who) for who, row in rows.items()} == {
        **{"ada": "4", "bob": "4", "cyd": "4"},
        **{"dan": None, "eve": None},
    }
    assert rows["ada"]["made"] == BEFORE
    assert "no commit was made before the due date" in " ".join(rows["bob"]["notes"])
    assert "first seen" in " ".join(rows["ada"]["notes"])
    assert "secret is no regular file" in rows["cyd"]["notes"]
    assert rows["dan"]["fault"] == "the repository is empty"
    assert "does not appear to be a git repository" in rows["eve"]["fault"]
    report = json.loads((course.root / "results" / "warmup" / "bob" / "report.json").read_bytes())
    assert report["late_seconds"] == 60
    assert (late / "warmup.py").read_text() == RIGHT

    # again, with --late: the newest counts, and only that repository is fetched
    code, _said, rows = swept(
        *(course, "--from", str(tmp_path / "list.csv"), "--late", "--repository", "class/ada")
    )
    assert (code, list(rows), rows["ada"]["score"]) == (0, ["ada"], {"ada": "0"})


def test_a_group_has_one_repository_and_the_roster_may_list_it(course, tmp_path):
    """The members get the same grade; whoever has no repository there is passed over."""
    place = repository(tmp_path / "class" / "team", (RIGHT, BEFORE))
    (course.root / "roster.csv").write_text(
        f"id,group,repository,path\nada,red,,\nbob,red,,\ncyd,,{place},\n", "utf-8"
    )
    code, _said, rows = swept(course)
    assert (code, rows["cyd"]["score"]) == (0, {"cyd": "4"})
    # whoever is forgotten has no copy left
    assert course.root / "repositories" / "cyd" in trace(course, "cyd").folders

    (tmp_path / "list.csv").write_text(f"learner,repository\nred,{place}\n")
    code, _said, rows = swept(course, "--from", str(tmp_path / "list.csv"))
    assert (code, rows["ada"]["score"]) == (0, {"ada": "4", "bob": "4"})


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("learner,address\nada,x\n", 3, "list.csv:1: a column is missing: repository"),
        ("learner,repository\nada,\n", 3, "list.csv:2: the repository is missing"),
        ("learner,repository\n,x\n", 3, "list.csv:2: the learner is missing"),
        ("learner,repository\nada,x\nbob,x\n", 3, "list.csv:3: a second row for x"),
        ("learner,repository\n../ada,x\n", 3, "list.csv:2: "),
        ("learner,repository\n", 2, "lists no repository"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_its_line(course, tmp_path, text, code, said):
    """Before anything is fetched."""
    (tmp_path / "list.csv").write_text(text)
    found, told, _rows = swept(course, "--from", str(tmp_path / "list.csv"))

    assert found == code and said in told
    assert not (course.root / "repositories").exists()


def test_what_is_not_in_the_list_is_not_fetched(course, tmp_path):
    """Whoever triggers a run may name a repository of the class, and no other."""
    (tmp_path / "list.csv").write_text("learner,repository\nada,https://x.org/school/ada.git\n")
    for name in ("https://evil.org/a", "ool/ada", ""):
        code, said, _rows = swept(
            *(course, "--from", str(tmp_path / "list.csv"), "--repository", name)
        )
        assert code == 2 and "so it is not fetched" in said


@pytest.mark.parametrize("address", ["--upload-pack=touch /tmp/x", "ext::sh -c id", " "])
def test_an_address_that_runs_a_program_is_none(tmp_path, address):
    """Git knows such addresses."""
    with pytest.raises(UsageError, match="no address"):
        GitRepository(address, tmp_path)


def test_a_commit_that_was_seen_in_time_is_known_to_be(tmp_path):
    """What a later push pretends is not."""
    place = repository(tmp_path / "work", (RIGHT, BEFORE))
    copy = GitRepository(str(place), tmp_path / "copy")
    copy.fetch(datetime(2026, 11, 20, 11, tzinfo=UTC))
    (place / "warmup.py").write_text(WRONG)
    git(place, "commit", "--quiet", "-am", "back-dated")
    copy.fetch(datetime(2026, 11, 21, tzinfo=UTC))
    newest = copy.commit("main")

    assert newest.seen == datetime(2026, 11, 21, tzinfo=UTC)
    assert newest.made.isoformat() == BEFORE
    with pytest.raises(SubmissionError):
        copy.commit("no-such-branch")


def test_a_token_goes_to_its_own_server_alone(monkeypatch):
    """And never over an open connection, nor to a program that git starts."""
    known = {"GRADPROOF_GIT_TOKEN": "t0k3n", "PATH": "/bin", "GIT_DIR": "/elsewhere"}
    environment = git_repository._environment

    assert "Basic" in environment("https://github.com/a/b", known)["GIT_CONFIG_VALUE_0"]
    for address in (
        "https://evil.org/a",
        "http://github.com/a",
        "https://github.com.evil.org/",
        "",
    ):
        found = environment(address, known)
        assert "t0k3n" not in str(found) and "GIT_CONFIG_COUNT" not in found
        assert "GRADPROOF_GIT_TOKEN" not in found and "GIT_DIR" not in found
