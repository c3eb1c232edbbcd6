from __future__ import annotations

import json
import os
import time

import click
import pytest
from click.testing import CliRunner

import cli
from grader.kit.kit import HOME

RIGHT = "def scale(x, factor):\n    return x * factor\n"
WRONG = "def scale(x, factor):\n    return x * abs(factor)\n"


@pytest.fixture(autouse=True)
def in_the_kit(kit, monkeypatch):
    """Work in the kit's folder, on a module."""
    monkeypatch.chdir(kit.directory)
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "warmup.py").write_text(WRONG)


def run(*arguments, typed=None):
    """Run a command; return its exit code and what it printed."""
    done = CliRunner().invoke(cli.main, arguments, input=typed)
    return done.exit_code, " ".join(done.output.split())


def test_hints_come_one_at_a_time():
    """With how to see the next one, and what to do after the last."""
    first, second = run("hint"), run("hint", "scale")
    code, chinese = run("hint", "--lang", "zh")

    assert (0, 1) == (first[0], first[1].count("Hint:"))
    assert "For the next hint, run again: gradproof hint scale" in first[1]
    assert 2 == second[1].count("Hint:")
    assert "There are no more hints." in second[1]
    assert code == 0 and "因子为负时" in chinese


def test_hint_says_when_there_is_nothing_to_hint_at(kit):
    """Everything passes, or nothing is written."""
    (kit.directory / "warmup.py").write_text(RIGHT)
    assert "Every check passes: no hint is needed." in run("hint")[1]
    (kit.directory / "warmup.py").write_text("def scale(x, f):\n    raise NotImplementedError\n")
    assert "scale is not written yet. Hints depend on what scale returns" in run("hint")[1]


def test_progress_shows_what_was_checked_last(kit):
    """Nothing yet, some of it, all of it."""
    assert "scale ░░░░░░░░░░ not checked yet" in run("progress")[1]
    run("check")
    assert "scale ██████░░░░ 2 / 3" in run("progress")[1]
    (kit.directory / "warmup.py").write_text(RIGHT)
    run("check", "scale")
    code, text = run("progress")

    assert code == 0 and "scale ██████████ 3 / 3" in text
    assert "All exercises pass. You can submit your work." in text


def test_reset_asks_first(kit):
    """Without a yes nothing happens; with one a copy is kept."""
    path = kit.directory / "warmup.py"
    code, text = run("reset", "scale", typed="n\n")
    assert (1, WRONG) == (code, path.read_text())
    assert "Reset scale in warmup.py to the starter?" in text
    code, text = run("reset", "scale", "--yes")

    assert code == 0 and "NotImplementedError" in path.read_text()
    assert [WRONG] == [copy.read_text() for copy in (kit.directory / HOME / "kept").iterdir()]


def test_reset_asks_nothing_about_what_is_not_there():
    """An exercise that is misspelt is refused at once."""
    code, text = run("reset", "scales")

    assert code == 2 and "There is no exercise scales" in text and "Reset" not in text


def test_submit_packs_and_verifies(kit, tmp_path):
    """And says so, with the digest."""
    code, text = run("submit", "--to", str(tmp_path / "alice.zip"))
    assert code == 0 and "Packed: warmup.py Public checks: 2 / 3 Receipt: " in text
    digest = text.partition("Receipt: ")[2].split()[0]
    code, text = run("submit", "--verify", str(tmp_path / "alice.zip"))
    assert code == 0 and f"alice.zip matches its receipt ({digest[:12]}, " in text
    (tmp_path / "alice.zip").write_bytes(b"PK")

    assert 1 == run("submit", "--verify", str(tmp_path / "alice.zip"))[0]


def test_submit_names_what_it_leaves_out(kit, tmp_path):
    """A notebook in which something was written, too, and how to hand in that one."""
    text = json.dumps({"cells": [{"cell_type": "code", "source": RIGHT}], "nbformat": 4})
    (kit.directory / "warmup.ipynb").write_text(text)
    os.utime(kit.directory / "warmup.ipynb", (1, 1))
    code, text = run("submit", "--to", str(tmp_path / "alice.zip"))

    assert code == 0 and "Not packed: warmup.ipynb, which you have also edited." in text
    assert text.endswith("To submit that file instead: gradproof submit --file warmup.ipynb")


