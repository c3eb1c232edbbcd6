"""Reads the command lines of all processes.

must hold: the secret is in no report
stopped by: separate process, Landlock
control: off, stolen
"""

from pathlib import Path


def total(x):
    lines = [path.read_text() for path in Path("/proc").glob("[0-9]*/cmdline")]
    found = [line for line in lines if "SECRET-" in line]
    if not found:
        raise LookupError("nothing found")
    raise RuntimeError(found[0])
