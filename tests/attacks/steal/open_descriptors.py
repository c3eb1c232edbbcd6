"""Reads from every file descriptor that was left open.

must hold: the secret is in no report
stopped by: separate process
control: classic, stolen
"""

import os


def total(x):
    found = []
    for number in range(4, 1024):
        try:
            found.append(os.pread(number, 1000, 0))
        except OSError:
            continue
    if not found:
        raise LookupError("nothing found")
    raise RuntimeError(str(found))
