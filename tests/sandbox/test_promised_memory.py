"""Whether the machine refused a worker memory that the worker might have had."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import MachineBusy, Raised
from grader.exercise import Limits
from grader.sandbox import promised_memory
from grader.sandbox.promised_memory import require_promise
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote

Enrol = Callable[..., ModuleProxy]
Machine = Callable[..., Path]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return what makes this a machine of which the kernel says this, in MiB."""

    def make(mode: int, limit: int, promised: int) -> Path:
        (tmp_path / "sys/vm").mkdir(parents=True, exist_ok=True)
        (tmp_path / "sys/vm/overcommit_memory").write_text(f"{mode}\n")
        lines = {"MemTotal": 9, "CommitLimit": limit, "Committed_AS": promised}
        text = "".join(f"{name}:{mib * 1024:>15} kB\n" for name, mib in lines.items())
        (tmp_path / "meminfo").write_text(text)
        monkeypatch.setattr(promised_memory, "_PROC", tmp_path)
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("mode", "promised", "is_busy"),
    [(2, 3700, True), (2, 3000, False), (0, 3700, False), (1, 3700, False)],
)
def test_the_machine_is_to_blame_if_it_had_less_than_the_limit(
    machine: Machine, mode: int, promised: int, is_busy: bool
) -> None:
    """Only where it keeps its promises; elsewhere it refuses nothing that would fit."""
    machine(mode, limit=4096, promised=promised)
    ended: list[Any] = []

    def ask() -> None:
        require_promise(512, lambda: ended.append(1))

    if is_busy:
        with pytest.raises(MachineBusy, match="no memory left"):
            ask()
    else:
        ask()
    assert len(ended) == (mode == 2)


def test_what_the_worker_held_itself_is_not_missing_to_it(machine: Machine) -> None:
    """It is counted when the worker has ended: who took all of it has met the own limit."""
    machine(2, limit=4096, promised=4000)

    require_promise(512, lambda: machine(2, limit=4096, promised=3500) and None)


@pytest.mark.parametrize("name", ["sys/vm/overcommit_memory", "meminfo"])
def test_a_machine_that_says_nothing_blames_the_limit(machine: Machine, name: str) -> None:
    """As everywhere but on Linux."""
    (machine(2, limit=4096, promised=4000) / name).unlink()

    require_promise(512, lambda: None)


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize(
    ("promised", "error", "said"),
    [(4000, MachineBusy, "the machine had no memory left"), (0, Raised, "more than 512 MiB")],
)
def test_a_learner_does_not_pay_for_memory_that_the_machine_lacked(
    enrol: Enrol, machine: Machine, promised: int, error: type[Exception], said: str
) -> None:
    """Who asked for more than the own limit, where the machine had it, does."""
    machine(2, limit=4096, promised=promised)
    with Zygote(("numpy",)) as zygote:
        student = enrol(
            "def f():\n    return bytearray(3 << 30)", zygote, limits=Limits(memory_mb=512)
        )
        with pytest.raises(error, match=said):
            student.f()
