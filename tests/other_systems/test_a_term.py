"""What people do in a term, on Windows and macOS.

On Linux, these are simulated: see ``simulated.py``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from ..waiting import PATIENCE
from .conftest import Machine
from .simulated import environment

#: lines as Notepad ends them
RIGHT = "# framework: numpy\r\n\r\ndef scale(x, factor):\r\n    return x * factor\r\n"
WRONG = RIGHT.replace("* factor", "* abs(factor)")
ENDLESS = RIGHT.replace("return x * factor", "while True:\r\n        pass")


def scaffold(machine: Machine) -> Path:
    """Return the machine's course, made at the first call."""
    course = machine.home / "course"
    if not course.exists():
        done = machine("new", "course", course)
        assert (0, "") == (done.code, done.err)
    return course


@pytest.fixture
def course(machine: Machine) -> Path:
    """Return the machine's course."""
    return scaffold(machine)


@contextmanager
def holding(kit: Path, text: str, seconds: float) -> Iterator[None]:
    """Have *text* for the learner's file, and this limit on the time of a check."""
    path = kit / ".gradproof" / "kit.json"
    limits = path.read_bytes()
    found = json.loads(limits)
    found["exercises"][0]["seconds"] = seconds
    path.write_bytes(json.dumps(found).encode())
    (kit / "warmup.py").write_bytes(text.encode())
    yield
    path.write_bytes(limits)


@pytest.fixture
def kit(machine: Machine, course: Path) -> Path:
    """Return a kit of the course, released at the first call."""
    kit = machine.home / "kit" / "warmup"
    if not kit.exists():
        done = machine("release", "warmup", "--to", kit.parent, at=course)
        assert (0, 1) == (done.code, done.err.count("Verified: the kit contains no line"))
    return kit


@pytest.mark.slow
@pytest.mark.rare
def test_authors_audit_a_course_without_processes_of_their_own(
    machine: Machine, course: Path
) -> None:
    """Nothing is forked, and there need not be any timers."""
    done = machine("audit", at=course)

    assert done.code == 0, done.out + done.err
    assert "12 runs of correct solutions" in done.out
    assert "No findings." in done.out


def test_a_learner_checks_and_packs_their_work(machine: Machine, kit: Path) -> None:
    """The whole desk works: check, hint, progress, reset and submit."""
    fresh = (kit / "warmup.py").read_bytes()
    (kit / "warmup.py").write_bytes(WRONG.encode())
    failed = machine("check", at=kit)
    hinted = machine("hint", at=kit)
    stood = machine("progress", at=kit)
    reset = machine("reset", "scale", "--yes", at=kit)
    restored = (kit / "warmup.py").read_text(encoding="utf-8")
    (kit / "warmup.py").write_bytes(RIGHT.encode())
    passed = machine("check", at=kit)
    packed = machine("submit", "--to", machine.home / "ada.zip", at=kit)
    (kit / "warmup.py").write_bytes(fresh)

    assert [1, 0, 0, 0] == [failed.code, hinted.code, stood.code, reset.code], reset.err
    assert "Every value is −1 times the expected value." in failed.out
    assert "scale" in hinted.out
    assert "raise NotImplementedError" in restored
    assert (0, 0) == (passed.code, packed.code), passed.out + packed.err
    with zipfile.ZipFile(machine.home / "ada.zip") as archive:
        assert ["warmup.py"] == [name for name in archive.namelist() if name.endswith(".py")]


def test_an_endless_loop_is_told_of_within_its_limit(machine: Machine, kit: Path) -> None:
    """Without forks, timers and signals; the worker is ended with it."""
    with holding(kit, ENDLESS, seconds=0.5):
        done = machine("check", at=kit)

    assert (1, 1) == (done.code, done.out.count("Is there an infinite loop?")), done.err
    assert 2 == done.out.count("(timed out)")


