"""Writes a program into its folder, and runs it.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, Landlock
control: off, boasted
"""

import os
from pathlib import Path


def total(x):
    Path("program").write_text("#!/bin/sh\nsleep 20\n")
    Path("program").chmod(0o755)
    if os.posix_spawn("program", ["program"], {}):
        raise RuntimeError("got: a program")
