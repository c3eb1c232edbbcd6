"""Machines with other systems, on which gradproof's commands run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .simulated import PLATFORMS, environment


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


class Machine:
    """A process on a simulated system, which runs commands one after another."""

    def __init__(self, system: str, home: Path) -> None:
        self.system = system
        self.home = home
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from tests.other_systems.session import serve; serve()"],
            cwd=home,
            env=environment(system),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        # an error in the simulation itself would only be printed
        assert [PLATFORMS[system], False] == self._answer()

    def __call__(
        self, *arguments: object, at: Path | None = None, encoding: str = "utf-8", **more: str
    ) -> Done:
        """Run gradproof in the directory *at*, on a console of this *encoding*."""
        call = {
            "arguments": list(map(str, arguments)),
            "at": str(at or self.home),
            "encoding": encoding,
            "more": more,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        return Done(*self._answer())

    def _answer(self) -> list[object]:
        assert self._process.stdout is not None
        found: list[object] = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@pytest.fixture(
    scope="module",
    params=["windows", pytest.param("macos", marks=[pytest.mark.slow, pytest.mark.rare])],
)
def machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """Return a machine of each system."""
    if sys.platform not in ("linux", PLATFORMS[request.param]):
        pytest.skip("other systems are simulated on Linux alone")
    made = Machine(request.param, tmp_path_factory.mktemp(request.param))
    yield made
    made.close()
