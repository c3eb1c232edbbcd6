"""Prints a hundred megabytes.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: comparison
control: classic, output
"""

import os


def total(x):
    line = b"x" * (1 << 20)
    for _ in range(100):
        os.write(1, line)
        os.write(2, line)
    print("y" * (1 << 20))
    return x
