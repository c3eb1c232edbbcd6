"""Grades attacks behind one kind of walls, each with an honest neighbour, and looks around after.

``python -m tests.attacks.grading LEVEL OUT [NAME ...]`` writes one record for each attack. After
the level may stand `` with processes``: of an assignment that allows them; or `` with jax``: the
zygote has imported that framework, too.
"""

from __future__ import annotations

import dataclasses
import io
import json
import os
import re
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing
from fractions import Fraction
from pathlib import Path
from typing import Any

from rich.console import Console

from grader.exercise import (
    HIDDEN_CHECKS,
    PUBLIC_CHECKS,
    Assignment,
    Chunk,
    Exercise,
    Limits,
    Submission,
    Text,
)
from grader.outcome import Outcome, Result
from grader.report.grades_csv import to_csv
from grader.report.json_report import to_json
from grader.report.junit_xml import to_junit
from grader.report.markdown import to_markdown
from grader.report.terminal import result_view
from grader.sandbox.reference import load_reference_text
from grader.sandbox.zygote import Zygote
from grader.scoring.check_runner import CheckRunner
from grader.scoring.plan import Job, Plan
from grader.scoring.session import collected_checks
from grader.submission.framework import marked

from .corpus import Attack, submissions
from .evidence import layer
from .field import BOAST, RAW, Field, settled
from .neighbour import Neighbour

#: most that the grader's memory may grow by while one attack is graded
MOST_MEMORY = 700 << 20
LIMITS = Limits(seconds=1.0, memory_mb=256, disk_mb=8)
TITLE = Text("Sums", "求和")
SUMS = Assignment("sums", TITLE, "numpy", (Exercise("total", TITLE, Fraction(2), LIMITS),))
REFERENCE = "import numpy as np\n\ndef total(x):\n    return np.cumsum(x)\n"
HONEST = "def total(x):\n    return x.cumsum()\n"
CHECKS = '''\
from grader.checks import assert_close, points

@points(1)
def test_values(student, reference, draw):
    """Running sums.

    zh: 累加和。
    """
    x = draw.normal(5)
    expected = reference.total(x)
    assert_close(student.total(x), expected)
'''
HIDDEN = CHECKS.replace("checks import", "checks import needs,").replace(
    "@points(1)\ndef test_values", '@points(1)\n@needs("test_values")\ndef test_hidden'
)
_FENCED = re.compile(r"^ *(`{3,})text$.*?^ *\1$", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"(?<!\\)<(?:script|img|iframe)|(?<!\\)!?\[[^\]\\]*\]\(", re.IGNORECASE)


def submission_of(attack: Attack, told: dict[str, Any]) -> Submission:
    """Return *attack* as a submission, with what it is told beside it."""
    target = json.dumps(told).encode()
    return _submission(attack.path.name, attack.text, (("target.json", target),))


def _submission(name: str, text: str, files: tuple[tuple[str, bytes], ...] = ()) -> Submission:
    chunks = (Chunk(name, text),)
    return Submission(name, chunks, marked(chunks) or "numpy", "00", files)


class Watched:
    """Grades on one zygote, and looks at what each attack has done."""

    def __init__(
        self, runner: CheckRunner, zygote: Zygote, field: Field, level: str, neighbour: Neighbour
    ) -> None:
        self._runner = runner
        self._level = level
        self._resident = neighbour
        self._zygote = zygote
        self._field = field
        assert self._neighbour_is_well(), "an honest submission does not get full marks"
        self._processes = field.processes()
        self._temporary = field.left_in_temporary()
        self._work = self._left_at_work()

    def record(self, attack: Attack) -> dict[str, Any]:
        """Grade *attack* and return what came of it."""
        pid, descriptors = _zygote_of(self._zygote), _descriptors()
        threads = threading.active_count()
        memory, began = _memory("VmRSS"), time.monotonic()
        Path("/proc/self/clear_refs").write_text("5")
        harms: set[str] = set()
        outcomes, message, report = ["none"], "", ""
        try:
            result = self._graded(attack, harms)
        except Exception as error:
            harms.add("the grader is hurt")
            message = f"{type(error).__name__}: {error}"
        else:
            outcomes = [check.outcome.value for check in result.checks]
            message = result.checks[0].message
            report = "\n".join([*(check.message for check in result.checks), *_rendered(result)])
            harms |= _judged(result, attack.earns)
        field = self._field
        harms |= {"the grader's memory"} if _memory("VmHWM") - memory > MOST_MEMORY else set()
        harms |= set() if settled(field.processes, self._processes) else {"processes left"}
        harms |= field.harms(report)
        harms |= set() if self._neighbour_is_well() else {"the neighbour is hurt"}
        harms |= {"another zygote"} if _zygote_of(self._zygote) != pid else set()
        harms |= {"descriptors left"} if _descriptors() > descriptors else set()
        harms |= {"threads left"} if threading.active_count() > threads else set()
        harms |= {"files left"} if field.left_in_temporary() != self._temporary else set()
        work, self._work = self._work, self._left_at_work()
        harms |= set() if self._work <= work else {"files left"}
        last = "\n".join(check.message for check in result.checks) if report else message
        ended = outcomes[-1] if attack.earns else outcomes[0]
        return {
            "attack": attack.name,
            "outcome": outcomes[0],
            "message": message[:300],
            "layer": "clean report"
            if attack.family == "reader"
            else layer(ended, last, self._level),
            "harms": sorted(harms),
            "seconds": round(time.monotonic() - began, 2),
        }

    def _graded(self, attack: Attack, harms: set[str]) -> Result:
        """Grade *attack*; with a neighbour at work if it is after one, whose harms are noted."""
        told = self._field.target() | {"zygote": _zygote_of(self._zygote)}
        if "neighbour" not in attack.name:
            return self._runner.grade(Job("mallory", submission_of(attack, told)), self._zygote)
        job = Job("mallory", submission_of(attack, told | self._resident.target()))
        with self._resident.at_work(harms, by_threads="threads" in attack.name):
            return self._runner.grade(job, self._zygote)

    def _neighbour_is_well(self) -> bool:
        result = self._runner.grade(Job("ada", _submission("ada.py", HONEST)), self._zygote)
        return result.score == result.max_score

    def _left_at_work(self) -> set[str]:
        return {path.name for path in (self._zygote._scratch / "work").iterdir()}


