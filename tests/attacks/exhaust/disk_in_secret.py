"""Fills the disk in a folder that it has made so that no one can look into it.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: disk limit
control: none, it would fill this machine's disk
"""

import os
from pathlib import Path


def total(x):
    os.mkdir("secret", 0o300)
    data = b"x" * (4 << 20)
    for number in range(10**6):
        Path(f"secret/file{number}").write_bytes(data)
