"""The documents are true: their examples run, their links lead somewhere, nothing is left out.

In a document, ```` ```console ```` blocks are run in order, in one directory of their own; a line
of expected output that is only ``…`` stands for any lines, within a line for anything.
```` ```python file=NAME ```` (and ``toml``) blocks are written to NAME, ```` ```python run ````
blocks are run. Everything else, such as ```` ```sh ````, is only read.
"""

from __future__ import annotations

import inspect
import os
import re
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import cli
from grader.submission import learner_names as names
from grader.submission.layouts import LAYOUTS

from .waiting import PATIENCE
from .warm_program import warm_program

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
TRANSLATED = [("README.md", "README.zh.md"), ("docs/learners.md", "docs/learners.zh.md")]
#: README.zh.md shows the same blocks as README.md, which another test holds it to
PLAYED = [document for document in DOCUMENTS if document.name != "README.zh.md"]
#: whose examples grade whole classes, or repeat those of the English page
LONG = {"a-term.md", "instructors.md", "learners.zh.md"}

#: documents that begin where a learner does, with the kit of the scaffolded course at hand
KITS = {"learners.md": "en", "learners.zh.md": "zh"}

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^(?P<level>#+) (?P<title>.+)$", re.MULTILINE)
HARMLESS = {"gradproof", "cd", "ls", "cat", "echo", "mkdir", "python"}
WILD = re.compile(r"…|\.\.\.")
#: what a machine without bubblewrap adds to every report
WARNING = re.compile(
    r"^(> \*\*.*)?WEAK ISOLATION:.*?user\s+namespaces\.\n+", re.MULTILINE | re.DOTALL
)


def name_of(document: Path) -> str:
    """Return what a test of *document* is called."""
    return document.relative_to(ROOT).as_posix()


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield info string and body of every fenced block."""
    for found in FENCE.finditer(text):
        yield found["info"].strip(), found["body"]


def commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Yield every command of a console block, continued lines joined, with what it prints."""
    command, expected = "", list[str]()
    for line in body.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, expected
            command, expected = line[2:], []
        elif line.startswith("> ") and command.endswith("\\"):
            command = command.removesuffix("\\") + line[2:]
        else:
            assert command, f"output before any command: {line}"
            expected.append(line.rstrip())
    if command:
        yield command, expected


def pattern(expected: list[str]) -> str:
    """Return the regular expression that output like *expected* matches."""
    parts = []
    for line in expected:
        if line.strip() in ("…", "..."):
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(map(re.escape, WILD.split(line))) + r"\n")
    return "".join(parts)


class Shell:
    """Runs commands one by one in a directory, with this interpreter's gradproof and python."""

    def __init__(self, directory: Path) -> None:
        self.home = self._here = directory / "here"
        self.home.mkdir()
        self._status = 0
        programs = directory / "bin"
        programs.mkdir()
        for name, line in (
            ("gradproof", shlex.join(warm_program())),
            ("python", shlex.quote(sys.executable)),
        ):
            path = programs / name
            path.write_text(f'#!/bin/sh\nexec {line} "$@"\n')
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADPROOF", "LC_"))}
        self._environment = kept | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
            "COLUMNS": "80",
        }

    def run(self, command: str) -> str:
        """Run *command* where the last one left off and return what it prints."""
        words = shlex.split(command)
        assert words[0] in HARMLESS, f"not run, use a block of another kind: {command}"
        script = f'(exit {self._status}); {command}\ncode=$?; pwd >"$LEFT"; exit $code'
        left = self.home.parent / "left"
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=self._here,
            env=self._environment | {"LEFT": str(left)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        self._here, self._status = Path(left.read_text().strip()), done.returncode
        return WARNING.sub("", "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines()))


def play(document: Path, shell: Shell) -> Iterator[tuple[str, list[str], str]]:
    """Carry *document* out; yield each command, what it should print and what it printed."""
    for info, body in blocks(document.read_text(encoding="utf-8")):
        kind, _space, rest = info.partition(" ")
        if kind == "console":
            for command, expected in commands(body):
                yield command, expected, shell.run(command)
        elif rest.startswith("file="):
            path = shell.home / rest.removeprefix("file=")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif rest == "run":
            yield body, [], shell.run(f"python -P -c {shlex.quote(body)}")


def prepared(document: Path, directory: Path) -> Shell:
    """Return a shell in which *document* can begin."""
    shell = Shell(directory)
    if language := KITS.get(document.name):
        course = directory / "course"
        shell.run(f"gradproof new course {course}")
        shell.run(f"gradproof release warmup --to . --lang {language} --course {course}")
    return shell


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(page, marks=pytest.mark.slow if page.name in LONG else (), id=name_of(page))
        for page in PLAYED
    ],
)
def test_examples_print_what_the_document_says(document, tmp_path):
    """Every command of a document, run in order, prints what stands below it."""
    for command, expected, printed in play(document, prepared(document, tmp_path)):
        assert re.fullmatch(pattern(expected), printed), f"$ {command}\n{printed}"


