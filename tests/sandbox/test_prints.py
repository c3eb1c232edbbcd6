"""What a submission prints changes nothing that it answers, wherever it is printed to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.sandbox.live_channel import Cell, LiveChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote

#: a right function that prints in one way
PRINTS = {
    "an odd character": "print('\u2713', flush=True)",
    "half a character": "print('\\udc80', flush=True)",
    "a great deal": "print('\u2713' * 300_000)",
    "to the error stream": "sys.stderr.write('\u2713\\n')",
    "by name": "print('\u2713', file=sys.__stdout__, flush=True)",
    "bytes": "sys.stdout.buffer.write(b'\\xff')",
    "through its own writer": "io.TextIOWrapper(sys.stdout.detach(), 'utf-8').write('\u2713')",
    "after asking for UTF-8": "sys.stdout.reconfigure(encoding='utf-8'); print('\u2713')",
    "after closing the stream": "sys.stdout.close(); sys.stderr.close(); print(1)",
    "a warning": "warnings.warn('\u2713')",
    "by logging": "logging.basicConfig(); logging.error('\u2713')",
    "a progress bar": "[sys.stderr.write(f'\\r{n} \u2588') for n in range(9)]; sys.stderr.flush()",
}
SOURCE = "import io, logging, sys, warnings\ndef f(x):\n    {}\n    return x + 1\n"
#: asks a worker at the desk with each of them, and writes what it answered into a file
PROGRAM = """
import json, sys
from pathlib import Path
from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.proxy import ModuleProxy
import cli

cli._fill_standard_streams()
answers = {}
for name, text in json.loads(Path("sources.json").read_text()).items():
    start = lambda limits, seconds: desk_worker(Path.cwd())
    channel = WorkerChannel(Submission("a.py", (Chunk("a.py", text),), "numpy", "00"), start)
    try:
        channel.begin("f", 1, Limits(seconds=5))
        answers[name] = ModuleProxy(channel).f(1)
    except Exception as error:
        answers[name] = str(error)
    channel.close()
Path("answers.json").write_text(json.dumps(answers))
"""


def ask_all(folder: Path, environment: dict[str, str], how: str) -> dict[str, object]:
    """Return what a worker answered that printed in each way, below a process started so."""
    sources = {name: SOURCE.format(line) for name, line in PRINTS.items()}
    (folder / "sources.json").write_text(json.dumps(sources))
    home = {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM]
    if how == "closed":
        command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command]
    reading, writing = os.pipe()
    if how == "broken":
        os.close(reading)
    try:
        subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **home, **environment},
            stdout=writing,
            stderr=writing,
            check=False,
            timeout=300,
        )
    finally:
        os.close(writing)
        if how != "broken":
            os.close(reading)
    answers: dict[str, object] = json.loads((folder / "answers.json").read_text())
    return answers


@pytest.mark.parametrize(
    ("environment", "how"),
    [
        ({"PYTHONIOENCODING": "cp1252"}, "full"),
        ({"PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "error"}, "full"),
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "broken"),
        ({}, "closed"),
    ],
    ids=["cp1252, nobody reads", "ASCII, warnings are errors", "C locale, broken pipe", "closed"],
)
def test_at_the_desk_it_does_not_matter_what_is_printed_where(
    tmp_path: Path, environment: dict[str, str], how: str
) -> None:
    """Encodings without the character, pipes that are full or broken, and no stream at all."""
    assert ask_all(tmp_path, environment, how) == dict.fromkeys(PRINTS, 2)


@pytest.mark.parametrize("how", PRINTS)
def test_behind_walls_it_does_not_matter_what_is_printed(
    enrol: Callable[..., ModuleProxy], any_zygote: Zygote, how: str
) -> None:
    """Where a class is graded, nothing is shown; nothing is an error either."""
    assert enrol(SOURCE.format(PRINTS[how]), any_zygote).f(1) == 2


def test_a_stream_that_was_replaced_is_there_again_in_the_next_check(
    enrol: Callable[..., ModuleProxy], any_zygote: Zygote
) -> None:
    """What one check does to it is nothing to another."""
    source = "import sys\ndef f(x):\n    sys.stdout = sys.stderr = None\n    return x\n"
    source += "def g(x):\n    sys.stdout.write('x')\n    return x\n"
    student = enrol(source, any_zygote)
    assert student.f(1) == 1
    channel = student._channel
    channel.begin("g", 1, channel._limits)  # type: ignore[attr-defined]

    assert student.g(1) == 1


def test_in_a_notebook_a_character_that_cannot_be_shown_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its number is shown; afterwards the stream is as strict as it was."""
    text = "def f(x):\n    print('\u2713')\n    return x + 1\n"
    namespace: dict[str, object] = {}
    exec(text, namespace)
    channel = LiveChannel("numpy", {})
    channel.update(namespace, [Cell("<1>", "a cell", text)])
    with (tmp_path / "out").open("w", encoding="cp1252") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        answer = ModuleProxy(channel).f(1)
        monkeypatch.undo()
        assert stream.errors == "strict"

    assert answer == 2
    assert (tmp_path / "out").read_text("cp1252") == "\\u2713\n"
