"""Calibrated tolerances: how far right solutions are off, recorded beside the checks.

``tolerances.toml`` holds, for each exercise and dtype, the largest error that the reference and
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

#: largest relative error by dtype, by exercise
Errors = dict[str, dict[str, float]]

_HEAD = """\
# Largest errors of right solutions, by exercise and dtype, relative to
# sqrt(terms) * condition * scale. Written by `gradproof audit --calibrate`.
"""


def read_tolerances(path: Path, exercises: tuple[str, ...]) -> Errors:
    """Read what is recorded at *path*; nothing if there is no such file.

    Raises AuthoringError for what is no exercise, no dtype, or no small positive number.
    """
    if not path.exists():
        return {}
    file = TomlFile.read(path)
    for name, errors in file.tables.items():
        if name not in exercises:
            what = f"there is no exercise {name!r}; run `gradproof audit --calibrate`"
            raise file.fault(what, f"$.{name}")
        good = isinstance(errors, dict) and all(
            dtype in PRECISION and isinstance(error, float) and 0.0 <= error < 1.0
            for dtype, error in errors.items()
        )
        if not good:
            what = f"{name!r} must list errors between 0 and 1 by dtype ({', '.join(PRECISION)})"
            raise file.fault(f"{what}; run `gradproof audit --calibrate`", f"$.{name}")
    return file.tables


def write_tolerances(path: Path, errors: Errors) -> None:
    """Write *errors*, rounded up to two digits so that the same measurement gives the same file."""
    lines = [_HEAD]
    for name, by_dtype in errors.items():
        lines.append(f"[{name}]")
        lines += [f"{dtype} = {_rounded_up(by_dtype[dtype])}" for dtype in sorted(by_dtype)]
        lines.append("")
    write_whole(path, "\n".join(lines).encode())


def precision_from(errors: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the relative allowances that *errors* call for, where the usual ones are too small."""
    wanted = {dtype: HEADROOM * error for dtype, error in sorted(errors.items())}
    return tuple((d, allowed) for d, allowed in wanted.items() if allowed > PRECISION[d])


def stale(recorded: Mapping[str, float], seen: Mapping[str, float]) -> str:
    """Return in what way *recorded* is no account of what was *seen*; empty if it is one."""
    for dtype in sorted(seen):
        known, usual = recorded.get(dtype, 0.0), PRECISION[dtype] / HEADROOM
        if seen[dtype] > max(known, usual):
            return f"right solutions are off by {seen[dtype]:.1e} in {dtype}, on record {known:.1e}"
    for dtype, known in sorted(recorded.items()):
        if known > PRECISION[dtype] / HEADROOM and known > 100 * seen.get(dtype, 0.0):
            needed = seen.get(dtype, 0.0)
            return f"{known:.1e} is on record for {dtype}, right solutions need {needed:.1e}"
    return ""


def _rounded_up(error: float) -> str:
    """Return *error* with two digits, never below it."""
    text = f"{error:.1e}"
    return text if float(text) >= error else f"{error * 1.05:.1e}"