@pytest.mark.slow
def test_watching_tells_of_an_endless_loop_and_goes_on(machine: Machine, kit: Path) -> None:
    """First that it still runs, then that it did not end; then the next version is checked."""
    with holding(kit, ENDLESS, seconds=4.0):
        program = "from cli import main; main(prog_name='gradproof')"
        watching = subprocess.Popen(
            [sys.executable, "-u", "-P", "-c", program, "check", "--watch"],
            cwd=kit,
            env=environment(machine.system),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert watching.stdout is not None
        with watching.stdout as lines:
            assert any("Still running scale" in line for line in lines)
            assert any("did not return within 4 s" in line for line in lines)
            (kit / "warmup.py").write_bytes(RIGHT.encode())
            assert any("All exercises pass." in line for line in lines)
            watching.kill()
        watching.wait(PATIENCE)


def test_a_class_is_collected_and_scored(machine: Machine, course: Path) -> None:
    """`score` of several learners on two processes grades them here; the report says what lacks."""
    inbox = machine.home / "inbox"
    inbox.mkdir()
    for learner, text in {"ada": RIGHT, "bob": WRONG, "eve": "x = "}.items():
        (inbox / f"{learner}.py").write_bytes(text.encode())
    collected = machine("collect", "warmup", "--from", inbox, at=course)
    scored = machine("score", "warmup", "--jobs", 2, at=course)
    again = machine("score", "warmup", "--jobs", 2, at=course)
    graded = machine("grade", inbox / "bob.py", "--assignment", "warmup", at=course)
    shown = machine("show", "bob", at=course)
    grades = (course / "results" / "warmup" / "grades.csv").read_bytes().decode("utf-8-sig")
    pages = machine.home / "pages"
    told = machine("feedback", "warmup", "--to", pages, at=course)
    frozen = machine("publish", "warmup", at=course)
    gone = machine("forget", "eve", "--yes", at=course)

    done = (collected, scored, again, graded, shown)
    assert [0, 0, 0, 1, 0] == [one.code for one in done], [one.err for one in done]
    assert "3 taken, 0 unchanged, 0 refused." in collected.out
    assert "3 graded now, 0 unchanged" in scored.err
    assert "0 graded now, 3 unchanged" in again.err
    assert ["ada,4,4", "bob,3,4", "eve,0,4"] == [
        ",".join(line.split(",")[:1] + line.split(",")[2:4]) for line in grades.splitlines()[1:]
    ]
    assert "\r\r\n" not in grades
    assert "Stronger isolation needs Linux: grade there" in scored.err
    assert ("WSL" in scored.err) == (machine.system == "windows")
    assert "got:" in shown.out
    assert [0, 0, 0] == [one.code for one in (told, frozen, gone)], told.err + frozen.err + gone.err
    assert {"ada.html", "bob.html", "eve.html"} <= {path.name for path in pages.iterdir()}
    assert not (course / "submissions" / "warmup" / "eve").exists()


def test_what_asks_for_walls_says_where_there_are_some(machine: Machine, course: Path) -> None:
    """A course that asks for more than there can be is not graded, and the sentence says why."""
    strict = machine.home / "strict"
    shutil.copytree(course, strict, ignore=shutil.ignore_patterns("results"))
    catalogue = strict / "assignments" / "course.toml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(f'min_isolation = "landlock"\n{text}', encoding="utf-8")
    done = machine(
        "grade", strict / "solutions" / "warmup" / "warmup.py", "--assignment", "warmup", at=strict
    )

    assert (4, "") == (done.code, done.out)
    assert "this course requires isolation level landlock" in done.err
    assert "grade there" in done.err


@pytest.mark.parametrize(
    ("encoding", "asked", "said", "remark"),
    [
        ("cp936", "zh", "公开检查", ""),
        ("cp1252", "en", "Public checks: 2 / 3", ""),
        ("cp1252", "zh", "x ??", "this console cannot show Chinese; set PYTHONUTF8=1"),
    ],
)
def test_a_console_shows_what_it_can(
    machine: Machine, kit: Path, encoding: str, asked: str, said: str, remark: str
) -> None:
    """Marks that it lacks have others in their place; what to do for Chinese is said."""
    (kit / "warmup.py").write_bytes(WRONG.encode())
    done = machine("check", at=kit, encoding=encoding, GRADPROOF_LANG=asked)

    assert done.code == 1
    assert said in done.out
    assert {"✓", "✗"}.isdisjoint(done.out)
    assert remark in done.err
    assert ("PYTHONUTF8" in done.err) == bool(remark)


def test_names_that_windows_cannot_have_cost_nobody_their_work(
    machine: Machine, course: Path
) -> None:
    """Data of such a name is refused, and said; backslashes and learners called con are read."""
    inbox = machine.home / "odd"
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "con.zip", "w") as archive:
        archive.writestr("warmup\\warmup.py", RIGHT)
        for name in ("aux.txt", "a:b.csv", "folder\\nul.csv", "ends. ", "what?.md"):
            archive.writestr(f"warmup\\{name}", "1")
    collected = machine("collect", "warmup", "--from", inbox, at=course)
    scored = machine("score", "warmup", "--learner", "_con", at=course)

    assert (1, 1) == (collected.code, collected.out.count("1 taken")), collected.out
    told = " ".join(collected.out.split())
    refused = told.count("is not a valid file name; rename it")
    assert (5 if machine.system == "windows" else 2) == refused
    assert "4 / 4" in scored.out, scored.err


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="nobody can press Ctrl-C for a test here")
def test_ctrl_c_ends_watching_and_nothing_else(machine: Machine, kit: Path) -> None:
    """The worker that stands by is spared: it is the desk that ends it, without a word."""
    (kit / "warmup.py").write_bytes(RIGHT.encode())
    program = "from cli import main; main(prog_name='gradproof')"
    watching = subprocess.Popen(
        [sys.executable, "-P", "-c", program, "check", "--watch"],
        cwd=kit,
        env=environment(machine.system),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        process_group=0,
        # a suite in the background, where Ctrl-C is ignored, hands that on
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert watching.stdout is not None
    with watching.stdout as lines:
        assert any("All exercises pass." in line for line in lines)
        os.killpg(watching.pid, signal.SIGINT)
        rest = lines.read()
    assert watching.stderr is not None
    with watching.stderr as errors:
        said = errors.read()
    code = watching.wait(PATIENCE)

    assert (0, "") == (code, rest.strip())
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said
