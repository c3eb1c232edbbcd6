"""Python as gradproof meets it on Windows or macOS, as far as Linux can show it.

``python -m tests.other_systems.simulated windows -m pytest tests/desk`` runs any Python program so,
and every Python that it starts. What is simulated, and what is not, is said in
``site/sitecustomize.py``, which each of them loads first.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(__file__).with_name("site")

#: what ``sys.platform`` says there
PLATFORMS = {"windows": "win32", "macos": "darwin"}


def environment(system: str, **more: str) -> dict[str, str]:
    """Return an environment in which Python finds itself on *system*, and gradproof.

    Where that is the system that this runs on, nothing is simulated.
    """
    own = ("GRADPROOF", "_GRADPROOF", "LC_", "PYTEST", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    here = {**kept, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "COLUMNS": "80"}
    if sys.platform == PLATFORMS[system]:
        return {**here, "PYTHONUTF8": "1", **more}
    # Windows has no locks that mark a folder as used: here, others would clear it away as abandoned
    place = Path(tempfile.gettempdir(), f"gradproof-{system}-{os.getuid()}")
    place.mkdir(exist_ok=True)
    return {
        **here,
        "TMPDIR": str(place),
        "PYTHONPATH": os.pathsep.join(map(str, (SITE, ROOT))),
        "GRADPROOF_SIMULATED": PLATFORMS[system],
        # text that is read or written in whatever encoding the system prefers is a mistake
        "PYTHONWARNDEFAULTENCODING": "1",
        **more,
    }


def main() -> None:
    """Become a Python that is simulated."""
    system, *arguments = sys.argv[1:]
    if arguments[:2] == ["-m", "pytest"]:
        # which says so of tests, too, where it does not matter
        own = environment(system, PYTHONWARNDEFAULTENCODING="")
    else:
        own = environment(system)
    os.execve(sys.executable, [sys.executable, *arguments], own)


if __name__ == "__main__":
    main()
