"""Makes files without end, each of them empty.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline, disk limit
control: none, it would fill this machine's disk
"""

from pathlib import Path


def total(x):
    for number in range(10**9):
        Path(f"file{number}").touch()