def test_wildcards_stand_for_what_is_left_out():
    """A lonely ellipsis stands for lines, one within a line for anything, and nothing else does."""
    expected = pattern(["a … c", "…", "end."])

    assert re.fullmatch(expected, "a b c\nend.\n")
    assert re.fullmatch(expected, "a b c\none\ntwo\nend.\n")
    assert not re.fullmatch(expected, "a b d\nend.\n")
    assert not re.fullmatch(expected, "a b c\nend?\n")


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document):
    """Every link between documents leads to a file that exists, and to a heading in it."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    for link in LINK.finditer(text):
        target, _hash, anchor = link["target"].partition("#")
        if target.startswith(("https:", "mailto:")):
            continue
        path = (document.parent / target).resolve() if target else document

        assert path.exists(), link.group()
        assert not anchor or anchor in anchors(path), link.group()


def anchors(document: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of *document*."""
    titles = (found["title"] for found in headings(document))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def headings(document: Path) -> list[re.Match[str]]:
    """Return the headings of *document*, without comments in its examples."""
    return list(HEADING.finditer(FENCE.sub("", document.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(("english", "chinese"), TRANSLATED)
def test_translations_have_the_same_sections_and_commands(english, chinese):
    """A document and its translation are built alike and show the same commands."""
    one, other = ROOT / english, ROOT / chinese

    assert [h["level"] for h in headings(one)] == [h["level"] for h in headings(other)]
    assert shown_commands(one) == shown_commands(other)


def shown_commands(document: Path) -> list[str]:
    """Return all commands of *document*."""
    text = document.read_text(encoding="utf-8")
    return [c for info, body in blocks(text) if info == "console" for c, _ in commands(body)]


def test_both_readmes_show_the_same_examples():
    """Every block that is run or written stands in both, output included."""
    english, chinese = (
        [block for block in blocks((ROOT / name).read_text(encoding="utf-8")) if block[0] != "sh"]
        for name in TRANSLATED[0]
    )

    assert english == chinese


def test_the_rule_for_names_is_quoted():
    """How a learner is told from a name stands in the guide as it stands in the code."""
    rule = inspect.getdoc(names).partition("unpacking an archive changes no name:\n\n")[2]

    assert rule
    assert rule in (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")


def test_every_platform_is_in_the_guide():
    """The guide shows an example of every platform whose downloads are read."""
    guide = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")

    assert [p for p in {layout.platform for layout in LAYOUTS} if f"| {p}" not in guide] == []


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command below *group*, groups included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


COMMANDS = [(), *every_command(cli.main)]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_has_an_example(words):
    """Whoever asks a command for help gets an example of its use."""
    result = CliRunner().invoke(cli.main, [*words, "--help"], prog_name="gradproof")

    assert result.exit_code == 0
    assert f"Example: {' '.join(['gradproof', *words])}" in result.output


def test_documents_leave_no_command_or_option_out():
    """Every command of the program and every option of it stands somewhere in the documents."""
    text = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    missing = []
    for words in COMMANDS[1:]:
        command: click.Command = cli.main
        for word in words:
            assert isinstance(command, click.Group)
            command = command.get_command(click.Context(command), word) or command
        wanted = [option for p in command.params for option in p.opts if option.startswith("--")]
        phrases = [f"gradproof {' '.join(words)}", *wanted]
        missing += [(words, phrase) for phrase in phrases if phrase not in text]

    assert missing == []


def test_the_page_of_the_course_is_what_the_command_prints() -> None:
    """No exercise, check, mistake or variant is added without it."""
    page = (ROOT / "docs" / "course.md").read_text(encoding="utf-8")
    command = ["--lang", "en", "syllabus", "--markdown", "--course", str(ROOT)]

    printed = CliRunner().invoke(cli.main, command, catch_exceptions=False).stdout

    assert page.partition("<!-- syllabus -->")[2].partition("<!-- end -->")[0].strip() == (
        printed.strip()
    )
