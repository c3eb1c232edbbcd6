"""``gradproof check --watch`` in a terminal: one page, and keys."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no such terminals", allow_module_level=True)

import json
import pty
import re
import subprocess
from io import StringIO

from click.testing import CliRunner
from rich.console import Console

import cli
from grader.desk.keys import Keys
from grader.desk.watch_screen import WatchScreen
from grader.outcome import Outcome

from ..made_results import made_check, made_result
from ..waiting import PATIENCE

ENDLESS = "def scale(x, factor):\n    while True: pass\n"
WRONG = "def scale(x, factor):\n    return x * abs(factor)\n"


class Terminal:
    """A command in a terminal of 80 × 24."""

    def __init__(self, folder, *command):
        self._ours, theirs = pty.openpty()
        program = [sys.executable, "-c", "from cli import main; main()", *command]
        environment = os.environ | {"TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
        environment["PYTHONPATH"] = str(Path(__file__).parents[2])
        self.process = subprocess.Popen(
            program, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)

    def until(self, part):
        """Return what is written until *part* is, without colours."""
        seen, end = "", time.monotonic() + PATIENCE
        while part not in seen:
            assert time.monotonic() < end, seen
            seen += os.read(self._ours, 65536).decode("utf-8", "replace")
            seen = re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", seen)
        return seen

    def press(self, keys):
        """Press keys, without Enter."""
        os.write(self._ours, keys.encode())

    def close(self):
        """End the command."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def impatient(kit):
    """Return a kit whose checks have little time, and a wrong solution."""
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "warmup.py").write_text(WRONG)
    settings = kit.directory / ".gradproof" / "kit.json"
    settings.write_text(settings.read_text("utf-8").replace('"seconds": 10.0', '"seconds": 2.0'))
    return kit


@pytest.fixture
def terminal(kit, impatient):
    """Return a terminal in which a kit is watched."""
    terminal = Terminal(kit.directory, "check", "--watch")
    yield terminal
    terminal.close()


def test_keys_give_hints_lists_and_resets(terminal, kit):
    """The page is drawn again each time, and `q` ends it."""
    page = terminal.until("q quit")
    assert "Checking scale" in page and "Next: scale" in page
    assert "What sign does" not in page
    terminal.press("h")
    assert "What sign does -2 times 3 have?" in terminal.until("q quit")
    terminal.press("l")
    assert "██████░░░░  2 / 3" in terminal.until("q quit")
    terminal.press("r")
    terminal.until("Reset scale to the starter? y/n")
    terminal.press("n")
    assert (kit.directory / "warmup.py").read_text() == WRONG
    terminal.press("r")
    terminal.until("Reset scale to the starter? y/n")
    terminal.press("y")
    assert "scale is not written yet" in terminal.until("q quit")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE) == 0


def test_the_exercise_chosen_by_a_key_comes_next(kit):
    """What is shown in full is what to work on."""
    path = kit.directory / ".gradproof" / "kit.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["exercises"].append(raw["exercises"][0] | {"name": "shift"})
    path.write_text(json.dumps(raw), encoding="utf-8")
    kit = type(kit).find(kit.directory)
    result = made_result(
        *(made_check(f"{name}.test_a", Outcome.FAILED, 1) for name in ("scale", "shift"))
    )
    seen, typed = [SimpleNamespace(result=result, submission=kit.read()), None], ["", "n"]
    watching = SimpleNamespace(look=lambda checking: seen.pop(0))
    keys = SimpleNamespace(available=True, pressed=lambda: typed.pop(0))
    page = StringIO()
    screen = WatchScreen(kit, watching, Console(file=page, width=80, height=24), keys, 0)
    screen.look()
    assert "Next: scale." in page.getvalue()
    page.truncate(0)
    screen.look()

    assert "Next: shift." in page.getvalue() and "Next: scale." not in page.getvalue()


def test_a_loop_that_never_ends_is_told_of_while_it_runs(terminal, kit):
    """Before its time is up."""
    terminal.until("q quit")
    (kit.directory / "warmup.py").write_text(ENDLESS)

    seen = terminal.until("is there a loop that never ends?")
    assert "timed out" not in seen
    assert "timed out" in terminal.until("q quit")


@pytest.mark.parametrize("command", [("check",), ("hint", "scale"), ("submit",)])
def test_without_watching_it_is_told_of_too(impatient, command):
    """The checks of all these commands run in the foreground, and a learner waits for them."""
    (impatient.directory / "warmup.py").write_text(ENDLESS)
    terminal = Terminal(impatient.directory, *command)
    try:
        seen = terminal.until("Still running scale: is there a loop that never ends?")
    finally:
        terminal.close()

    assert "timed out" not in seen


@pytest.mark.parametrize("in_terminal", [False, True])
def test_what_programs_read_has_no_word_of_it(impatient, monkeypatch, in_terminal):
    """Nor has what they log: a program waits without it."""
    monkeypatch.chdir(impatient.directory)
    monkeypatch.setattr("grader.desk.still_running.SLOW", 0.01)
    if in_terminal:
        monkeypatch.setenv("TTY_COMPATIBLE", "1")
    (impatient.directory / "warmup.py").write_text(ENDLESS)
    done = CliRunner().invoke(cli.main, ["check", "--json"])

    assert ["scale"] == [one["exercise"] for one in json.loads(done.stdout)["exercises"]]
    assert in_terminal == ("Still running" in done.stderr)


def pressed(keys):
    """Return the next three keys."""
    return [keys.pressed() for _ in range(3)]


def test_arrows_and_the_like_are_no_letters_in_a_terminal():
    """What they send holds letters: of F2 a Q, of Home an H."""
    ours, theirs = pty.openpty()
    with open(theirs, "r+b", 0) as stream, Keys(stream) as keys:  # noqa: PTH123
        os.write(ours, b"\x1bOQ\x1b[H\x1b[6~N\x1b[AL")
        assert pressed(keys) == ["n", "l", ""]
    os.close(ours)


def test_arrows_and_the_like_are_no_letters_on_windows(monkeypatch):
    """There, Page Down comes as two characters, and the second is a Q."""
    typed = [*"\xe0QN\x00RL"]
    console = SimpleNamespace(kbhit=lambda: bool(typed), getwch=lambda: typed.pop(0))
    monkeypatch.setitem(sys.modules, "msvcrt", console)
    monkeypatch.setattr("sys.platform", "win32")
    with Keys(SimpleNamespace(isatty=lambda: True)) as keys:
        assert [keys.pressed() for _ in range(5)] == ["", "n", "", "l", ""]


def test_without_a_terminal_there_are_no_keys(tmp_path):
    """A file, or the end of input, is none."""
    (tmp_path / "keys").write_text("q")
    with (tmp_path / "keys").open() as stream, Keys(stream) as keys:
        assert (keys.available, keys.pressed()) == (False, "")