def _judged(result: Result, earns: int) -> set[str]:
    harms = {"earned"} if result.score > earns or result.max_score != 2 else set()
    if any(check.outcome is Outcome.INTERNAL for check in result.checks):
        harms.add("the grader is hurt")
    shown = _rendered(result)
    # what stands between fences is shown as it is
    open_markdown = _FENCED.sub("", shown[0])
    raw = any(RAW.search(text) for text in shown) or _MARKUP.search(open_markdown)
    if raw or any(len(text) > 200_000 for text in shown):
        harms.add("the reader is hurt")
    if any(check.hidden and BOAST.search(check.message) for check in result.checks):
        harms.add("stolen")
    return harms


def _rendered(result: Result) -> list[str]:
    """Return every form of the report, as Markdown first."""
    screen = io.StringIO()
    Console(file=screen, width=100).print(result_view(result))
    documents = [to_json(result), to_junit([result]), to_csv([result], SUMS)]
    texts = [document.decode("utf-8-sig") for document in documents]
    return [to_markdown(result, {}, TITLE), *texts, screen.getvalue()]


def _zygote_of(zygote: Zygote) -> int:
    assert zygote._launched is not None
    return zygote._launched.process.pid


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _memory(what: str) -> int:
    """Return bytes of memory that this process uses now, or has used at most."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) << 10
    raise LookupError(what)


def graded(walls: str, attacks: list[Attack]) -> dict[str, Any]:
    """Return the level that was found to hold and the record of every attack behind it."""
    level, _, more = walls.partition(" with ")
    processes = 64 if more == "processes" else 0
    libraries = ["numpy", "torch", *([more] if more and not processes else [])]
    # of one level permissions are the walls
    field = Field(kept=level == "user")
    tempfile.tempdir = str(field.temporary)
    course = field.root / "checks" / "total"
    course.parent.mkdir()
    course.mkdir(mode=0o700 if level == "user" else 0o755)
    for name, text in ((PUBLIC_CHECKS, CHECKS), (HIDDEN_CHECKS, HIDDEN)):
        (course / name).write_text(f"# {field.secret}\n{text}")
    files = tuple(sorted(course.iterdir(), reverse=True))
    private = (*field.private, *files)
    (exercise,) = SUMS.exercises
    # Where nothing stops an attack, a busy machine must not.
    seconds = 20.0 if level == "off" else LIMITS.seconds
    limits = dataclasses.replace(LIMITS, processes=processes, seconds=seconds)
    sums = dataclasses.replace(SUMS, exercises=(dataclasses.replace(exercise, limits=limits),))
    try:
        with ExitStack() as stack:
            zygote = stack.enter_context(Zygote(libraries, level, private, processes))
            with field.apart():
                neighbour = stack.enter_context(closing(Neighbour(zygote, field.secret)))
            reference = load_reference_text(REFERENCE, field.root / "total.py", "numpy")
            isolation = zygote.isolation
            if level == "landlock" and os.geteuid() == 0:
                field.live_as(_user_of(zygote))
            with collected_checks(Plan(sums, 1, files, field.root), reference) as runner:
                watched = Watched(runner, zygote, field, level, neighbour)
                records = [watched.record(attack) for attack in attacks]
        gone = settled(field.processes, set())
        left = field.left_in_temporary()
    finally:
        field.close()
    return {
        "level": isolation.level + walls.removeprefix(level),
        "user": "root" if os.geteuid() == 0 else "an ordinary user",
        "left": [*([] if gone else ["processes"]), *left],
        "records": records,
    }


def _user_of(zygote: Zygote) -> int:
    assert zygote._launched is not None
    return zygote._launched.user or 0


if __name__ == "__main__":
    level, out, *names = sys.argv[1:]
    # With no walls around them only those that are safe then.
    every = [attack for attack in submissions() if level != "off" or attack.control == "off"]
    chosen = [one for one in every if one.can_run and (one.name in names or not names)]
    Path(out).write_text(json.dumps(graded(level, chosen)))
