"""Tests of the desk, of collecting and of explaining points, run once more as on Windows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ..waiting import PATIENCE
from .simulated import ROOT

#: what is run
CHOSEN = (
    "desk",
    "grading/test_replay.py",
    "grading/test_show.py",
    "submission/test_archive.py",
    "submission/test_collect.py",
    "submission/test_store.py",
)
NO_LINKS = "makes links, which Windows lets few people make"
#: what is left out, and why
LEFT_OUT = {
    "submission/test_collect.py::test_one_bad_entry_never_stops_the_others": NO_LINKS,
    "submission/test_collect.py::test_a_useless_file_beside_the_code_is_left_out": NO_LINKS,
    "submission/test_collect.py::test_origins_are_safe_to_print": (
        "makes files whose names Windows cannot have"
    ),
    "submission/test_store.py::test_what_was_tampered_with_is_noticed_and_can_be_collected_again"
    "[linked]": NO_LINKS,
    "submission/test_store.py::test_collected_files_are_read_only": (
        "they are not, where read-only files cannot be removed"
    ),
}


@pytest.mark.slow
@pytest.mark.rare
@pytest.mark.skipif(sys.platform != "linux", reason="Windows is simulated on Linux alone")
def test_what_runs_here_runs_there() -> None:
    """All but a few, each of which needs what Windows has not."""
    left_out = [f"--deselect=tests/{name}" for name in LEFT_OUT]
    chosen = [f"tests/{name}" for name in CHOSEN]
    simulated = [sys.executable, "-m", "tests.other_systems.simulated", "windows", "-m", "pytest"]
    done = subprocess.run(
        [*simulated, "-q", "-m", "not slow", "-p", "no:cacheprovider", *left_out, *chosen],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=10 * PATIENCE,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-4000:]