@pytest.mark.parametrize(("said", "speaks"), [((), "(failed)"), (("--lang", "zh"), "(???)")])
def test_a_terminal_without_chinese_is_spoken_to_in_english(kit, said, speaks):
    """Unless Chinese is asked for; what passed and what did not can be told apart."""
    path = kit.directory / HOME / "kit.json"
    path.write_bytes(path.read_bytes().replace(b'"language": "en"', b'"language": "zh"'))
    done = CliRunner(charset="ascii").invoke(cli.main, ["check", *said])

    assert speaks in done.stdout
    marks = [line[:4] for line in done.stdout.splitlines() if line[:4] in ("  + ", "  x ")]
    assert ["  + ", "  x "] == marks


def test_watching_ends_with_ctrl_c(monkeypatch):
    """After one look, which finds what there is."""

    def interrupted(seconds):
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", interrupted)
    code, text = run("check", "--watch")

    assert code == 0
    assert "Watching warmup. Press Ctrl-C to stop." in text and " warmup.py ──" in text
    assert "1 more in hidden checks. 0 of 1 exercises pass. Next: scale." in text


@pytest.mark.parametrize("name", ["check", "hint", "reset"])
def test_the_shell_completes_exercises(name, monkeypatch, tmp_path):
    """Those of the kit; elsewhere none."""
    command = cli.main.get_command(click.Context(cli.main), name)
    (argument,) = (p for p in command.params if isinstance(p, click.Argument))

    def offered(begun):
        return [item.value for item in argument.shell_complete(None, begun)]

    assert (["scale"], []) == (offered("sc"), offered("x"))
    monkeypatch.chdir(tmp_path)
    assert [] == offered("sc")


def test_a_file_in_the_place_of_an_exercise_is_told_where_it_belongs():
    """Many commands take it there."""
    code, text = run("check", "warmup.py")

    assert code == 2 and "warmup.py is a file; write --file warmup.py." in text


def test_watching_has_no_json():
    """There is no end at which it could be written."""
    code, text = run("check", "--watch", "--json")

    assert code == 2 and "leave out --json" in text


def test_what_is_at_hand_need_not_be_named():
    """``hint`` and ``reset`` mean the exercise that was checked last."""
    assert "Name it: gradproof reset EXERCISE" in run("reset")[1]
    run("check")
    assert "Reset scale in warmup.py to the starter?" in run("reset", typed="n\n")[1]
    assert "Hint:" in run("hint")[1]


def test_submit_says_what_does_not_pass_before_it_packs(kit):
    """And nothing of the kind where all does."""
    text = run("submit")[1]
    assert text.index("These do not pass their public checks: scale.") < text.index("Packed:")
    (kit.directory / "warmup.py").write_text(RIGHT)
    assert "do not pass" not in run("submit")[1]


def test_a_check_that_passes_says_what_hidden_ones_look_at(kit):
    """Their sentences, in the kit's language, and the points that they hold."""
    (kit.directory / "warmup.py").write_text(RIGHT)
    text = run("check", "scale")[1]

    assert "scale 3 / 3, and 1 in hidden checks" in text
    assert "? The array passed in is unchanged on return." in text
    assert "函数返回后，传入的数组保持不变。" in run("check", "scale", "--lang", "zh")[1]


def test_a_terminal_shows_whole_words(kit, monkeypatch):
    """What is too long for a line goes on in the next, as it does not for a program."""
    (kit.directory / "warmup.py").write_text(RIGHT)
    for number in range(12):
        (kit.directory / f"numbers_{number}.csv").write_text("1\n")
    whole = CliRunner().invoke(cli.main, ["submit"]).output
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "dumb")  # of 80 cells
    shown = CliRunner().invoke(cli.main, ["submit"]).output

    assert max(map(len, whole.splitlines())) > 160
    assert max(map(len, shown.splitlines())) <= 80
    assert whole.split() == shown.split()
