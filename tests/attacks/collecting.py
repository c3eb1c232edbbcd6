"""Collects what attacks on the collector hand in, and looks at what became of it.

``python -m tests.attacks.collecting OUT [NAME ...]`` writes one record for each attack.
"""

from __future__ import annotations

import importlib
import json
import secrets
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.errors import SubmissionError
from grader.report.grades_csv import to_csv
from grader.sandbox.scratch_directory import remove
from grader.submission.attempt import MAX_LEARNER
from grader.submission.collect import collect
from grader.submission.learner_names import safe
from grader.submission.read import read_submission
from grader.submission.store import Store

from ..made_results import made_result
from .corpus import Attack, attacks
from .field import RAW
from .grading import HONEST, MOST_MEMORY, SUMS, _memory

ASSIGNMENT = replace(SUMS, name="total")


class Field:
    """A class's hand-ins, a secret beside them, and a folder that nothing must be written to.

    Attributes:
        honest: what an honest learner hands in.
    """

    honest = HONEST

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="gradproof-field-"))
        self.outside = self.root / "outside"
        self.outside.mkdir()
        self.secret = f"SECRET-{secrets.token_hex(12)}"
        self.secret_file = self.outside / "secret"
        self.secret_file.write_text(f"# {self.secret}\nx = 1\n")

    def __enter__(self) -> Field:
        return self

    def __exit__(self, *_exception: object) -> None:
        remove(self.root)


def made(attack: Attack, field: Field) -> Path:
    """Return a folder with what *attack* hands in, and an honest hand-in."""
    folder = field.root / "in"
    folder.mkdir()
    name = f"{__package__}.{attack.name.replace('/', '.')}"
    importlib.import_module(name).make(folder, field)
    return folder


def record(attack: Attack) -> dict[str, Any]:
    """Collect what *attack* hands in and return what came of it."""
    with Field() as field:
        folder = made(attack, field)
        before = _tree(field.root) | {field.root / "store"}
        inside = list(folder.iterdir())
        source = inside[0] if [path.suffix for path in inside] == [".zip"] else folder
        store = Store(field.root / "store")
        memory = _memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
        harms, reasons = set(), [""]
        try:
            collection = collect(source, "total", store)
            reasons = [refused.reason for refused in collection.refused]
            harms |= _judged(store, field)
        except Exception as error:
            harms.add("the grader is hurt")
            reasons = [f"{type(error).__name__}: {error}"]
        harms |= {"the grader's memory"} if _memory("VmHWM") - memory > MOST_MEMORY else set()
        outside = {p for p in _tree(field.root) if not p.is_relative_to(store.root)}
        harms |= {"files left"} if outside - before else set()
    return {
        "attack": attack.name,
        "outcome": "refused" if reasons and reasons[0] else "taken",
        "message": "; ".join(reasons)[:300],
        "layer": layer(reasons),
        "harms": sorted(harms),
        "seconds": 0,
    }


def _tree(root: Path) -> set[Path]:
    return set(root.rglob("*"))


def _judged(store: Store, field: Field) -> set[str]:
    """Return what is wrong in the store, and with whoever reads it."""
    harms = set()
    results = []
    learners = store.learners("total")
    for learner in learners:
        version = store.latest("total", learner)
        assert version is not None
        files = [path for path in version.path.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        harms |= {"too much"} if size > MAX_LEARNER else set()
        links = any(path.is_symlink() for path in version.path.rglob("*"))
        harms |= {"stolen"} if links or any(field.secret in _text(p) for p in files) else set()
        strange = safe(learner) != learner or RAW.search(learner)
        harms |= {"the reader is hurt"} if strange else set()
        try:
            read_submission(version.main, "total")
        except SubmissionError as error:
            harms |= {"the reader is hurt"} if RAW.search(str(error)) else set()
        results.append(made_result(learner=learner, assignment="total"))
    csv = to_csv(results, ASSIGNMENT).decode("utf-8-sig")
    cells = csv.replace("\n", ",").split(",")
    formula = any(cell.strip('"')[:1] in tuple("=+-@") for cell in cells)
    harms |= {"the reader is hurt"} if formula else set()
    honest = store.latest("total", "ada") if "ada" in learners else None
    well = honest is not None and HONEST in _text(honest.main)
    return harms if well else harms | {"the neighbour is hurt"}


def _text(path: Path) -> str:
    return path.read_bytes()[: 1 << 20].decode(errors="replace") if path.is_file() else ""


_SIGNS = (
    ("leads out", "names"),
    ("not a valid file name", "names"),
    ("two files with this name", "names"),
    ("its name", "names"),
    ("this is a link", "links"),
    ("not a regular file", "kinds of files"),
    ("more than", "sizes"),
    ("total size", "sizes"),
    ("over the limit", "sizes"),
    ("nested archives", "nesting"),
    ("no .py or .ipynb", "nesting"),
    ("password", "damage"),
    ("is incomplete", "damage"),
    ("damaged", "damage"),
)


def layer(reasons: list[str]) -> str:
    """Return what the reasons are evidence for; with none, all of it was taken and made safe."""
    found = [name for sign, name in _SIGNS if any(sign in reason for reason in reasons)]
    return found[0] if found else "taken safely"


def collected(chosen: list[Attack]) -> dict[str, Any]:
    """Return the record of every attack on the collector."""
    return {"level": "collector", "records": [record(attack) for attack in chosen], "left": []}


if __name__ == "__main__":
    names = sys.argv[2:]
    every = [attack for attack in attacks("collector") if attack.name in names or not names]
    Path(sys.argv[1]).write_text(json.dumps(collected(every)))
