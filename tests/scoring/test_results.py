from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from grader.outcome import Outcome
from grader.scoring.results import Results

from ..made_results import made_check, made_result


def result(learner="ada", outcome=Outcome.PASSED):
    """Return a small result."""
    return made_result(made_check("double.test_values", outcome, "1/3"), learner=learner)


def test_what_is_written_is_read_again(tmp_path):
    """Result and fingerprint, with the report for people beside them."""
    store = Results(tmp_path, "mini")
    store.write(result(), "f00d", "# Report, 报告\n")

    assert store.read("ada") == (result(), "f00d")
    assert store.path("ada", "report.md").read_text(encoding="utf-8") == "# Report, 报告\n"
    assert sorted(p.name for p in (tmp_path / "mini/ada").iterdir()) == ["report.json", "report.md"]


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff\xfe", b'{"schema": "x"}'])
def test_what_cannot_be_read_is_not_there(tmp_path, content):
    """A damaged report is graded again, not trusted."""
    store = Results(tmp_path, "mini")
    store.write(result(), "f00d", "")
    if content is None:
        store.path("ada").unlink()
    else:
        store.path("ada").write_bytes(content)

    assert store.read("ada") is None


def test_the_report_that_counts_is_written_last(tmp_path, monkeypatch):
    """Where there is a JSON report, the one for people is there too."""
    order = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda *to: order.append(to[1].name) or replace(*to))
    Results(tmp_path, "mini").write(result(), "f00d", "")

    assert order == ["report.md", "report.json"]


class Failing:
    """A disk that fails at the n-th time it is asked for something, and no more after that."""

    ASKED = ((os, "fsync"), (os, "close"), (Path, "open"), (Path, "chmod"), (tempfile, "mkstemp"))

    def __init__(self, at, code, monkeypatch):
        self.left = at
        self.code = code
        for owner, name in self.ASKED:
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, function):
        def watched(*args, **kwargs):
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code))
            return function(*args, **kwargs)

        return watched


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize("at", range(1, 12))
def test_wherever_the_disk_fails_both_old_reports_stay(tmp_path, monkeypatch, at, code):
    """A report and the page that goes with it change together, and nothing is left lying about."""
    store = Results(tmp_path, "mini")
    store.write(result(), "old", "old page")
    with monkeypatch.context() as patch:
        failing = Failing(at, code, patch)
        try:
            store.write(result(outcome=Outcome.FAILED), "new", "new page")
        except OSError:
            failed = True
        else:
            failed = False
    expected = ("old", "old page") if failed else ("new", "new page")

    assert failed == (failing.left <= 0)
    assert (store.read("ada")[1], store.path("ada", "report.md").read_text()) == expected
    assert sorted(p.name for p in (tmp_path / "mini/ada").iterdir()) == ["report.json", "report.md"]
