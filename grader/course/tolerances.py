"""Calibrated tolerances: how far right solutions are off, recorded beside the checks.

``tolerances.toml`` of an exercise holds, for each dtype, the largest error that the reference and
the accepted variants made in any check, under many seeds, relative to what a check states of its
sums, conditions and scales. A check allows :data:`HEADROOM` times as much, or the usual precision
where that is more: someone else's right solution adds up in yet another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from grader.atomic_write import write_whole
from grader.numerics.closeness import PRECISION

from .toml_file import TomlFile

#: how much further than the worst right solution known a right one may be off
HEADROOM = 20.0

#: largest relative error by dtype
Errors = dict[str, float]

_HEAD = """\
# Largest errors of right solutions, by dtype, relative to
# sqrt(terms) * condition * scale. Written by `gradproof audit --calibrate`.
"""


def read_tolerances(path: Path) -> Errors:
    """Read what is recorded at *path*; nothing if there is no such file.

    Raises AuthoringError for what is no dtype, or no small positive number.
    """
    if not path.exists():
        return {}
    file = TomlFile.read(path)
    for name, error in file.tables.items():
        if name not in PRECISION or not (isinstance(error, float) and 0.0 <= error < 1.0):
            what = f"errors between 0 and 1 stand here, by dtype ({', '.join(PRECISION)})"
            raise file.fault(f"{what}; run `gradproof audit --calibrate`", f"$.{name}")
    return file.tables


def write_tolerances(path: Path, errors: Errors) -> None:
    """Write *errors*, rounded up to two digits so that the same measurement gives the same file."""
    lines = [f"{dtype} = {rounded_up(errors[dtype])}\n" for dtype in sorted(errors)]
    write_whole(path, "".join([_HEAD, "\n" * bool(lines), *lines]).encode())


def precision_from(errors: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the relative allowances that *errors* call for, where the usual ones are too small."""
    wanted = {dtype: HEADROOM * error for dtype, error in sorted(errors.items())}
    return tuple((d, allowed) for d, allowed in wanted.items() if allowed > PRECISION[d])


def stale(recorded: Mapping[str, float], seen: Mapping[str, float]) -> str:
    """Return in what way *recorded* is no account of what was *seen*; empty if it is one."""
    for dtype in sorted(seen):
        known, usual = recorded.get(dtype, 0.0), PRECISION[dtype] / HEADROOM
        if float(rounded_up(seen[dtype])) > max(known, usual):
            return f"right solutions are off by {seen[dtype]:.1e} in {dtype}, on record {known:.1e}"
    for dtype, known in sorted(recorded.items()):
        if known > PRECISION[dtype] / HEADROOM and known > 100 * seen.get(dtype, 0.0):
            needed = seen.get(dtype, 0.0)
            return f"{known:.1e} is on record for {dtype}, right solutions need {needed:.1e}"
    return ""


def rounded_up(error: float) -> str:
    """Return *error* with two digits, never below it."""
    text = f"{error:.1e}"
    return text if float(text) >= error else f"{error * 1.05:.1e}"
