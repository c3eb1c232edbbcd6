"""The control for much: a grader that imports submissions, next to the answers, under pytest.

``python -m tests.attacks.classic OUT [NAME ...]`` runs each attack in a process of its own, which
imports it and compares what it returns in five usual ways, and writes the harms that it did.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy.testing  # noqa: F401 — here, so that not every child imports it
import pytest

from grader.sandbox.scratch_directory import remove

from .corpus import Attack, submissions
from .field import BOAST, RAW

_SECRET = "SECRET-" + "5" * 24
_REFERENCE = f'''\
import numpy as np

SEED = "{_SECRET}"
FILE = open(__file__)
numbers = [FILE.fileno()]


def total(x):
    return np.cumsum(x)
'''
_CHECKS = """\
import numpy as np
import reference
from submission import total

X = np.array([3.0, 1.0, 2.0])
EXPECTED = reference.total(X)


def test_close():
    expected = reference.total(X)
    assert np.allclose(total(X.copy()), expected)


def test_testing():
    from numpy.testing import assert_allclose
    assert_allclose(total(X.copy()), reference.total(X))


def test_equal():
    expected = reference.total(X).tolist()
    assert total(X.copy()) == expected


def test_difference():
    for got, wanted in zip(np.ravel(total(X.copy())), reference.total(X)):
        assert not abs(got - wanted) > 1e-6


def test_recorded():
    assert np.array_equal(total(X.copy()), EXPECTED)


def test_in_one_line():
    x = X.copy()
    assert np.allclose(total(x), reference.total(x))


def test_neighbour():
    assert np.cumsum(X)[2] == 6
"""
_HONEST = "def total(x):\n    return x.cumsum()\n"
_PYTEST = ["-q", "-s", "--tb=short", "--assert=plain", "--rootdir=.", "-c", os.devnull]
_PYTEST += ["-p", "no:cacheprovider"]
_MARKUP = ("<script", "<img", "![", "](")


class _Witness:
    """Notes what pytest reports, and what runs on when it is done."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._passed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a check that passed."""
        if report.when == "call" and report.passed:
            self._passed.append(report.nodeid.rpartition("::")[2])

    def pytest_sessionfinish(self) -> None:
        """Write it down."""
        threads = threading.active_count()
        self._place.write_text(json.dumps({"passed": self._passed, "threads": threads}))


def _grade(text: str, folder: Path, witness: Path) -> int:
    """Grade the submission *text* as a process of its own would; return its exit code."""
    os.environ["SECRET"] = _SECRET
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    output = os.open(witness.with_suffix(".out"), os.O_WRONLY | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(folder)
    files = {"submission.py": text, "reference.py": _REFERENCE, "test_total.py": _CHECKS}
    for name, content in {**files, "target.json": "{}"}.items():
        Path(name).write_text(content)
    sys.path.insert(0, str(folder))
    return int(pytest.main([*_PYTEST, "."], plugins=[_Witness(witness)]))


def _harms(text: str, seconds: float) -> tuple[set[str], float]:
    """Run a submission; return what it did, and how long it took."""
    # No context manager: the child leaves by way of what stands around here.
    place = Path(tempfile.mkdtemp())
    folder, witness = place / "folder", place / "witness"
    folder.mkdir()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        # By the usual way, which runs what was asked to run at the end.
        sys.exit(_grade(text, folder, witness))
    status = _wait(child, began + seconds)
    took = time.monotonic() - began
    found = {"hung"} if status is None else set()
    if status is not None:
        found |= {"crashed"} if os.WIFSIGNALED(status) else set()
        found |= {"earned"} if status == 0 else set()
    found |= _said(witness)
    known = {"submission.py", "reference.py", "test_total.py", "target.json"}
    found |= {"files left"} if {path.name for path in folder.iterdir()} - known else set()
    remove(place)
    return found, took


def _wait(child: int, end: float) -> int | None:
    """Return the status of *child*, None if it had to be killed."""
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _said(witness: Path) -> set[str]:
    found = set()
    output = witness.with_suffix(".out")
    text = ""
    with contextlib.suppress(FileNotFoundError):
        text = output.read_bytes()[: 1 << 20].decode(errors="surrogateescape")
        found |= {"output"} if output.stat().st_size > 10 << 20 else set()
    raised = "\n".join(line for line in text.splitlines() if line.startswith("E "))
    found |= {"stolen"} if _SECRET in raised else set()
    found |= {"boasted"} if BOAST.search(raised) else set()
    hurt = RAW.search(text) or any(mark in raised for mark in _MARKUP) or len(text) > 200_000
    found |= {"the reader is hurt"} if hurt else set()
    with contextlib.suppress(FileNotFoundError):
        said = json.loads(witness.read_text())
        passed = set(said["passed"])
        found |= {"earned"} if passed - {"test_neighbour"} else set()
        found |= {"the neighbour is hurt"} if "test_neighbour" not in passed else set()
        found |= {"threads left"} if said["threads"] > 1 else set()
    return found


def controlled(attacks: Sequence[Attack]) -> dict[str, Any]:
    """Return what each attack does, and that an honest submission does nothing but earn."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = True
    # pytest imports much when it is first run; done once here, it is done for all
    pytest.main([*_PYTEST, "--version"])
    harms, took = _harms(_HONEST, 30)
    assert harms == {"earned"}, harms
    records = []
    for attack in attacks:
        patience = max(1.5, 4 * took) if attack.harm == "hung" else 30
        harms, _ = _harms(attack.text, patience)
        records.append({"attack": attack.name, "harms": sorted(harms)})
    return {"level": "classic", "records": records}


if __name__ == "__main__":
    every = [attack for attack in submissions() if attack.control == "classic"]
    names = sys.argv[2:]
    chosen = [one for one in every if one.can_run and (one.name in names or not names)]
    Path(sys.argv[1]).write_text(json.dumps(controlled(chosen)))
