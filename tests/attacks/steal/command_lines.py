"""Reads the command lines of all processes.

must hold: the secret is in no report
stopped by: separate process, Landlock
not stopped: user (stolen)
control: off, stolen
"""

import re
from pathlib import Path


def total(x):
    lines = [path.read_text() for path in Path("/proc").glob("[0-9]*/cmdline")]
    found = re.findall("SECRET-[0-9a-f]{24}", " ".join(lines))
    if not found:
        raise LookupError("nothing found")
    raise RuntimeError(" ".join(found))
