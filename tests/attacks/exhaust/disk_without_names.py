"""Fills the disk with files that have no names, and that no one sees.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: disk limit
control: none, it would fill this machine's disk
"""

from pathlib import Path


def total(x):
    data, kept = b"x" * (4 << 20), []
    while True:
        kept.append(Path("file").open("wb"))
        Path("file").unlink()
        kept[-1].write(data)
        kept[-1].flush()
