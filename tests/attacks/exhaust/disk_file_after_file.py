"""Fills the disk with files, each smaller than a file may be.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: disk limit
control: none, it would fill this machine's disk
"""

from pathlib import Path


def total(x):
    data = b"x" * (4 << 20)
    for number in range(10**6):
        Path(f"file{number}").write_bytes(data)
